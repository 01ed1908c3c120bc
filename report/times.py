"""An event's durations and clock times in, drawings of them as intervals on one axis out."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

from reconcile.intervals import DAY, HOUR, MINUTE, Interval
from report.told import Telling, joined, same_day, told_values, width, zone_of
from report.words import counted, letters, spoken
from schemas import Event, Kind, Record, ValueType

LEFT, RIGHT = 2.0, 97.0  # per cent of the drawing's width
_MOST_BARS = 14
_TICKS = 8
_STEPS = (5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY)
_LANDMARKS = (
    (MINUTE, "1 minute"),
    (HOUR, "1 hour"),
    (DAY, "1 day"),
    (7 * DAY, "1 week"),
    (30 * DAY, "30 days"),
    (365 * DAY, "1 year"),
    (3650 * DAY, "10 years"),
    (36500 * DAY, "100 years"),
)


@dataclass(frozen=True)
class Bar:
    """A row of a drawing, in per cent of its width.

    The value lies in the box [`low`, `high`]; `reach` is where a duration's line starts, None for a clock time; `open`
    tells that the words bound it only from below.
    """

    words: str
    about: str
    keys: tuple[str, ...]
    article: str
    fact: str
    low: float
    high: float
    reach: float | None
    open: bool
    parts: bool
    says: str


@dataclass(frozen=True)
class Tick:
    """A mark of the axis: its place, the clock time above ("" where there is none) and the length below."""

    x: float
    clock: str
    length: str


@dataclass(frozen=True)
class Drawing:
    """Bars over one axis. `undrawn` names the values that have no place on it."""

    title: str
    caption: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undrawn: tuple[str, ...] = field(default=())


def draw(records: Sequence[Record], event: Event) -> list[Drawing]:
    """The contact's own durations and times on one axis; every other period on a second, logarithmic one."""
    told = told_values(records, event)
    own = [telling for telling in told if telling.fact.kind is Kind.MEETING]
    others = [
        t for t in told if t.fact.kind is not Kind.MEETING and t.span.type is ValueType.DURATION and t.span.low > 0
    ]
    return [drawing for drawing in (_contact(own), _periods(joined(others))) if drawing is not None]


def _contact(told: Sequence[Telling]) -> Drawing | None:
    """The contact: durations run from the earliest clock time that any account gives, from 0 where none does."""
    instants = [t for t in told if t.span.type is ValueType.INSTANT]
    placed = same_day([t for t in instants if width(t.span) < HOUR])
    durations = [t for t in told if t.span.type is ValueType.DURATION]
    drawn = sorted(durations, key=_bounds)[:_MOST_BARS] + sorted(placed, key=_bounds)[:_MOST_BARS]
    if not drawn:
        return None
    origin = min((t.span.low for t in placed if math.isfinite(t.span.low)), default=0.0)
    ends = [_end(t.span, origin) for t in drawn]
    stop = max(
        [end for end in ends if math.isfinite(end)] + [t.span.low + (0 if t in placed else origin) for t in drawn]
    )
    stop = origin + (stop - origin or HOUR) * 1.08
    scale = _linear(origin, stop)
    zone = zone_of(placed)
    step = next((step for step in _STEPS if (stop - origin) / step <= _TICKS), (stop - origin) / _TICKS)
    ticks = tuple(
        Tick(scale(origin + step * n), _clock(origin + step * n, zone) if placed else "", _length(step * n))
        for n in range(int((stop - origin) / step) + 1)
    )
    caption = "A box is where an account puts the end; an arrow, a length with no upper bound."
    if placed and durations:
        start = _clock(origin, zone)
        caption = f"Lengths are drawn from {start} ({zone}), the earliest time that any account gives. {caption}"
    bars = [_bar(t, 0.0 if t in placed else origin, scale) for t in drawn]
    undrawn = tuple(_undrawn(t) for t in told if t not in drawn)
    return Drawing("The contact", caption, tuple(bars), ticks, undrawn)


def _periods(told: Sequence[Telling]) -> Drawing | None:
    """Every other length of time, by magnitude."""
    drawn = sorted(told, key=_bounds)[:_MOST_BARS]
    if not drawn:
        return None
    low = min(t.span.low for t in drawn) / 2
    high = max(t.span.high if math.isfinite(t.span.high) else t.span.low * 2 for t in drawn) * 2
    scale = _linear(math.log(low), math.log(high))
    ticks = tuple(Tick(scale(math.log(mark)), "", name) for mark, name in _LANDMARKS if low <= mark <= high)
    bars = [_bar(t, None, lambda seconds: scale(math.log(max(seconds, low)))) for t in drawn]
    caption = "All that is said to last, or to be so far off, by order of magnitude."
    undrawn = tuple(_undrawn(t) for t in told if t not in drawn)
    return Drawing("Other lengths of time", caption, tuple(bars), ticks, undrawn)


def _bar(told: Telling, origin: float | None, scale: Callable[[float], float]) -> Bar:
    """`origin` is where lengths start on the axis; None for a logarithmic axis, where nothing starts."""
    start = origin or 0.0
    low, high = start + max(told.span.low, 0.0 if start else told.span.low), start + told.span.high
    open_end = math.isinf(told.span.high)
    runs = origin is not None and told.span.type is ValueType.DURATION
    keys = tuple(letters(place) for place in told.articles)
    return Bar(
        words=told.words,
        about=_short(_about(told), 54),
        keys=keys[:5] + (("…",) if len(keys) > 5 else ()),
        article=told.first,
        fact=told.fact.id,
        low=scale(low) if math.isfinite(low) else LEFT,
        high=RIGHT if open_end else scale(high),
        reach=scale(start) if runs else None,
        open=open_end,
        parts=told.parts,
        says=f"{told.words}: {told.fact.summary or told.fact.object}",
    )


def _about(told: Telling) -> str:
    if told.claims > 1:
        return counted(told.claims, "claim")
    source = told.fact.primary_source.name if len(told.fact.attribution) > 1 else "The writer"
    return f"{source}: {told.fact.object or spoken(told.fact.kind)}"


def _linear(low: float, high: float) -> Callable[[float], float]:
    return lambda value: round(LEFT + (value - low) / (high - low) * (RIGHT - LEFT), 2)


def _bounds(told: Telling) -> tuple[float, float]:
    return told.span.low, told.span.high


def _end(span: Interval, origin: float) -> float:
    return span.high + (origin if span.type is ValueType.DURATION else 0.0)


def _clock(seconds: float, zone: timezone) -> str:
    return f"{datetime.fromtimestamp(seconds, zone):%H:%M}"


def _length(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    if not hours:
        return f"{minutes} min" if minutes else "0"
    return f"{hours} h {minutes}" if minutes else f"{hours} h"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _undrawn(told: Telling) -> str:
    why = ", no time zone told" if told.span.type is ValueType.INSTANT and width(told.span) >= HOUR else ""
    return f"{told.words} ({', '.join(letters(place) for place in told.articles)}{why})"
