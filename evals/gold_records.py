"""Labels in, records out: what `reconcile` and `report` make of a perfect extraction.

`python -m evals.gold_records OUTDIR` writes OUTDIR/records.jsonl and texts.jsonl from the labels and their articles.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from evals.gold_files import GOLD, TEXTS, Labelled, load_labelled
from extract.errors import ReadoutsError
from extract.output import RECORDS, Text
from extract.output import TEXTS as TEXT_LINES
from schemas import Article, Fact, GoldArticle, Provenance, Record, Schema

_FIELDS = set(Fact.model_fields)
_NOBODY = Provenance(
    model="gold", endpoint_host=None, strategy="labels", prompt_digest=None, schema_digest="", tool_version=""
)


def gold_record(gold: GoldArticle, article: Article) -> Record:
    """The record whose facts are exactly the labels of `gold`, with their ids."""
    facts = tuple(Fact.model_validate(fact.model_dump(include=_FIELDS)) for fact in gold.facts)
    return Record(article=article.info.model_copy(update={"id": gold.article.id}), facts=facts, provenance=_NOBODY)


def gold_records(labelled: Iterable[Labelled]) -> list[Record]:
    """One record for each labelled article, in order."""
    return [gold_record(one.gold, one.article) for one in labelled]


def main() -> int:
    """Write the folder. Exit code: 0 done, 1 nothing could be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="the labels")
    parser.add_argument("--texts", type=Path, default=TEXTS, metavar="DIR", help="the labelled articles, byte for byte")
    args = parser.parse_args()
    try:
        labelled = load_labelled(args.gold, [args.texts])
    except ReadoutsError as error:
        print(f"{error}\n{error.advice}", file=sys.stderr)
        return 1
    args.outdir.mkdir(parents=True, exist_ok=True)
    _write(args.outdir / RECORDS, gold_records(labelled))
    _write(args.outdir / TEXT_LINES, [_text(one) for one in labelled])
    return 0


def _text(one: Labelled) -> Text:
    return Text(id=one.gold.article.id, sha256=one.gold.article.sha256, text=one.article.text)


def _write(path: Path, lines: Iterable[Schema]) -> None:
    path.write_text("".join(f"{line.model_dump_json()}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
