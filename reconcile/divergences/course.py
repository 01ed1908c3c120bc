"""The claims of one contact in; divergences out between when it began, how long it ran and when it ended."""

import math
from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.finding import Finding, against, stated
from reconcile.intervals import Interval, interval
from reconcile.properties import contact_property
from reconcile.telling import Telling
from schemas import Comparator, DivergenceType, Severity, ValueType


def course_divergences(claims: Sequence[Claim]) -> Iterator[Finding]:
    """An end before a moment at which the contact was still going on; a duration that start and end exclude."""
    by_property: dict[str, list[tuple[Telling, Claim]]] = {"progress": [], "end": [], "start": [], "duration": []}
    for claim in claims:
        for telling in claim.tellings:
            name = contact_property(telling)
            if name in by_property and telling.interval:
                by_property[name].append((telling, claim))
    yield from _ends(by_property["end"], by_property["progress"])
    yield from _exceeded(by_property["duration"])
    yield from _lengths(by_property["start"], by_property["end"], by_property["duration"])


def _ends(ends: list[tuple[Telling, Claim]], running: list[tuple[Telling, Claim]]) -> Iterator[Finding]:
    for end, ended in ends:
        for moment, going in running:
            if end.interval and moment.interval and not end.interval.meets(_later(moment.interval)):
                pair = (end, moment)
                severity = Severity.HIGH if all(_exact(telling) for telling in pair) else Severity.MEDIUM
                yield _finding(pair, (ended, going), "course: over before it was still going on", severity)


def _exact(telling: Telling) -> bool:
    return telling.fact.value is not None and telling.fact.value.comparator == Comparator.EXACTLY


def _later(moment: Interval) -> Interval:
    """Any time after `moment`."""
    return Interval(moment.type, moment.low, math.inf, open_low=True)


def _exceeded(lengths: list[tuple[Telling, Claim]]) -> Iterator[Finding]:
    """A length told as exact where the same writer or source in the same article also tells that it was exceeded."""
    for running, going in lengths:
        if not (running.interval and running.interval.open_low):
            continue
        for whole, lasted in lengths:
            value = whole.fact.value
            one_teller = (whole.article.id, whole.source) == (running.article.id, running.source)
            if not one_teller or not value or value.comparator != Comparator.EXACTLY:
                continue
            stated = interval(value.model_copy(update={"comparator": Comparator.AT_MOST}))
            if stated and not stated.meets(running.interval):
                rule = "course: one teller has it as exact and as exceeded"
                yield _finding((whole, running), (lasted, going), rule, Severity.MEDIUM)


def _lengths(
    starts: list[tuple[Telling, Claim]], ends: list[tuple[Telling, Claim]], lengths: list[tuple[Telling, Claim]]
) -> Iterator[Finding]:
    """A duration that one article's start and end exclude, where that article tells no duration itself."""
    told_by = {telling.article.id for telling, _ in lengths}
    for start, began in starts:
        for end, ended in ends:
            if (
                start.article.id != end.article.id
                or start.article.id in told_by
                or not (start.interval and end.interval)
            ):
                continue
            between = end.interval.after(start.interval)
            for length, lasted in lengths:
                if (
                    length.interval
                    and length.interval.type == ValueType.DURATION
                    and not length.interval.meets(between)
                ):
                    yield _finding(
                        (start, end, length), (began, ended, lasted), "course: start and end exclude the duration"
                    )


def _finding(
    tellings: tuple[Telling, ...], claims: tuple[Claim, ...], rule: str, severity: Severity = Severity.HIGH
) -> Finding:
    inside = len({telling.article.id for telling in tellings}) == 1
    readings = (tellings[:-1], tellings[-1:])
    kind = DivergenceType.INTERNAL if inside else DivergenceType.VALUE
    return Finding(kind, severity, readings, tuple(dict.fromkeys(claims)), against(readings, stated), rule)
