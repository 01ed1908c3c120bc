"""Checked facts in; those that count and those that do not, each with its reason, out. No fact disappears.

The rule: a fact whose words are not there, whose value, act or polarity the words speak against, or whose quoted words
are not quoted, is rejected. A doubtful actor, source, speaker or certainty stays, flagged by its failed check, for a
reader to judge.
"""

from collections.abc import Iterable

from extract.reading.article import Reading
from extract.verify.checks import check
from schemas import CheckResult, Fact, Rejected

REJECTING = {
    "evidence": "its words do not stand in the article",
    "act": "its words report no such act",
    "polarity": "its words say the opposite",
    "value": "its value does not stand in its words",
    "quote": "its quoted words are not inside quotation marks there",
}


def admit(facts: Iterable[Fact], reading: Reading) -> tuple[tuple[Fact, ...], tuple[Rejected, ...]]:
    """The facts that hold and the rejected ones, in the order given."""
    held: list[Fact] = []
    rejected: list[Rejected] = []
    for fact in facts:
        checked = check(fact, reading)
        failed = [name for name in REJECTING if checked.checks[name] is CheckResult.FAIL]
        if failed:
            reason = "; ".join(f"{name}: {REJECTING[name]}" for name in failed)
            rejected.append(Rejected(fact=checked, reason=reason))
        else:
            held.append(checked)
    return tuple(held), tuple(rejected)
