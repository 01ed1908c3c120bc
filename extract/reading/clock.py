"""Words for a duration or a time of day in; an ISO 8601 duration or instant out.

Durations keep the unit of the text (`PT90M`, `PT2.5H`, `P1M`); an instant has an offset where the text names its zone.
"""

import re
from datetime import date, datetime

from extract.reading.keyed import Keyed
from extract.reading.numbers import COMPARATOR, NUMBER, comparator, decimal, number
from extract.reading.zones import OFFSET, zone_of
from schemas import Value, ValueType

_UNIT_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}
_CLOCK_UNITS = ("second", "minute", "hour")
UNIT = "|".join(_UNIT_CODES)
DURATION = Keyed(
    rf"\b(?:(?:{COMPARATOR})[\s-])?\b(?P<number>{NUMBER})?(?(number)[\s-]|(?<!\w))(?P<unit>{UNIT})s?"
    rf"(?:\s(?:and\s)?(?P<rest>{NUMBER})\s(?P<rest_unit>minute|second|hour)s?)?(?P<long>-?long)?\b"
    r"(?!\s(?:ago|earlier|before|later|from now)\b|-old)",
    " ".join(f"{unit} {unit}s {unit}long {unit}slong" for unit in _UNIT_CODES),
    re.IGNORECASE,
)
# "for the next week": a length, although it has the words of a date.
COMING = Keyed(
    r"\b(?:for|over|during|within)\s(?P<words>(?:the\s)?(?:next|coming)\s(?P<unit>week|month|year))\b", "next coming"
)
INSTANT = Keyed(
    rf"\b(?:(?:{COMPARATOR})\s)?\b(?:"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3])(?::|(?=[0-5]\d\s(?:gmt|utc|hours|local)\b))(?P<minute24>[0-5]\d)(?:\shours)?"
    r"|(?P<word>noon|midnight)"
    rf")(?:\s(?P<open>\()?(?P<zone>(?-i:{OFFSET}|[A-Z]{{2,5}}\b|(?:[A-Z][a-z]{{1,30}}\s){{1,2}}time)|local\stime)(?(open)\)))?",
    "am pm m 0:00 00:00 0000 noon midnight",
    re.IGNORECASE,
)


def duration_value(match: re.Match[str]) -> Value | None:
    """The duration of a match of `DURATION`; None for a bare unit ("the day") and for an ordinal ("a second call")."""
    words, unit = (match["number"] or "").lower(), match["unit"].lower()
    amount = number(words or "a")
    later = unit not in _CLOCK_UNITS and match.string.startswith(" after ", match.end())  # "a day after the call"
    if amount is None or later or not (words or match["long"]) or (unit == "second" and words in ("a", "an")):
        return None
    iso = f"P{'T' if unit in _CLOCK_UNITS else ''}{decimal(amount)}{_UNIT_CODES[unit]}"
    if match["rest"] and (rest := number(match["rest"])) is not None:
        iso += f"{decimal(rest)}{_UNIT_CODES[match['rest_unit'].lower()]}"
    return Value(type=ValueType.DURATION, iso=iso, comparator=comparator(match), as_written=match[0])


def coming_value(match: re.Match[str]) -> Value:
    """The duration of a match of `COMING`: one week, month or year."""
    return Value(type=ValueType.DURATION, iso=f"P1{_UNIT_CODES[match['unit']]}", as_written=match["words"])


def instant_value(match: re.Match[str], anchor: date | None) -> Value | None:
    """The instant of a match of `INSTANT` on the anchor's day; None for no such time, `iso` None without an anchor."""
    time = _time(match)
    if time is None:
        return None
    iso = None
    if anchor is not None:
        moment = datetime(anchor.year, anchor.month, anchor.day, *time, tzinfo=zone_of(match["zone"]))
        iso = moment.isoformat(timespec="minutes")
    return Value(type=ValueType.INSTANT, iso=iso, comparator=comparator(match), as_written=match[0])


def _time(match: re.Match[str]) -> tuple[int, int] | None:
    """Hour and minute."""
    if match["word"]:
        return (12 if match["word"].lower() == "noon" else 0), 0
    if match["hour24"]:
        return int(match["hour24"]), int(match["minute24"])
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    afternoon = match["half"].lower() == "p"
    return (hour % 12 + 12 * afternoon, minute) if 1 <= hour <= 12 and minute <= 59 else None
