"""Text and an anchor date in; typed durations, instants, dates and numbers out, each with its words and comparator.

A grammar, never a model: a value that stands here stands in the text. ISO 8601 for durations and instants, EDTF level 0
for dates, plain decimals for numbers.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extract.reading.clock import (
    COMING,
    DURATION,
    INSTANT,
    coming_value,
    duration_value,
    instant_value,
)
from extract.reading.dates import DATE, date_value
from extract.reading.keyed import Keyed
from extract.reading.numbers import (
    COMPARATOR,
    GROUPED_DIGITS,
    PLAIN_DIGITS,
    SMALL,
    TENS,
    comparator,
    decimal,
    number,
)
from extract.reading.stretches import START
from extract.reading.words import word_list
from schemas import Value, ValueType

__all__ = ["FoundValue", "find_amounts", "find_values", "number", "read_values"]

_SCALE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_COUNTS = "|".join([*(word for word, value in SMALL.items() if value > 2), *TENS])
_TWO = rf"two(?=\s(?:[a-z]+\s)?(?:{'|'.join(word_list('counted'))})\b)"
# A number and what is counted; neither time nor the parties themselves.
_AMOUNT = Keyed(
    rf"\b(?:(?:{COMPARATOR})\s)?(?<![\w:.-])(?P<number>{GROUPED_DIGITS}|{PLAIN_DIGITS}|{_COUNTS}|{_TWO})"
    rf"(?:\s(?P<scale>{'|'.join(_SCALE)})\b|(?=%|-(?:mile|kilomet|km|metre|meter|point|member|seat)|\s(?:km|kg|[gmk]w|per\scent|percent|cubic|square|of\sthe|[a-z]{{3,}})))"
    r"(?!\s(?:leaders|presidents|sides|countries|men|nations|of\sthem"
    r"|(?:had|has|have|was|were|are|is|will|would|could|should|said|met|agreed|also)\b|parties|governments|capitals|times|more\b|and\b|per\b(?!\scent)"
    r"|years?|months?|weeks?|days?|hours?|minutes?|seconds?|o’clock"
    r"|january|february|march|april|may|june|july|august|september|october|november|december))",
    " ".join([*(word for word, one in SMALL.items() if one > 1), *TENS, *("0" * digits for digits in range(1, 13))]),
    re.IGNORECASE,
    reach=20,
)
_INSIDE = re.compile(r"[a-z,;]\s")  # before a capital that opens no sentence
_OF_YEAR = re.compile(r"\b(?:of|in|since|from|until|by|before|after|the)\s$")  # before a year
_YEAR_REACH = 8  # code points
# Between a time and its day, and the other way round.
_DAY_BEHIND = re.compile(r",? (?:on )?")
_DAY_BEFORE = re.compile(r"(?: (?:morning|afternoon|evening|night))?,? (?:(?:at|from) )?")
_UTC = re.compile("UTC|GMT")
_UNTIL = re.compile(r"\s?(?:to|until|till|and|[–—-])\s?")
_DAY = len("2031-01-31")
_WITHOUT_OFFSET = len("2031-01-31T10:00")


class FoundValue(NamedTuple):
    """A value whose words are [start, end) of the text."""

    start: int
    end: int
    value: Value


def read_values(text: str, anchor: date | None) -> list[FoundValue]:
    """Every value of `text`, in order, without overlaps; an amount gives way to any other value."""
    found = _with_zone(_in_ranges(_on_day(find_values(text, anchor), text), text))
    for amount in find_amounts(text):
        _add(found, amount)
    return found


def find_values(text: str, anchor: date | None) -> list[FoundValue]:
    """Every duration, instant and date of `text`, in order, without overlaps."""
    found = [FoundValue(match.start("words"), match.end(), coming_value(match)) for match in COMING.near(text)]
    grammars: tuple[tuple[Keyed, Callable[[re.Match[str]], Value | None]], ...] = (
        (INSTANT, lambda match: instant_value(match, anchor)),
        (DURATION, duration_value),
        (DATE, lambda match: date_value(match, anchor)),
    )
    for grammar, value_of in grammars:
        for match in grammar.near(text):
            if not _is_free(found, match.start(), match.end()):
                continue
            value = value_of(match)
            if value is not None:
                left = match.start() + match[0].index(value.as_written)
                _add(found, FoundValue(left, left + len(value.as_written), value))
    return found


def find_amounts(text: str) -> list[FoundValue]:
    """Every counted amount ("14 people", "310 million crowns"); its phrase is the number alone."""
    found = []
    for match in _AMOUNT.near(text):
        amount = number(match["number"])
        if amount is not None and not _is_of_a_name(match) and not _is_year(match):
            iso = decimal(amount * _SCALE.get((match["scale"] or "").lower(), 1))
            value = Value(type=ValueType.NUMBER, iso=iso, comparator=comparator(match), as_written=match[0])
            found.append(FoundValue(match.start(), match.end(), value))
    return found


def _is_of_a_name(match: re.Match[str]) -> bool:
    """Whether a number has a capital although it opens no sentence: "the Three Rivers"."""
    at = match.start("number")
    return match["number"][0].isupper() and _INSIDE.fullmatch(match.string, max(0, at - 2), at) is not None


def _is_year(match: re.Match[str]) -> bool:
    """Whether a number says of which year something is: "the Protocol of 2029"."""
    bare = re.fullmatch(r"(?:19|20)\d\d", match["number"]) and not match["scale"]
    return bool(bare and _OF_YEAR.search(match.string, max(0, match.start() - _YEAR_REACH), match.start()))


def _is_free(found: Sequence[FoundValue], start: int, end: int) -> bool:
    """Whether [start, end) overlaps none of `found`, which are in order."""
    at = bisect_left(found, end, key=START)
    return at == 0 or found[at - 1].end <= start


def _add(found: list[FoundValue], value: FoundValue) -> None:
    """Put a value at its place in order, if that is free."""
    if _is_free(found, value.start, value.end):
        found.insert(bisect_left(found, value.start, key=START), value)


def _on_day(values: list[FoundValue], text: str) -> list[FoundValue]:
    """The same values; an instant that a day stands right beside is one of that day ("08:00 on Thursday")."""
    dated = list(values)
    for at, (one, other) in enumerate(pairwise(values)):
        between = text[one.end : other.start]
        if one.value.type is ValueType.INSTANT and _DAY_BEHIND.fullmatch(between):
            dated[at] = _moved(one, other)
        elif other.value.type is ValueType.INSTANT and _DAY_BEFORE.fullmatch(between):
            dated[at + 1] = _moved(other, one)
    return dated


def _moved(instant: FoundValue, day: FoundValue) -> FoundValue:
    """The instant on that day, if the day is settled; in a zone whose offset may change with the day, it stays."""
    iso, date_ = instant.value.iso, day.value.iso
    if iso is None or date_ is None or day.value.type is not ValueType.DATE:
        return instant
    if len(iso) > _WITHOUT_OFFSET and not _UTC.search(instant.value.as_written):
        return instant
    try:
        date.fromisoformat(date_)
    except ValueError:  # a month, a week, or no day of the calendar
        return instant
    return _at(instant, date_ + iso[_DAY:])


def _in_ranges(values: list[FoundValue], text: str) -> list[FoundValue]:
    """The same values; of two instants that bound a stretch of time, each takes from the other what it lacks."""
    joined = list(values)
    for at, (one, other) in enumerate(pairwise(values)):
        between = _UNTIL.fullmatch(text, one.end, other.start)
        first, last = one.value.iso, other.value.iso
        if not between or {one.value.type, other.value.type} != {ValueType.INSTANT} or not first or not last:
            continue
        zone = last[_WITHOUT_OFFSET:] or first[_WITHOUT_OFFSET:]
        joined[at] = _at(one, first[:_WITHOUT_OFFSET] + (first[_WITHOUT_OFFSET:] or zone))
        joined[at + 1] = _at(other, first[:_DAY] + last[_DAY:_WITHOUT_OFFSET] + zone)
    return joined


def _at(found: FoundValue, iso: str) -> FoundValue:
    return FoundValue(found.start, found.end, found.value.model_copy(update={"iso": iso}))


def _with_zone(values: list[FoundValue]) -> list[FoundValue]:
    """The same values; an instant without an offset takes the one of the only zone that the text names for its hour."""
    known: dict[str, set[str]] = {}
    for found in values:
        iso = found.value.iso or ""
        if found.value.type is ValueType.INSTANT and len(iso) > _WITHOUT_OFFSET:
            known.setdefault(iso[:_WITHOUT_OFFSET], set()).add(iso)
    return [_zoned(found, known) for found in values]


def _zoned(found: FoundValue, known: dict[str, set[str]]) -> FoundValue:
    same = known.get(found.value.iso or "", set())
    if found.value.type is not ValueType.INSTANT or len(same) != 1:
        return found
    return _at(found, next(iter(same)))
