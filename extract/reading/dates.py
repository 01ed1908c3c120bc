"""Words for a day, week, month or year and an anchor date in; a date in EDTF level 0 out."""

import re
from datetime import date, timedelta

from extract.reading.clock import UNIT
from extract.reading.keyed import Keyed
from extract.reading.numbers import NUMBER, number
from schemas import Comparator, Value, ValueType

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY = rf"(?:{'|'.join(_DAYS)})"  # for other modules to build on
_NEAR = {"yesterday": -1, "tomorrow": 1}  # days from the anchor; all others are of its day
_STEPS = {"last": -1, "this": 0, "next": 1}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_NTH = r"(?:st|nd|rd|th)?"
# What bounds a date from above, and the part of a period that it means.
_BOUND = r"(?P<bound>(?:[Bb]y|[Bb]efore|[Nn]o(?:t)? later than|until the end of)\s(?:the\s)?(?:end\sof\s)?)?"
# Month and day, month and year, a month alone; day and month, a day in digits, a year; a weekday, a period, a distance.
# The first letter is looked at first: most words begin no month and are no number.
DATE = Keyed(
    rf"\b{_BOUND}(?P<late>(?:early|mid|late)[\s-])?\b(?:"
    rf"(?=[ADFJMNOS])(?:(?P<month>{_MONTH})\s(?P<day>\d{{1,2}}){_NTH}(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH})(?:,?\s(?P<year3>\d{{4}}))"
    rf"|(?<=in\s)(?P<month4>{_MONTH})\b|(?<=late\s)(?P<month5>{_MONTH})\b|(?<=early\s)(?P<month6>{_MONTH})\b"
    rf"|(?<=[Ll]ast\s)(?P<month8>{_MONTH})\b)"
    rf"|(?=\d)(?:(?P<day2>\d{{1,2}}){_NTH}\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s(?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?<=in\s)(?P<year4>(?:19|20)\d{2})\b|(?<=since\s)(?P<year5>(?:19|20)\d{2})\b)"
    rf"|(?P<which>last\s|next\s|this\s|this\spast\s|on\s)?(?P<weekday>{WEEKDAY})\b(?!’s\b(?=\s[A-Z]))"
    r"|(?P<period>(?:last|next|this)\s(?:week|weekend|month|year))"
    r"|(?:the\s)?(?<=end of the\s)(?P<close>week|month|year)"
    rf"|(?(bound)(?:(?P<month7>{_MONTH})|(?P<year6>20\d{{2}}))|(?!))"
    r"|(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Tt]his\s(?:morning|afternoon|evening))"
    rf"|(?P<ago>{NUMBER})\s(?P<ago_unit>{UNIT})s?\sago"
    r")\b",
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday 0000 last next this ago yesterday"
    " today tonight tomorrow week month year",
)
_MONTH_GROUPS = ("month", "month2", "month3", "month4", "month5", "month6", "month7", "month8")
_YEAR_GROUPS = ("year", "year2", "year3", "year4", "year5", "year6")
_LONG_BACK = 9  # months
# Words before a date that lies ahead.
_FUTURE = re.compile(
    r"\b(?:will|would|shall|planned|scheduled|due|next|expect(?:s|ed|ing)?|hop(?:e|es|ed|ing)|intend(?:s|ed)?"
    r"|look(?:s|ed|ing)? forward to"
    r"|agreed? to|(?:is|are|was|were) to|set (?:for|to)|to be held|deadline|put (?:back|off)|postponed"
    r"|deferred|moved to)\b[^.;]*$"
    r"|\b(?:until|by|before)\s(?:the\s)?(?:end\sof\s)?$"
)

_PAST = re.compile(r"\b(?:met|spoke|held|took|began|was|were|had|has|did|\w{3,}ed)\b[^.;]*$")


def date_value(match: re.Match[str], anchor: date | None) -> Value:
    """The date that a match of `DATE` means; `iso` is None where text and anchor do not settle it."""
    try:
        iso = _iso(match, anchor)
    except OverflowError:  # beyond the calendar
        iso = None
    within_day = match["weekday"] or match["near"]  # "late on Friday" is that day
    late = match["late"] and not within_day
    comparator = Comparator.ABOUT if late else Comparator.AT_MOST if match["bound"] else Comparator.EXACTLY
    return Value(type=ValueType.DATE, iso=iso, comparator=comparator, as_written=match[0].removeprefix("on "))


def _iso(match: re.Match[str], anchor: date | None) -> str | None:
    if match["iso"]:
        return match["iso"]
    month = next((match[name] for name in _MONTH_GROUPS if match[name]), None)
    year = next((match[name] for name in _YEAR_GROUPS if match[name]), None)
    if year:
        return _calendar_day(match, year, month)
    if anchor is None:
        return None
    if month:
        return _calendar_day(match, str(_year_of(match, month, anchor)), month)
    return _relative(match, anchor)


def _calendar_day(match: re.Match[str], year: str, month: str | None) -> str:
    day = match["day"] or match["day2"]
    return year + (f"-{_month(month):02d}" if month else "") + (f"-{int(day):02d}" if day else "")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _year_of(match: re.Match[str], month: str, anchor: date) -> int:
    """The year of a day that is given without one: the last such day, or the next one where the words look ahead.

    What would lie three quarters of a year back, or more, lies ahead, unless the words tell of the past.
    """
    day = match["day"] or match["day2"]
    then, now = (_month(month), int(day or anchor.day)), (anchor.month, anchor.day)
    long_back = (now[0] - then[0]) % 12 >= _LONG_BACK and not _PAST.search(_before(match))
    if _ahead(match) or long_back:
        return anchor.year + (then < now)
    return anchor.year - (then[0] > now[0])


def _ahead(match: re.Match[str]) -> bool:
    """Whether the words before a date speak of the future."""
    return bool(match["bound"]) or bool(_FUTURE.search(_before(match)))


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 70) : match.start()]


def _relative(match: re.Match[str], anchor: date) -> str | None:
    if match["weekday"]:
        return _weekday(match, anchor).isoformat()
    if match["period"] or match["close"]:
        return _period(match["period"] or f"this {match['close']}", anchor)
    if match["near"]:
        return (anchor + timedelta(days=_NEAR.get(match["near"].lower(), 0))).isoformat()
    return _ago(match, anchor)


def _weekday(match: re.Match[str], anchor: date) -> date:
    """The last such day up to the anchor, with "last" before it; the first one after it where the words look ahead."""
    back = (anchor.weekday() - _DAYS.index(match["weekday"])) % 7
    which = (match["which"] or "").strip()
    if which == "next" or (which != "last" and _ahead(match)):
        return anchor + timedelta(days=7 - back)
    if which == "last" and back == 0:
        back = 7
    return anchor - timedelta(days=back)


def _period(words: str, anchor: date) -> str | None:
    which, unit = words.split()
    step = _STEPS[which]
    if unit == "week":
        year, week, _ = (anchor + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    return str(anchor.year + step) if unit == "year" else None


def _ago(match: re.Match[str], anchor: date) -> str | None:
    """The day that lies so many days or weeks back, or the year; None for other units, and before the first year."""
    amount = number(match["ago"])
    unit = match["ago_unit"]
    if amount is None:
        return None
    if unit in ("day", "week"):
        return (anchor - timedelta(days=float(amount) * (7 if unit == "week" else 1))).isoformat()
    return str(int(anchor.year - amount)) if unit == "year" and amount < anchor.year else None
