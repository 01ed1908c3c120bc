"""The claims of one contact in; `scope` and `stance` divergences out between claims that tell one accord otherwise.

"Both agreed", "he accepted" and "he supports the idea" may be one act in three readings (stance); "grain ports", "grain
and ports" and "a truce that includes ports" may be one act in several extents (scope). Claims are compared where they
share an actor and an object, and no article tells them side by side in one sentence as two things.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reconcile.clusters import Claim, neighbours, shared_articles
from reconcile.divergences.finding import ACCORD, Finding, by, in_order, included, told
from reconcile.likeness import Rarity, topical
from reconcile.telling import Telling
from reconcile.words import stems
from schemas import DivergenceType, Realis, Severity

RELATED = 0.4
_JOINED = re.compile(r"([\w-]+) and ([\w-]+)")


def accord_divergences(claims: Sequence[Claim], rarity: Rarity) -> Iterator[Finding]:
    """One `stance` and one `scope` divergence at most for each set of claims that tell one accord."""
    accords = [claim for claim in claims if any(t.kind in ACCORD for t in claim.exemplars)]
    for group in _related(accords, rarity):
        tellings = [t for claim in group for t in claim.tellings if t.kind in ACCORD]
        yield from _stance(tellings, group)
        yield from _scope(tellings, group)


def _related(accords: list[Claim], rarity: Rarity) -> list[list[Claim]]:
    home = list(range(len(accords)))
    for left, right in neighbours([claim.exemplars for claim in accords]):
        if home[left] != home[right] and _one_accord(accords[left], accords[right], rarity):
            low, high = sorted((home[left], home[right]))
            home = [low if place == high else place for place in home]
    groups: dict[int, list[Claim]] = defaultdict(list)
    for place, claim in zip(home, accords, strict=True):
        groups[place].append(claim)
    return list(groups.values())


def _one_accord(left: Claim, right: Claim, rarity: Rarity) -> bool:
    pairs = [(one, two) for one in left.exemplars for two in right.exemplars]
    if not any(one.actors & two.actors and topical(one, two, rarity) >= RELATED for one, two in pairs):
        return False
    both = shared_articles(left, right)
    return not any(
        _side_by_side(one, two) for name in both for one in left.by_article[name] for two in right.by_article[name]
    )


def _side_by_side(left: Telling, right: Telling) -> bool:
    """Whether an article tells both in one sentence, as two things."""
    return any(
        one.start < two.end + 3 and two.start < one.end + 3 for one in left.fact.evidence for two in right.fact.evidence
    )


def _stance(tellings: list[Telling], group: list[Claim]) -> Iterator[Finding]:
    """The same object told as bound on both sides, as undertaken by one, as merely supported, or on a condition."""
    first: dict[tuple[str, str], Telling] = {}
    for telling in in_order(tellings):
        first.setdefault((_bond(telling), telling.source), telling)
    parties = in_order(first.values())
    readings = by(parties, _bond)
    if len(readings) > 1:
        severity = Severity.HIGH if len({t.side for t in parties}) > 1 else Severity.MEDIUM
        detail = "; ".join(f"{t.source} ({t.article.id}) tells it as {_bond(t)}: {t.fact.object}" for t in parties)
        yield Finding(
            DivergenceType.STANCE, severity, readings, tuple(group), detail, "accord: other kinds for one object"
        )


def _bond(telling: Telling) -> str:
    """How far the act binds."""
    return f"conditional {telling.kind}" if telling.fact.realis == Realis.CONDITIONAL else str(telling.kind)


def _scope(tellings: list[Telling], group: list[Claim]) -> Iterator[Finding]:
    """The same act with another extent: two things or one, the thing itself or something that includes it."""
    pairs = _coordinated(tellings)
    first: dict[tuple[object, ...], Telling] = {}
    for telling in in_order(tellings):
        first.setdefault((telling.source, *_extent(telling, pairs)), telling)
    parties = in_order(first.values())
    readings = by(parties, lambda t: _extent(t, pairs))
    if len(readings) < 2:
        return
    severity = Severity.HIGH if len({t.side for t in parties}) > 1 else Severity.MEDIUM
    yield Finding(DivergenceType.SCOPE, severity, readings, tuple(group), told(parties), "accord: other extent")


def _coordinated(tellings: list[Telling]) -> frozenset[tuple[str, str]]:
    """Pairs of stems that one telling joins by "and" and another runs together: "grain and ports" / "grain ports"."""
    joined = {pair for telling in tellings for pair in _joined(telling)}
    compound = {pair for telling in tellings for pair in pairwise(telling.about) if pair not in _joined(telling)}
    return frozenset(joined & compound)


def _joined(telling: Telling) -> set[tuple[str, str]]:
    found = ((stems(left), stems(right)) for left, right in _JOINED.findall(_object(telling)))
    return {(left[-1], right[0]) for left, right in found if left and right}


def _extent(telling: Telling, pairs: frozenset[tuple[str, str]]) -> tuple[bool, bool]:
    return bool(_joined(telling) & pairs), bool(included(telling)[1])


def _object(telling: Telling) -> str:
    return telling.fact.object or telling.evidence
