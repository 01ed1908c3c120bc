"""Accords and claims in; `stance` divergences out: one act told as bound, as supported, on a condition, as talk."""

import re
from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.accords import Accord
from reconcile.divergences.finding import Finding, against, by, in_order, thing
from reconcile.telling import Telling
from reconcile.words import is_talk, stems
from schemas import DivergenceType, Kind, Realis, Severity

_PURPOSE = re.compile(r",? \b(?:for|as|in exchange for|in return for)\b ")
Readings = tuple[tuple[Telling, ...], ...]
_ASKED = frozenset({Kind.CONDITION, Kind.CONCERN})


def accord_stances(accord: Accord) -> Iterator[Finding]:
    """How firm a yes is, whether it has a condition, and whether it is to the thing or to talks about it."""
    for act in accord.acts():
        yield from _firmness(accord, act)
        yield from _conditions(accord, act)
        yield from _talks(accord, act)


def claim_stances(claim: Claim) -> Iterator[Finding]:
    """Whether something is demanded or merely doubted, and what a demand is a condition for."""
    asked = in_order(t for t in claim.tellings if t.kind in _ASKED)
    kinds = by(asked, lambda t: t.kind)
    if len(kinds) > 1 and len({t.article.id for t in asked}) > 1:
        yield _stance(kinds, (claim,), Severity.MEDIUM, "stance: demanded, or doubted")
    purposes = {t: found for t in asked if t.kind == Kind.CONDITION and (found := _purpose(t))}
    for told in by(purposes, lambda t: t.source):
        readings = by(told, purposes.__getitem__)
        if len(readings) > 1 and not frozenset.intersection(*(purposes[t] for t in told)):
            yield _stance(readings, (claim,), Severity.MEDIUM, "stance: a condition for one thing, or for another")


def _firmness(accord: Accord, act: Sequence[Telling]) -> Iterator[Finding]:
    """Agreed, undertaken or supported: one act, unless several articles tell them as two acts of one source."""
    sourced = [t for t in act if not t.by_writer and t.fact.realis != Realis.CONDITIONAL]
    readings = by(sourced, lambda t: t.kind)
    articles = [{(t.article.id, t.source) for t in reading} for reading in readings]
    if len(readings) > 1 and len(set.intersection(*articles)) < 2:
        yield _stance(readings, accord.claims, Severity.MEDIUM, "stance: bound, or well-disposed")


def _conditions(accord: Accord, act: Sequence[Telling]) -> Iterator[Finding]:
    """Given, or given only if; within one article this is internal."""
    readings = by(act, lambda t: t.fact.realis == Realis.CONDITIONAL)
    if len(readings) < 2:
        return
    if len({t.article.id for t in act}) > 1:
        yield _stance(readings, accord.claims, Severity.MEDIUM, "stance: given, or given on a condition")
    for told in by(act, lambda t: t.article.id):
        inside = by(told, lambda t: t.fact.realis == Realis.CONDITIONAL)
        if len(inside) > 1:
            rule = "stance: given, and on a condition"
            yield _finding(DivergenceType.INTERNAL, inside, accord.claims, Severity.LOW, rule)


def _talks(accord: Accord, act: Sequence[Telling]) -> Iterator[Finding]:
    """One source's yes to a thing, told elsewhere as a yes to talks about it."""
    for tellings in by((t for t in act if not t.by_writer), lambda t: t.source):
        readings = by(tellings, lambda t: is_talk(t.about))
        if len(readings) > 1 and len({t.article.id for t in tellings}) > 1:
            yield _stance(readings, accord.claims, Severity.MEDIUM, "stance: the thing, or talks about it")


def _purpose(telling: Telling) -> frozenset[str]:
    """What a condition is set for, if the object says so."""
    _, *rest = _PURPOSE.split(telling.fact.object)
    return frozenset(stems(rest[-1])) if rest else frozenset()


def _stance(readings: Readings, claims: tuple[Claim, ...], level: Severity, rule: str) -> Finding:
    return _finding(DivergenceType.STANCE, readings, claims, level, rule)


def _finding(
    kind: DivergenceType, readings: Readings, claims: tuple[Claim, ...], level: Severity, rule: str
) -> Finding:
    return Finding(kind, level, readings, claims, against(readings, _act), rule)


def _act(telling: Telling) -> str:
    realis = "conditional " if telling.fact.realis == Realis.CONDITIONAL else ""
    return f"{realis}{telling.kind}, {thing(telling)}"
