"""Text and an anchor date in; typed durations, instants, dates and numbers out, each with its words and comparator.

A grammar, never a model: a value that stands here stands in the text. ISO 8601 durations keep the unit of the text
(`PT90M`, `PT2.5H`, `P1M`); dates are EDTF level 0; an instant carries an offset where the text names its zone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from extract.reading.zones import zone_of
from schemas import Comparator, Value, ValueType

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
)
_SMALL = {word: value for value, word in enumerate((_UNITS + "eighteen nineteen").split())}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORD_NUMBER = "|".join([*sorted(_SMALL, key=len, reverse=True), *_TENS])
_NUMBER = (
    rf"(?:\d+(?:,\d{{3}})+|\d+(?:\.\d+)?(?:\s\d/\d|[½¼¾])?|(?:{_WORD_NUMBER})(?:-(?:{_WORD_NUMBER}))?(?:\sand\sa\shalf)?"
    r"|half\san?|an?|a\sdozen)"
)
_COMPARATORS = {
    Comparator.ABOUT: r"about|around|approximately|roughly|some|an estimated|circa|or so",
    Comparator.AT_LEAST: r"at least|no less than|no fewer than|not less than|a minimum of",
    Comparator.AT_MOST: r"at most|no more than|not more than|up to|a maximum of|no longer than",
    Comparator.NEARLY: r"nearly|almost|just under|just short of|close to",
    Comparator.MORE_THAN: r"more than|over|longer than|well over|upwards of|in excess of",
}
_COMPARATOR = "|".join(f"(?P<{name}>{words})" for name, words in _COMPARATORS.items())
_UNIT_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}
_UNIT = "|".join(_UNIT_CODES)
_DURATION = re.compile(
    rf"(?:\b(?:{_COMPARATOR})[\s-])?\b(?P<number>{_NUMBER})?(?(number)[\s-]|(?<!\w))(?P<unit>{_UNIT})s?"
    rf"(?:\sand\s(?P<rest>{_NUMBER})\s(?P<rest_unit>minute|second|hour)s?)?(?P<long>-?long)?\b"
    r"(?!\s(?:ago|earlier|before|later|from now)\b|-old)",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|planned|scheduled|due|until|by|before|next|(?:is|are|was|were) to|set (?:for|to)|to be held|deadline)\b[^.;]*$"
)
_COMING = re.compile(r"\b(?:for|over|during|within)\s(?P<words>(?:the\s)?(?:next|coming)\s(?P<unit>week|month|year))\b")
_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr may jun jul aug sep oct nov dec"
).split()
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"  # noqa: E501
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DATE = re.compile(
    rf"(?P<late>(?:early|mid|late)[\s-])?\b(?:(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s(?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH})(?:,?\s(?P<year3>\d{{4}}))"
    rf"|(?<=in\s)(?P<month4>{_MONTH})\b|(?<=late\s)(?P<month5>{_MONTH})\b|(?<=early\s)(?P<month6>{_MONTH})\b"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?<=in\s)(?P<year4>(?:19|20)\d{2})\b|(?<=since\s)(?P<year5>(?:19|20)\d{2})\b"
    rf"|(?P<which>last\s|next\s|this\s|this\spast\s|on\s)?(?P<weekday>{'|'.join(_DAYS)})\b(?!’s\b(?=\s[A-Z]))"
    r"|(?P<period>(?:last|next|this)\s(?:week|weekend|month|year))|(?P<near>yesterday|today|tomorrow)"
    rf"|(?P<ago>{_NUMBER})\s(?P<ago_unit>{_UNIT})s?\sago)\b",
)
_INSTANT = re.compile(
    rf"(?:\b(?:{_COMPARATOR})\s)?\b(?:(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d{{2}}))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?:\shours)?|(?P<word>noon|midnight))"
    r"(?:\s\(?(?P<zone>(?-i:[A-Z]{2,5}\b|(?:[A-Z][a-z]+\s){1,2}time)|local\stime))?",
    re.IGNORECASE,
)


_REACH = 45  # code points around a trigger word: the longest phrase with its comparator
_CLOCK = re.compile(r"\b[ap]\.?m\b|\d[:.]\d\d|\bnoon\b|\bmidnight\b", re.IGNORECASE)
_UNIT_WORD = re.compile(rf"(?:{_UNIT})s?", re.IGNORECASE)
_DAY_WORD = re.compile(rf"{_MONTH}|{'|'.join(_DAYS)}|\d{{4}}|\b(?:last|next|this|ago|yesterday|today|tomorrow)\b")
_COUNT_WORD = re.compile(rf"\d|\b(?:{'|'.join([*_SMALL, *_TENS])})\b", re.IGNORECASE)
_SCALE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_AMOUNT = re.compile(
    rf"(?:\b(?:{_COMPARATOR})\s)?(?<![\w:.-])(?P<number>\d+(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join([w for w in _SMALL if _SMALL[w] > 2] + list(_TENS))})"
    r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion)\b|(?=\s(?:per\scent|percent|cubic|square|of\sthe|[a-z]{3,})))"
    r"(?!\s(?:leaders|presidents|sides|countries|men|nations|parties|governments|capitals|per\b|years?|months?|weeks?|days?"
    r"|hours?|minutes?|seconds?|o’clock|times|more\b|and\b|January|February|March|April|May|June|July|August|September"
    r"|October|November|December))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value whose words are [start, end) of the text."""

    start: int
    end: int
    value: Value


def number(words: str) -> Fraction | None:
    """A number in digits or English words: "2 1/2", "two and a half", "1,200", "twenty-one", "half an"; else None."""
    words = words.lower().strip().replace(",", "")
    half = Fraction(0)
    for mark, part in (("½", (1, 2)), ("¼", (1, 4)), ("¾", (3, 4))):
        if words.endswith(mark):
            words, half = words[:-1].strip() or "0", Fraction(*part)
    if words.endswith(" and a half"):
        words, half = words.removesuffix(" and a half"), Fraction(1, 2)
    if words in ("a", "an"):
        return 1 + half
    if words.startswith("half"):
        return Fraction(1, 2)
    if words == "a dozen":
        return Fraction(12)
    if words in _ORDINALS:
        return Fraction(_ORDINALS.index(words) + 1)
    if re.fullmatch(r"\d+ \d/[1-9]", words):
        whole, part = words.split()
        return int(whole) + Fraction(part)
    if re.fullmatch(r"\d+(\.\d+)?", words):
        return Fraction(words) + half
    parts = [_SMALL.get(part, _TENS.get(part)) for part in words.split("-")]
    return sum((Fraction(part) for part in parts if part is not None), half) if None not in parts else None


def _decimal(amount: Fraction) -> str:
    return f"{float(amount):g}"


def _comparator(match: re.Match[str]) -> Comparator:
    return next((name for name in _COMPARATORS if match[name]), Comparator.EXACTLY)


def _duration(match: re.Match[str]) -> Value | None:
    """A duration; None for a bare unit ("the day"), unless it is written "monthlong"."""
    if match["number"] is None and not match["long"]:
        return None
    if match["unit"].lower() == "second" and (match["number"] or "").lower() in ("a", "an"):
        return None  # "a second call"
    amount = number(match["number"] or "a")
    unit = match["unit"].lower()
    if amount is None:
        return None
    code = _UNIT_CODES[unit]
    clock = "T" if unit in ("second", "minute", "hour") else ""
    iso = f"P{clock}{_decimal(amount)}{code}"
    if match["rest"] and (rest := number(match["rest"])) is not None:
        iso += f"{_decimal(rest)}{_UNIT_CODES[match['rest_unit'].lower()]}"
    return Value(type=ValueType.DURATION, iso=iso, comparator=_comparator(match), as_written=match[0])


def _month(name: str) -> int:
    return _MONTHS.index(name.lower().rstrip(".").replace("sept", "sep") if len(name) < 6 else name.lower()) % 12 + 1


def _ahead(match: re.Match[str]) -> bool:
    """Whether the words before a date speak of the future."""
    return bool(_FUTURE.search(match.string[max(0, match.start() - 70) : match.start()]))


def _weekday(match: re.Match[str], anchor: date) -> date:
    """The day meant: the last such day up to the anchor; with "last" not the anchor itself, ahead of it for the future."""
    back = (anchor.weekday() - _DAYS.index(match["weekday"])) % 7
    which = (match["which"] or "").strip()
    if which == "next" or (which != "last" and _ahead(match)):
        return anchor + timedelta(days=7 - back)
    if which == "last" and back == 0:
        back = 7
    return anchor - timedelta(days=back)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _period(words: str, anchor: date) -> str | None:
    which, unit = words.lower().split()
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "week":
        return _week(anchor + timedelta(weeks=step))
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    return str(anchor.year + step) if unit == "year" else None


def _ago(match: re.Match[str], anchor: date) -> str | None:
    amount = number(match["ago"])
    unit = match["ago_unit"].lower()
    if amount is None or unit in ("second", "minute", "hour"):
        return None
    if unit in ("day", "week"):
        return (anchor - timedelta(days=float(amount) * (7 if unit == "week" else 1))).isoformat()
    if unit == "year":
        return str(int(anchor.year - amount))
    return None


def _date_iso(match: re.Match[str], anchor: date | None) -> str | None:
    if match["iso"]:
        return match["iso"]
    month = next(
        (match[name] for name in ("month", "month2", "month3", "month4", "month5", "month6") if match[name]), None
    )
    year = next((match[name] for name in ("year", "year2", "year3", "year4", "year5") if match[name]), None)
    if year is None and month is not None:
        if anchor is None:
            return None
        year = str(_year_of(match, month, anchor))
    if year is not None:
        day = match["day"] or match["day2"]
        return year + (f"-{_month(month):02d}" if month else "") + (f"-{int(day):02d}" if day else "")
    if anchor is None:
        return None
    if match["weekday"]:
        return _weekday(match, anchor).isoformat()
    if match["period"]:
        return _period(match["period"], anchor)
    if match["near"]:
        return (anchor + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[match["near"]])).isoformat()
    return _ago(match, anchor)


def _year_of(match: re.Match[str], month: str, anchor: date) -> int:
    """The year of a day that is given without one: the last such day, or the next one where the words look ahead."""
    then, now = (_month(month), int(match["day"] or match["day2"] or 1)), (anchor.month, anchor.day)
    if _ahead(match):
        return anchor.year + (then < now)
    return anchor.year - (then[0] > now[0])


def _date(match: re.Match[str], anchor: date | None) -> Value:
    comparator = Comparator.ABOUT if match["late"] else Comparator.EXACTLY
    words = match[0].removeprefix("on ")
    return Value(type=ValueType.DATE, iso=_date_iso(match, anchor), comparator=comparator, as_written=words)


def _instant(match: re.Match[str], anchor: date | None) -> Value | None:
    if match["word"]:
        hour, minute = (12 if match["word"].lower() == "noon" else 0), 0
    elif match["hour"]:
        hour, minute = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0), int(match["minute"] or 0)
    else:
        hour, minute = int(match["hour24"]), int(match["minute24"])
    if minute > 59 or (match["hour"] and not 1 <= int(match["hour"]) <= 12):
        return None
    iso = None
    if anchor is not None:
        moment = datetime(anchor.year, anchor.month, anchor.day, hour, minute, tzinfo=zone_of(match["zone"]))
        iso = moment.isoformat(timespec="minutes")
    return Value(type=ValueType.INSTANT, iso=iso, comparator=_comparator(match), as_written=match[0].rstrip(" ("))


def _near(
    pattern: re.Pattern[str], trigger: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """Matches of `pattern` around words that it cannot do without: many times quicker than trying it everywhere."""
    windows: list[list[int]] = []
    for match in trigger.finditer(text, start, end):
        left, right = max(start, match.start() - _REACH), min(end, match.end() + _REACH)
        if windows and left <= windows[-1][1]:
            windows[-1][1] = right
        else:
            windows.append([left, right])
    for left, right in windows:
        yield from pattern.finditer(text, left, right)


def find_values(text: str, anchor: date | None, start: int = 0, end: int | None = None) -> list[FoundValue]:
    """Every duration, instant and date whose words lie in [start, end) of `text`, in order, without overlaps."""
    end = len(text) if end is None else end
    found: list[FoundValue] = []
    for match in _COMING.finditer(text, start, end):
        iso = f"P1{_UNIT_CODES[match['unit']]}"
        value = Value(type=ValueType.DURATION, iso=iso, as_written=match["words"])
        found.append(FoundValue(match.start("words"), match.end(), value))
    for pattern, trigger in ((_INSTANT, _CLOCK), (_DURATION, _UNIT_WORD), (_DATE, _DAY_WORD)):
        for match in _near(pattern, trigger, text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if pattern is _DURATION:
                value = _duration(match)
            else:
                value = _instant(match, anchor) if pattern is _INSTANT else _date(match, anchor)
            if value is not None:
                left = match.start() + match[0].index(value.as_written)
                found.append(FoundValue(left, left + len(value.as_written), value))
    return sorted(found, key=lambda item: item.start)


def find_amounts(text: str, start: int, end: int) -> list[FoundValue]:
    """Every counted amount ("14 people", "310 million crowns") in [start, end); its phrase is the number alone."""
    found = []
    for match in _near(_AMOUNT, _COUNT_WORD, text, start, end):
        amount = number(match["number"])
        if amount is not None:
            whole = amount * _SCALE.get((match["scale"] or "").lower(), 1)
            iso = str(whole.numerator) if whole.denominator == 1 else f"{float(whole):g}"
            value = Value(type=ValueType.NUMBER, iso=iso, comparator=_comparator(match), as_written=match[0])
            found.append(FoundValue(match.start(), match.end(), value))
    return found


def with_zone(values: list[FoundValue]) -> list[FoundValue]:
    """The same values; an instant without an offset takes the one of the only zone that the text names for its hour."""
    known: dict[str, set[str]] = {}
    for found in values:
        iso = found.value.iso or ""
        if found.value.type is ValueType.INSTANT and len(iso) > len("2031-01-31T10:00"):
            known.setdefault(iso[:16], set()).add(iso)
    return [_zoned(found, known) for found in values]


def _zoned(found: FoundValue, known: dict[str, set[str]]) -> FoundValue:
    same = known.get(found.value.iso or "", set())
    if found.value.type is not ValueType.INSTANT or len(same) != 1:
        return found
    return FoundValue(found.start, found.end, found.value.model_copy(update={"iso": next(iter(same))}))
