"""Labels in, the table of what the project set out to reach and what it reaches out. No model is asked.

`python -m evals.targets [--gold DIR]` prints it for the rules and for the committed run of a small model. A small
model's seconds are those of its recording, the rules' are measured now, as processor time; both are medians.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from evals.document import Cell, Document, Table
from evals.gold_files import GOLD, Labelled, default_texts, load_labelled
from evals.metrics import measure
from evals.outputs import print_document
from evals.replay import RECORDINGS, replay
from evals.runs import score_run
from extract.asking.packs import Pack
from extract.errors import ReadoutsError
from extract.strategies import read_by_rules

WINDOWS = "windows"


@dataclass(frozen=True)
class Target:
    """A figure by its name in `evals.metrics`, and what rules and a small model are to reach; seconds at most."""

    words: str
    figure: str
    rules: float
    windows: float


SECONDS = Target("seconds an article, median", "seconds", 0.02, 120)
TARGETS = (
    Target("facts found: F1", "relaxed_f1", 0.55, 0.70),
    Target("facts right (strict): F1", "strict_f1", 0.30, 0.50),
    Target("primary source, of facts found", "primary_source", 0.75, 0.80),
    Target("evidence verbatim", "verbatim", 1.0, 1.0),
    Target("evidence supports the fact, of facts found", "support_given_match", 0.85, 0.90),
    Target("evidence supports the fact, of all predicted", "support", 0.85, 0.90),
    Target("values not in the text", "values_not_in_text", 0, 0),
)


def seconds_by_rules(labelled: Sequence[Labelled]) -> float:
    """The median processor time of an article, each read once before."""
    taken = []
    for one in labelled:
        read_by_rules(one.article)
        started = process_time()
        read_by_rules(one.article)
        taken.append(process_time() - started)
    return median(taken)


def seconds_recorded(labelled: Sequence[Labelled]) -> float | None:
    """The median of what the recording says; None where it does not say it of every article."""
    known = Pack(RECORDINGS / f"{WINDOWS}.jsonl").meta.get("seconds", {})
    taken = [known[one.article.id] for one in labelled if one.article.id in known]
    return median(taken) if len(taken) == len(labelled) else None


def rows(labelled: Sequence[Labelled]) -> list[list[Cell]]:
    """A row a target: what was to be reached and what is."""
    reached = {name: measure(score_run(replay(name, labelled), labelled).articles) for name in ("rules", WINDOWS)}
    found: list[list[Cell]] = [
        [one.words, one.rules, reached["rules"][one.figure], one.windows, reached[WINDOWS][one.figure]]
        for one in TARGETS
    ]
    seconds = (seconds_by_rules(labelled), seconds_recorded(labelled))
    return [*found, [SECONDS.words, SECONDS.rules, seconds[0], SECONDS.windows, seconds[1]]]


def main(argv: list[str] | None = None) -> int:
    """Print the table. Exit code: 0 done, 2 no labels or no texts."""
    parser = argparse.ArgumentParser(prog="python -m evals.targets", description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="folder of labels")
    gold = parser.parse_args(argv).gold
    try:
        labelled = load_labelled(gold, default_texts(gold))
    except ReadoutsError as error:
        print(error, error.advice, sep="\n", file=sys.stderr)
        return 2
    columns = ["figure", "rules: target", "reached", "windows, 1.5B: target", "reached"]
    print_document(
        Document("Targets", [Table("Targets", columns, rows(labelled), f"{len(labelled)} articles.")], [], {})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
