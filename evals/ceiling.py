"""Labels in, scores out: what each strategy would reach with a model that gives a perfect answer. No model is asked.

`python -m evals.ceiling [--gold DIR]` prints it. A perfect answer says of each required label the sentence, the kind,
the first actor and the object; all that is missing then is what the structure around the model cannot carry.
"""

import argparse
import sys
from bisect import bisect_right
from pathlib import Path

from evals.document import Document
from evals.gold_files import GOLD, Labelled, default_texts, load_labelled
from evals.outputs import print_document
from evals.runs import Recorded, score_run
from evals.views import score_document
from extract.errors import ReadoutsError
from extract.reading.article import Reading
from extract.rules import propose
from extract.strategies import read_by_rules
from extract.strategies.admission import admitted
from extract.strategies.combine import combine
from extract.strategies.doubt import left_open
from extract.strategies.inquiry import Heard
from extract.strategies.trust import TRUST, WINDOWS
from schemas import Record
from schemas.answer import NOBODY, AnswerFact


def perfect_record(one: Labelled, strategy: str) -> Record:
    """The record of an article if the model's answers repeat its labels."""
    record = read_by_rules(one.article)
    reading = Reading(one.article)
    rules = propose(reading)
    sentences = left_open(reading, rules) if strategy == WINDOWS else reading.sentences
    asked = frozenset(sentence.number for sentence in sentences)
    told = tuple(answer for answer in _answers(one, reading) if answer.sentence in asked)
    facts, rejected = admitted(combine(reading, rules, Heard(told, asked), TRUST[strategy]), reading)
    return record.model_copy(update={"facts": facts, "rejected": rejected})


def _answers(one: Labelled, reading: Reading) -> list[AnswerFact]:
    starts = [sentence.start for sentence in reading.sentences]
    return [
        AnswerFact(
            sentence=bisect_right(starts, fact.evidence[-1].start),
            kind=fact.kind,
            actor=fact.actor[0].name if fact.actor else NOBODY,
            about=fact.object,
        )
        for fact in one.gold.facts
        if not fact.optional
    ]


def main() -> int:
    """Print the figures. Exit code: 0 done, 2 no labels or no texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="folder of labels")
    gold = parser.parse_args().gold
    try:
        labelled = load_labelled(gold, default_texts(gold))
    except ReadoutsError as error:
        print(error, error.advice, sep="\n", file=sys.stderr)
        return 2
    runs = {"rules": [read_by_rules(one.article) for one in labelled]}
    runs |= {f"{name}, perfect model": [perfect_record(one, name) for one in labelled] for name in TRUST}
    scores = [[score_run(Recorded(name, tuple(records)), labelled)] for name, records in runs.items()]
    document = score_document(scores, f"{len(labelled)} articles")
    print_document(Document("Ceilings", document.tables[:1], [], {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
