"""An event in, the lengths and clock times that its claims tell out, equal ones of one claim together."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from reconcile.intervals import DAY, Interval, interval
from schemas import DivergenceType, Event, Fact, Record, ValueType

_OF_VALUES = frozenset({DivergenceType.VALUE, DivergenceType.INTERNAL})


@dataclass(frozen=True)
class Telling:
    """One value, and every article that gives it in this claim."""

    fact: Fact
    span: Interval
    articles: tuple[int, ...]
    first: str  # id of the first such article
    parts: bool
    claims: int = 1

    @property
    def words(self) -> str:
        """The phrase as the first article writes it."""
        return self.fact.value.as_written if self.fact.value else ""


def told_values(records: Sequence[Record], event: Event) -> list[Telling]:
    """Durations and instants of the event's claims, equal ones of one claim together."""
    place = {record.article.id: number for number, record in enumerate(records)}
    facts = {(record.article.id, fact.id): fact for record in records for fact in record.facts}
    parting = {ref for found in event.divergences if found.type in _OF_VALUES for ref in found.facts}
    grouped: dict[tuple[str, Interval], list[tuple[int, str, Fact, bool]]] = {}
    for cluster in event.clusters:
        for ref in cluster.facts:
            fact = facts[ref.article, ref.fact]
            span = interval(fact.value) if fact.value else None
            if span is not None and span.type in {ValueType.DURATION, ValueType.INSTANT}:
                entry = (place[ref.article], ref.article, fact, ref in parting)
                grouped.setdefault((cluster.id, span), []).append(entry)
    return [
        Telling(
            fact=entries[0][2],
            span=span,
            articles=tuple(sorted({number for number, *_ in entries})),
            first=entries[0][1],
            parts=any(parts for *_, parts in entries),
        )
        for (_, span), entries in grouped.items()
    ]


def joined(told: Iterable[Telling]) -> list[Telling]:
    """Equal values together, whatever claim they stand in."""
    groups: dict[Interval, list[Telling]] = {}
    for telling in told:
        groups.setdefault(telling.span, []).append(telling)
    return [
        replace(
            group[0],
            articles=tuple(sorted({place for telling in group for place in telling.articles})),
            parts=any(telling.parts for telling in group),
            claims=len(group),
        )
        for group in groups.values()
    ]


def width(span: Interval) -> float:
    """How much a bounded interval leaves open, in seconds; 0 for an unbounded one."""
    return 0.0 if math.isinf(span.low) or math.isinf(span.high) else span.high - span.low


def same_day(told: Sequence[Telling]) -> list[Telling]:
    """The instants of the day that most of them lie on: an axis of hours cannot hold two days."""
    days = Counter(_middle(t.span) // DAY for t in told)
    return [t for t in told if _middle(t.span) // DAY == days.most_common(1)[0][0]]


def _middle(span: Interval) -> float:
    finite = [bound for bound in (span.low, span.high) if math.isfinite(bound)]
    return sum(finite) / len(finite)


def zone_of(told: Iterable[Telling]) -> timezone:
    """The zone that most instants are told in."""
    offsets = Counter(
        datetime.fromisoformat(t.fact.value.iso).utcoffset() or timedelta(0)
        for t in told
        if t.fact.value and t.fact.value.iso
    )
    return timezone(offsets.most_common(1)[0][0]) if offsets else UTC
