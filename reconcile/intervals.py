"""A typed value in, the interval of what it may be out; two values conflict only where their intervals cannot meet.

All tolerances stand here. They widen what is stated by what writers commonly leave out, never by what they assert:

- exactly: half the step that a duration was rounded to, by the unit it is stated in: hours are told to the half hour,
  minutes to five where they are a multiple of five, else to the minute. Days and longer, clock times, dates and plain
  numbers stated exactly have no tolerance.
- about: a tenth of a duration or number; two minutes of a clock time (a time told to the nearest five minutes is off by
  two at most); for a date the calendar unit before and after it.
- nearly: from 85 % of the value up to the value.
- at least, more than, at most: open on the other side. What is merely bounded conflicts with nothing inside the bound.
- months and years have the lengths that they have in the calendar: 28 to 31, 365 or 366 days.
- a clock time without a zone may be any of the world's: UTC-12 to UTC+14.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from schemas import Comparator, Value, ValueType

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
ABOUT = 0.10
NEARLY = 0.85
CLOCK_ABOUT = 2 * MINUTE
_ZONES = (14 * HOUR, 12 * HOUR)
_UNITS = {"Y": (365 * DAY, 366 * DAY), "W": (7 * DAY, 7 * DAY), "D": (DAY, DAY), "H": (HOUR, HOUR), "S": (1.0, 1.0)}
_MONTH = (28 * DAY, 31 * DAY)
_STEPS = {"H": HOUR / 2, "M": MINUTE, "S": 1.0}
_ROUND = 5 * MINUTE
_DURATION = re.compile(r"P(?=.)((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])+))?")
_PART = re.compile(r"([\d.]+)([YMWDHS])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a value may be: seconds for a duration, seconds since the epoch for instants and dates, else a number.

    `low` and `high` are inclusive unless `open_low`, `open_high`; they may be infinite. `type` tells what compares:
    dates and instants with each other, everything else only with its own.
    """

    type: ValueType
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "Interval") -> bool:
        """Whether one value could be in both. Symmetrical; intervals of types that do not compare always meet."""
        if not _comparable(self.type, other.type):
            return True
        return not (_before(self, other) or _before(other, self))

    def gap(self, other: "Interval") -> float:
        """How far the intervals are apart, 0 where they meet."""
        return 0.0 if self.meets(other) else max(0.0, other.low - self.high, self.low - other.high)

    def after(self, start: "Interval") -> "Interval":
        """The duration from `start` to this instant."""
        low, high = max(0.0, self.low - start.high), self.high - start.low
        return Interval(ValueType.DURATION, low, high, self.open_low, self.open_high)


def _before(left: Interval, right: Interval) -> bool:
    return left.high < right.low or (left.high == right.low and (left.open_high or right.open_low))


def _comparable(left: ValueType, right: ValueType) -> bool:
    calendar = {ValueType.DATE, ValueType.INSTANT}
    return left == right or {left, right} == calendar


def interval(value: Value) -> Interval | None:
    """What `value` may be; None where it has no ISO form, or one that cannot be read."""
    if value.iso is None:
        return None
    try:
        stated = _STATED[value.type](value.iso)
    except (ValueError, OverflowError):
        return None
    return _widened(value, *stated) if stated else None


def _widened(value: Value, low: float, high: float) -> Interval | None:
    match value.comparator:
        case Comparator.AT_LEAST:
            return Interval(value.type, low, math.inf)
        case Comparator.MORE_THAN:
            return Interval(value.type, low, math.inf, open_low=True)
        case Comparator.AT_MOST:
            return Interval(value.type, 0.0 if value.type == ValueType.DURATION else -math.inf, high)
        case Comparator.NEARLY:
            return Interval(value.type, *_nearly(value.type, low, high))
        case Comparator.ABOUT:
            return Interval(value.type, *_about(value.type, low, high))
        case _:
            slack = _rounding(value.iso or "", low) if value.type == ValueType.DURATION else 0.0
            return Interval(value.type, low - slack, high + slack)


def _nearly(kind: ValueType, low: float, high: float) -> tuple[float, float]:
    if kind in (ValueType.DURATION, ValueType.NUMBER):
        return low * NEARLY, high
    return low - _calendar_slack(kind, low, high), high


def _about(kind: ValueType, low: float, high: float) -> tuple[float, float]:
    if kind in (ValueType.DURATION, ValueType.NUMBER):
        return low - abs(low) * ABOUT, high + abs(high) * ABOUT
    slack = _calendar_slack(kind, low, high)
    return low - slack, high + slack


def _calendar_slack(kind: ValueType, low: float, high: float) -> float:
    return CLOCK_ABOUT if kind == ValueType.INSTANT else high - low


def _rounding(iso: str, seconds: float) -> float:
    """Half the step that a duration was rounded to, by its last unit; nothing for a day and longer."""
    step = _STEPS.get(iso[-1], 0.0) if "T" in iso else 0.0
    return (_ROUND if step == MINUTE and seconds % _ROUND == 0 else step) / 2


def _duration(iso: str) -> tuple[float, float] | None:
    match = _DURATION.fullmatch(iso)
    if not match:
        return None
    low = high = 0.0
    for clock, parts in ((False, match[1]), (True, match[2] or "")):
        for amount, unit in _PART.findall(parts):
            shortest, longest = (MINUTE, MINUTE) if clock and unit == "M" else _UNITS.get(unit, _MONTH)
            low, high = low + float(amount) * shortest, high + float(amount) * longest
    return low, high


def _instant(iso: str) -> tuple[float, float] | None:
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is not None:
        return moment.timestamp(), moment.timestamp()
    utc = moment.replace(tzinfo=UTC).timestamp()
    return utc - _ZONES[0], utc + _ZONES[1]


def _date(iso: str) -> tuple[float, float] | None:
    """The first and the last second of an EDTF level 0 date: day, week, month or year."""
    if week := _WEEK.fullmatch(iso):
        first = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return _seconds(first), _seconds(first + timedelta(weeks=1)) - 1
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        first = date(*parts)
        after = first + timedelta(days=1)
    elif len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    else:
        first, after = date(parts[0], 1, 1), date(parts[0] + 1, 1, 1)
    return _seconds(first), _seconds(after) - 1


def _seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def _number(iso: str) -> tuple[float, float]:
    return float(iso), float(iso)


_STATED: dict[ValueType, Callable[[str], tuple[float, float] | None]] = {
    ValueType.DURATION: _duration,
    ValueType.INSTANT: _instant,
    ValueType.DATE: _date,
    ValueType.NUMBER: _number,
}
