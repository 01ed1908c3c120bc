"""One accord in; `scope` and `internal` divergences out: the same act told to reach further, or for other sides."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from reconcile.divergences.accords import Accord
from reconcile.divergences.finding import Finding, against, by, in_order, official, thing
from reconcile.telling import Telling
from reconcile.words import stems
from schemas import DivergenceType, Severity

_JOINED = re.compile(r"([\w-]+) and ([\w-]+)")
_PARTS = re.compile(r"[,;:]|\b(?:and|or|as well as)\b")
_INCLUDES = re.compile(r"\b(?:that |which )?includ(?:es?|ing)\b", re.IGNORECASE)
_MORE = re.compile(r"\band (?:several |some |all )?other\b", re.IGNORECASE)
_MUTUAL = re.compile(r"\beach other|\bone another|\bmutual|\bboth (?:sides|countries|nations|parties)\b", re.IGNORECASE)


class Breadth(StrEnum):
    """How far the object of an act reaches, as its words tell."""

    WIDER = "something that includes it"
    MORE = "it and others"
    TWO = "two things"
    ONE = "one thing"


def extent_divergences(accord: Accord) -> Iterator[Finding]:
    """Between the parties' accounts, between tellings of one account, and within one article."""
    pairs = _run_together(accord.offers)
    breadth = {telling: found for telling in accord.offers if (found := _breadth(telling, pairs))}
    yield from _between_sides(accord, breadth)
    for act in accord.acts():
        yield from _retold(accord, act, breadth)
    yield from _within(accord, breadth)
    yield from _for_whom(accord)


def _run_together(tellings: Sequence[Telling]) -> frozenset[tuple[str, str]]:
    """Pairs of stems that one telling joins by "and" and another runs together: "grain and ports" / "grain ports"."""
    joined = {pair for telling in tellings for pair in _joined(telling)}
    return frozenset(joined & {pair for telling in tellings for pair in _compound(telling)})


def _joined(telling: Telling) -> set[tuple[str, str]]:
    found = ((stems(left), stems(right)) for left, right in _JOINED.findall(thing(telling)))
    return {(left[-1], right[0]) for left, right in found if left and right}


def _compound(telling: Telling) -> set[tuple[str, str]]:
    """Stems that follow each other with neither "and" nor a comma between them."""
    return {pair for part in _PARTS.split(thing(telling)) for pair in pairwise(stems(part))}


def _breadth(telling: Telling, pairs: frozenset[tuple[str, str]]) -> Breadth | None:
    if _INCLUDES.search(thing(telling)):
        return Breadth.WIDER
    if _MORE.search(thing(telling)):
        return Breadth.MORE
    if _joined(telling) & pairs:
        return Breadth.TWO
    return Breadth.ONE if pairs & _compound(telling) else None


def _between_sides(accord: Accord, breadth: dict[Telling, Breadth]) -> Iterator[Finding]:
    """One party's account has two things, another's only one."""
    sides: dict[str, set[Breadth]] = defaultdict(set)
    for telling, found in breadth.items():
        if official(telling):
            sides[telling.side].add(found)
    wide = {side for side, found in sides.items() if Breadth.TWO in found}
    narrow = {side for side, found in sides.items() if found == {Breadth.ONE}}
    if not wide or not narrow:
        return
    two = in_order(t for t, found in breadth.items() if t.side in wide and found == Breadth.TWO)
    one = in_order(t for t in breadth if t.side in narrow)
    yield _scope(accord, (two, one), Severity.HIGH, "extent: two things in one party's account, one in the other's")


def _retold(accord: Accord, act: Sequence[Telling], breadth: dict[Telling, Breadth]) -> Iterator[Finding]:
    """One source's words, retold to reach further in one article than in another."""
    for tellings in by((t for t in act if t in breadth and not t.by_writer), lambda t: t.source):
        readings = by(tellings, breadth.__getitem__)
        if len({t.article.id for t in tellings}) < 2 or len(readings) < 2:
            continue
        wider = tuple(reading for reading in readings if breadth[reading[0]] == Breadth.WIDER)
        others = tuple(reading for reading in readings if breadth[reading[0]] != Breadth.WIDER)
        if wider:
            rest = in_order(t for reading in others for t in reading)
            yield _scope(accord, (*wider, rest), Severity.HIGH, "extent: something wider that includes it")
        if len(others) > 1:
            yield _scope(accord, others, Severity.MEDIUM, "extent: retold as more or less")


def _within(accord: Accord, breadth: dict[Telling, Breadth]) -> Iterator[Finding]:
    """One article that tells one source's account with two extents."""
    tellings = [t for t in accord.tellings if not t.by_writer]
    for group in by(tellings, lambda t: (t.article.id, t.source)):
        readings = by((t for t in group if t in breadth), breadth.__getitem__)
        if len(readings) > 1:
            wider = any(breadth[t] == Breadth.WIDER for t in group if t in breadth)
            severity = Severity.HIGH if wider else Severity.MEDIUM
            rule = "extent: two extents in one article, from one source"
            yield Finding(DivergenceType.INTERNAL, severity, readings, accord.claims, against(readings), rule)


def _for_whom(accord: Accord) -> Iterator[Finding]:
    """One source's accord, told as for one side only and as for both."""
    for tellings in by((t for t in accord.offers if not t.by_writer), lambda t: t.source):
        reach = {telling: found for telling in tellings if (found := _reach(telling))}
        readings = by(reach, reach.__getitem__)
        if len(readings) > 1:
            yield _scope(accord, readings, Severity.MEDIUM, "extent: for one side or for both")


def _reach(telling: Telling) -> str | None:
    """The one country an act is for, or "both"; None where the words do not tell."""
    countries = {stem for stem in telling.about if stem.startswith("@")}
    if _MUTUAL.search(thing(telling)) or len(countries) > 1:
        return "both"
    return next(iter(countries), None)


def _scope(accord: Accord, readings: tuple[tuple[Telling, ...], ...], severity: Severity, rule: str) -> Finding:
    return Finding(DivergenceType.SCOPE, severity, readings, accord.claims, against(readings), rule)
