"""Gold labels in, records out: what `reconcile` and `report` make of a perfect extraction.

`python -m evals.gold_records OUTDIR` writes OUTDIR/records.jsonl from the labels and the articles they label.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path

from schemas import Article, Fact, GoldArticle, Provenance, Record

_FACT_FIELDS = set(Fact.model_fields)
_ROOT = Path(__file__).parent
GOLD, SEEDS = _ROOT / "gold", _ROOT.parent / "seeds"


def gold_record(gold: GoldArticle, article: Article) -> Record:
    """The record whose facts are exactly the labels of `gold`, with their ids."""
    facts = tuple(Fact.model_validate(fact.model_dump(include=_FACT_FIELDS)) for fact in gold.facts)
    provenance = Provenance(
        model="gold", endpoint_host=None, strategy="labels", prompt_digest=None, schema_digest="", tool_version=""
    )
    return Record(article=article.info, facts=facts, provenance=provenance)


def articles(folder: Path) -> dict[str, Article]:
    """Id -> article, for a folder with an `index.toml`."""
    index = tomllib.loads((folder / "index.toml").read_text(encoding="utf-8"))
    return {row["id"]: _article(folder, row) for row in index["article"]}


def _article(folder: Path, row: dict[str, str]) -> Article:
    with (folder / row["file"]).open(encoding="utf-8", newline="") as file:
        text = file.read()
    known = {key: row[key] for key in ("id", "title", "outlet", "anchor_date") if key in row}
    return Article.model_validate({**known, "text": text})


def gold_records(labels: Path = GOLD, folder: Path = SEEDS) -> list[Record]:
    """One record for each `*.gold.json` of `labels` that labels an article of `folder`, by article id."""
    texts = articles(folder)
    golds = [
        GoldArticle.model_validate_json(path.read_bytes())
        for path in sorted(labels.glob("*.gold.json"))
        if path.name != "event.gold.json"
    ]
    return [gold_record(gold, texts[gold.article.id]) for gold in golds]


def main() -> int:
    """Writes the records and the texts as read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of *.gold.json")
    parser.add_argument("--articles", type=Path, default=SEEDS, help="folder of the articles with their index.toml")
    args = parser.parse_args()
    records = gold_records(args.gold, args.articles)
    args.outdir.mkdir(parents=True, exist_ok=True)
    _write(args.outdir / "records.jsonl", [record.model_dump_json() for record in records])
    known = articles(args.articles)
    texts = [known[record.article.id] for record in records]
    _write(args.outdir / "texts.jsonl", [_text_line(article) for article in texts])
    print(f"{len(records)} records in {args.outdir}", file=sys.stderr)
    return 0 if records else 1


def _text_line(article: Article) -> str:
    return json.dumps({"id": article.id, "sha256": article.info.sha256, "text": article.text}, ensure_ascii=False)


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
