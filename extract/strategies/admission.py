"""Proposals in; the facts that hold and the rejected ones, each with its reason, out."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading.article import Reading
from extract.verify import admit
from schemas import CheckResult, Fact, Rejected


@dataclass(frozen=True)
class Proposal:
    """A fact, the checks that it has to pass beside those of every fact, and what speaks against it already."""

    fact: Fact
    must_pass: tuple[str, ...] = ()
    against: str | None = None


def admitted(proposals: Sequence[Proposal], reading: Reading) -> tuple[tuple[Fact, ...], tuple[Rejected, ...]]:
    """Both in the order of the proposals, whose facts have different ids."""
    held, rejected = admit((proposal.fact for proposal in proposals), reading)
    reasons = {one.fact.id: one.reason for one in rejected}
    checked = {fact.id: fact for fact in (*held, *(one.fact for one in rejected))}
    facts: list[Fact] = []
    doubts: list[Rejected] = []
    for proposal in proposals:
        fact = checked[proposal.fact.id]
        reason = reasons.get(fact.id) or proposal.against or _unproved(fact, proposal.must_pass)
        if reason:
            doubts.append(Rejected(fact=fact, reason=reason))
        else:
            facts.append(fact)
    return tuple(facts), tuple(doubts)


def _unproved(fact: Fact, must_pass: Sequence[str]) -> str:
    """Which of the checks do not bear out what only a model says."""
    open_ones = [name for name in must_pass if fact.checks[name] is not CheckResult.PASS]
    return "; ".join(f"{name}: only the model says so" for name in open_ones)
