"""One claim in; `value` and `internal` divergences out: values that cannot all hold, by arithmetic."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from reconcile.clusters import Claim
from reconcile.divergences.finding import Finding, against, in_order, stated
from reconcile.intervals import Interval
from reconcile.telling import Telling
from schemas import DivergenceType, Severity

WIDE = 0.25  # a gap of a quarter of the larger value is one that no rounding explains
COMPARED = 60  # tellings of one claim with distinct values, beyond which more of them say nothing new


def value_divergences(claim: Claim) -> Iterator[Finding]:
    """Where tellings of a claim carry values whose intervals cannot meet."""
    pairs = [pair for pair in combinations(_distinct(claim), 2) if not _meet(*pair)]
    inside = [pair for pair in pairs if pair[0].article.id == pair[1].article.id]
    between = [pair for pair in pairs if pair not in inside]
    for article in sorted({left.article.id for left, _ in inside}):
        parts = [pair for pair in inside if pair[0].article.id == article]
        yield _finding(DivergenceType.INTERNAL, parts, claim)
    if between:
        yield _finding(DivergenceType.VALUE, between, claim)


def _distinct(claim: Claim) -> list[Telling]:
    valued = [t for t in in_order(claim.tellings) if t.interval]
    if len(valued) <= COMPARED:
        return valued
    first: dict[Interval | None, Telling] = {}
    for telling in valued:
        first.setdefault(telling.interval, telling)
    return list(first.values())


def _meet(left: Telling, right: Telling) -> bool:
    return left.interval is None or right.interval is None or left.interval.meets(right.interval)


def _finding(kind: DivergenceType, pairs: list[tuple[Telling, Telling]], claim: Claim) -> Finding:
    parties = in_order(telling for pair in pairs for telling in pair)
    readings = _readings(parties)
    severity = Severity.HIGH if max(_gap(*pair) for pair in pairs) >= WIDE else Severity.MEDIUM
    return Finding(kind, severity, readings, (claim,), against(readings, stated), "values: intervals cannot meet")


def _readings(parties: Sequence[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """Tellings whose values all meet each other, from the lowest value up."""
    groups: list[list[Telling]] = []
    for telling in sorted(parties, key=lambda t: (t.interval.high, t.interval.low) if t.interval else (0.0, 0.0)):
        home = next((group for group in groups if all(_meet(telling, other) for other in group)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return tuple(in_order(group) for group in groups)


def _gap(left: Telling, right: Telling) -> float:
    """The gap between two values as a share of the larger; 1 for instants and dates, whose origin is arbitrary."""
    if left.interval is None or right.interval is None:
        return 0.0
    larger = max(abs(bound) for span in (left.interval, right.interval) for bound in (span.low, span.high))
    gap = left.interval.gap(right.interval)
    calendar = left.interval.type in ("instant", "date")
    return 1.0 if calendar else gap / larger if larger else 0.0
