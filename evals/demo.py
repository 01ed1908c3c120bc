"""The seed articles in; their facts on the terminal, a report, and three figures out. Offline, with no key.

The answers are those that a real model gave when the run was recorded. Where none was recorded, rules read the seeds.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

from evals.gate import figures
from evals.gold_files import CHECKOUT, GOLD, TEXTS, load_labelled
from evals.replay import PROFILES, RECORDINGS, committed_runs
from evals.runs import read_records, score_run
from extract.articles import printable, read_articles
from extract.asking.packs import Pack
from extract.cli import main as readouts
from extract.errors import ReadoutsError
from extract.extractor import Extractor
from schemas import Fact, Failure, Record

OUTPUT = CHECKOUT / "out" / "demo"
WIDTH = 120
SHOWN = 5  # facts an article on the terminal; the report has them all


def main(argv: list[str] | None = None) -> int:
    """Extract, reconcile, score, report. Exit code: 0 done, 1 not."""
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, default=OUTPUT)
    parser.add_argument("--run", choices=committed_runs(), default=_latest(), help="the committed run to replay")
    args = parser.parse_args(argv)
    try:
        records = _extract(args.run, args.output)
    except ReadoutsError as error:
        print(error, error.advice, sep="\n", file=sys.stderr)
        return 1
    for record in records:
        _show(record)
    print()
    done = readouts(["reconcile", str(args.output)]) or readouts(["report", str(args.output)])
    if done == 0:
        _score(args.output)
    return done


def _latest() -> str:
    """The last run of the file: a model's, once there is one."""
    return committed_runs()[-1]


def _extract(run: str, output: Path) -> list[Record]:
    pack = RECORDINGS / f"{run}.jsonl"
    recordings = Pack(pack) if pack.exists() else None
    extractor = Extractor(profile=run, config=RECORDINGS / PROFILES, recordings=recordings, offline=True)
    for result in extractor.extract_into(output, read_articles([TEXTS]), [TEXTS.name]):
        if isinstance(result, Failure):
            raise ReadoutsError(f"{result.article}: {result.cause}", result.advice)
    print(_who(extractor, recordings))
    return list(read_records(output)[0].records)


def _who(extractor: Extractor, recordings: Pack | None) -> str:
    if recordings is None:
        return "Facts by rules: no model was asked."
    said = ", ".join(f"{key} {value}" for key, value in sorted(recordings.meta.items()))
    return f"Facts by {extractor.settings.model}, replayed from what it answered when it was recorded ({said})."


def _show(record: Record) -> None:
    about = record.article
    print(f"\n{about.id}  {about.title or about.outlet or ''}".rstrip())
    print(f"{len(record.facts)} facts, {len(record.rejected)} rejected", end="")
    print(f"; the first {SHOWN}:" if len(record.facts) > SHOWN else ":")
    for fact in record.facts[:SHOWN]:
        print("\n".join(_lines(fact)))


def _lines(fact: Fact) -> Iterable[str]:
    chain = " < ".join(link.name for link in reversed(fact.attribution))
    words = " … ".join(span.exact for span in fact.evidence)
    yield f"  {fact.kind:<16} {_clip(fact.summary or fact.object)}"
    yield f"  {'':<16} says: {_clip(chain)}"
    yield f"  {'':<16} words: {_clip(words)}"


def _clip(text: str) -> str:
    return shorten(printable(text), WIDTH, placeholder=" …")


def _score(output: Path) -> None:
    labelled = load_labelled(GOLD, [TEXTS])
    found = figures([score_run(recorded, labelled) for recorded in read_records(output)])
    shown = {"strict F1": "strict_f1", "support rate": "support", "attribution accuracy": "primary_source"}
    print("\n" + ", ".join(f"{words} {found[name]:.2f}" for words, name in shown.items()), "(on these five articles)")


if __name__ == "__main__":
    sys.exit(main())
