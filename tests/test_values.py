"""Values: text and an anchor date in, typed durations, instants, dates and amounts out."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from extract.reading.numbers import decimal, number
from extract.reading.stretches import beginning_in
from extract.reading.values import find_amounts, find_values, read_values
from schemas import ValueType
from tests.readings import ANCHOR, any_text

Found = list[tuple[str, str | None, str]]


def found(text: str, anchor: date | None = ANCHOR) -> Found:
    """Words, ISO form and comparator of each value but amounts."""
    return [(v.value.as_written, v.value.iso, v.value.comparator.value) for v in find_values(text, anchor)]


@given(any_text)
def test_every_value_stands_where_it_says(text: str) -> None:
    """The words of each value stand at its offsets; values are in order and do not overlap."""
    at = 0
    for value in read_values(text, ANCHOR):
        assert at <= value.start < value.end
        assert text[value.start : value.end] == value.value.as_written
        at = value.end


@given(any_text)
def test_no_date_from_memory(text: str) -> None:
    """Without an anchor, no instant has a date, and only a date that gives its year has an ISO form."""
    for value in read_values(text, None):
        if value.value.type is ValueType.INSTANT:
            assert value.value.iso is None
        if value.value.type is ValueType.DATE and value.value.iso:
            assert value.value.iso[:4] in value.value.as_written


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("7", 7),
        ("1,200", 1200),
        ("2.5", Fraction(5, 2)),
        ("2 1/2", Fraction(5, 2)),
        ("2½", Fraction(5, 2)),
        ("¾", Fraction(3, 4)),
        ("two and a half", Fraction(5, 2)),
        ("twenty-one", 21),
        ("zero", 0),
        ("a", 1),
        ("half an", Fraction(1, 2)),
        ("a dozen", 12),
        ("third", 3),
        ("many", None),
        ("", None),
        ("2 1/0", None),
    ],
)
def test_number_words(words: str, expected: Fraction | int | None) -> None:
    """Numbers are read in digits, fractions and English words; other words are none."""
    assert number(words) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(Fraction(90), "90"), (Fraction(5, 2), "2.5"), (Fraction(2_000_000), "2000000"), (Fraction(7, 3), "2.33333")],
)
def test_plain_decimals(amount: Fraction, expected: str) -> None:
    """Decimals have no exponent and at most five places."""
    assert decimal(amount) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it lasted 90 minutes", [("90 minutes", "PT90M", "exactly")]),
        ("it lasted two and a half hours", [("two and a half hours", "PT2.5H", "exactly")]),
        ("it lasted an hour and 40 minutes", [("an hour and 40 minutes", "PT1H40M", "exactly")]),
        ("a 30-day truce", [("30-day", "P30D", "exactly")]),
        ("a monthlong truce", [("a monthlong", "P1M", "exactly")]),
        ("half an hour", [("half an hour", "PT0.5H", "exactly")]),
        ("a truce for the next week", [("the next week", "P1W", "exactly")]),
        ("about 90 minutes", [("about 90 minutes", "PT90M", "about")]),
        ("more than two hours", [("more than two hours", "PT2H", "more_than")]),
        ("at least three weeks", [("at least three weeks", "P3W", "at_least")]),
        ("no more than ten days", [("no more than ten days", "P10D", "at_most")]),
        ("up to six months", [("up to six months", "P6M", "at_most")]),
        ("nearly two years", [("nearly two years", "P2Y", "nearly")]),
        ("the day of the call", []),
        ("a second call", []),
        ("a 30-year-old pilot", []),
        ("two hours earlier", []),
        ("it lasted 1 hour 20 minutes", [("1 hour 20 minutes", "PT1H20M", "exactly")]),
        ("it took a little under an hour", [("a little under an hour", "PT1H", "nearly")]),
        ("it took slightly more than two hours", [("slightly more than two hours", "PT2H", "more_than")]),
    ],
)
def test_durations(text: str, expected: Found) -> None:
    """Durations keep the unit of the text and say how exact they are; a bare unit, an age and a distance are none."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 10 a.m. GMT", [("10 a.m. GMT", "2031-05-14T10:00+00:00", "exactly")]),
        ("at 10:30 p.m.", [("10:30 p.m.", "2031-05-14T22:30", "exactly")]),
        ("at 12 a.m.", [("12 a.m.", "2031-05-14T00:00", "exactly")]),
        ("at noon", [("noon", "2031-05-14T12:00", "exactly")]),
        ("around midnight", [("around midnight", "2031-05-14T00:00", "about")]),
        ("at 09:15", [("09:15", "2031-05-14T09:15", "exactly")]),
        ("at 16:00 MSK", [("16:00 MSK", "2031-05-14T16:00+03:00", "exactly")]),
        ("at 4 p.m. Tokyo time", [("4 p.m. Tokyo time", "2031-05-14T16:00+09:00", "exactly")]),
        ("at 4 p.m. local time", [("4 p.m. local time", "2031-05-14T16:00", "exactly")]),
        ("at 9:15 UTC+5", [("9:15 UTC+5", "2031-05-14T09:15+05:00", "exactly")]),
        ("at 9:15 Kelm time (GMT-03:30)", [("9:15 Kelm time (GMT-03:30)", "2031-05-14T09:15-03:30", "exactly")]),
        ("(at 9:15 GMT)", [("9:15 GMT", "2031-05-14T09:15+00:00", "exactly")]),
        ("at 9:15 UTC+99", [("9:15 UTC+99", "2031-05-14T09:15", "exactly")]),
        ("at 25:00", []),
        ("at 13 p.m.", []),
        ("at 10:75 a.m.", []),
        ("at 0600 GMT", [("0600 GMT", "2031-05-14T06:00+00:00", "exactly")]),
    ],
)
def test_instants(text: str, expected: Found) -> None:
    """A time of day is on the anchor's day, with an offset where the text names a zone; an impossible one is none."""
    assert found(text) == expected


def test_the_only_zone_holds_for_the_same_hour() -> None:
    """An hour without a zone takes the one that the text names for that hour, unless it names two."""
    once = read_values("It began at 10:00 GMT. At 10:00 they sat down. At 11:00 they rose.", ANCHOR)
    assert [v.value.iso for v in once] == ["2031-05-14T10:00+00:00"] * 2 + ["2031-05-14T11:00"]
    twice = read_values("It began at 10:00 GMT, or 10:00 MSK. At 10:00 they sat down.", ANCHOR)
    assert twice[-1].value.iso == "2031-05-14T10:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they met on Tuesday", [("Tuesday", "2031-05-13", "exactly")]),
        ("they met on Wednesday", [("Wednesday", "2031-05-14", "exactly")]),
        ("they met last Wednesday", [("last Wednesday", "2031-05-07", "exactly")]),
        ("they will meet on Tuesday", [("Tuesday", "2031-05-20", "exactly")]),
        ("they meet next Friday", [("next Friday", "2031-05-16", "exactly")]),
        ("they met yesterday", [("yesterday", "2031-05-13", "exactly")]),
        ("they met on 3 May 2030", [("3 May 2030", "2030-05-03", "exactly")]),
        ("they met on May 3rd, 2030", [("May 3rd, 2030", "2030-05-03", "exactly")]),
        ("they met on June 3", [("June 3", "2030-06-03", "exactly")]),
        ("they will meet on April 3", [("April 3", "2032-04-03", "exactly")]),
        ("Next meeting: June 3", [("June 3", "2031-06-03", "exactly")]),
        ("as ever on April 3", [("April 3", "2031-04-03", "exactly")]),
        ("the drones stop tonight", [("tonight", "2031-05-14", "exactly")]),
        ("since 2029", [("2029", "2029", "exactly")]),
        ("in March 2030", [("March 2030", "2030-03", "exactly")]),
        ("in late March 2030", [("late March 2030", "2030-03", "about")]),
        ("in Sept. 2030", [("Sept. 2030", "2030-09", "exactly")]),
        ("on 2030-03-01", [("2030-03-01", "2030-03-01", "exactly")]),
        ("Today they spoke", [("Today", "2031-05-14", "exactly")]),
        ("they spoke this morning", [("this morning", "2031-05-14", "exactly")]),
        ("Last March they spoke", [("March", "2031-03", "exactly")]),
        ("it was put back to April 3", [("April 3", "2032-04-03", "exactly")]),
        ("they spoke last week", [("last week", "2031-W19", "exactly")]),
        ("they spoke last month", [("last month", "2031-04", "exactly")]),
        ("they speak next year", [("next year", "2032", "exactly")]),
        ("they spoke three days ago", [("three days ago", "2031-05-11", "exactly")]),
        ("they spoke two weeks ago", [("two weeks ago", "2031-04-30", "exactly")]),
        ("they spoke four years ago", [("four years ago", "2027", "exactly")]),
        ("late on Tuesday", [("late on Tuesday", "2031-05-13", "exactly")]),
        ("by 2040", [("by 2040", "2040", "at_most")]),
        ("we look forward to June 3", [("June 3", "2031-06-03", "exactly")]),
        ("they may speak", []),
    ],
)
def test_dates(text: str, expected: Found) -> None:
    """A relative day resolves against the anchor: back or, where the words look ahead, forward."""
    assert found(text) == expected


@pytest.mark.parametrize("text", ["they met on Tuesday", "they met on May 3", "they met yesterday", "in March"])
def test_relative_dates_need_an_anchor(text: str) -> None:
    """Without an anchor a date keeps its words and has no ISO form."""
    assert [iso for _, iso, _ in found(text, None)] == [None]


@pytest.mark.parametrize("text", ["999999999 days ago", "9999 years ago", "900000 weeks ago"])
def test_beyond_the_calendar(text: str) -> None:
    """A distance that leaves the calendar keeps its words and has no ISO form."""
    assert found(text) == [(text, None, "exactly")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 prisoners", [("14", "14", "exactly")]),
        ("about 310 million crowns", [("about 310 million", "310000000", "about")]),
        ("2.5 million tonnes", [("2.5 million", "2500000", "exactly")]),
        ("at least 1,200 troops", [("at least 1,200", "1200", "at_least")]),
        ("twelve ships", [("twelve", "12", "exactly")]),
        ("the two leaders", []),
        ("a 30-mile limit", [("30", "30", "exactly")]),
        ("5 km of road", [("5", "5", "exactly")]),
        ("two road crossings", [("two", "2", "exactly")]),
        ("two soldiers", [("two", "2", "exactly")]),
        ("a 20 per cent stake", [("20", "20", "exactly")]),
        ("up 15%", [("15", "15", "exactly")]),
        ("over 180 prisoners", [("over 180", "180", "more_than")]),
        ("to hand over 180 prisoners", [("180", "180", "exactly")]),
        ("the Three Rivers pipeline", []),
        ("Three pipelines", [("Three", "3", "exactly")]),
        ("the Protocol of 2029 remains", []),
        ("a fleet of 2029 boats", []),
        ("14 days", []),
        ("14 May", []),
    ],
)
def test_amounts(text: str, expected: Found) -> None:
    """What is counted gives a number; time does not, nor do the parties."""
    amounts = find_amounts(text)
    assert [(v.value.as_written, v.value.iso, v.value.comparator.value) for v in amounts] == expected


def test_an_amount_gives_way() -> None:
    """Words that are a date or a duration are no amount as well."""
    values = read_values("On 14 May 2030 they freed 14 prisoners in 14 days.", ANCHOR)
    assert [v.value.type.value for v in values] == ["date", "number", "duration"]
    assert [v.value.as_written for v in beginning_in(values, 10, 40)] == ["14"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to reply by Friday", ("by Friday", "2031-05-16", "at_most")),
        ("home before November", ("before November", "2031-11", "at_most")),
        ("by the end of February", ("by the end of February", "2032-02", "at_most")),
        ("by the end of the month", ("by the end of the month", "2031-05", "at_most")),
        ("by the end of May", ("by the end of May", "2031-05", "at_most")),
        ("on 1 May from 14:00 to 15:10 UTC", ("14:00", "2031-05-01T14:00+00:00", "exactly")),
        ("on 1 May from 14:00 to 15:10 UTC", ("15:10 UTC", "2031-05-01T15:10+00:00", "exactly")),
        ("yesterday at 21:15 (UTC+4)", ("21:15 (UTC+4)", "2031-05-13T21:15+04:00", "exactly")),
        ("open until 31 March", ("31 March", "2032-03-31", "exactly")),
        ("within three weeks", ("within three weeks", "P3W", "at_most")),
        ("work starts at 08:00 on Thursday", ("08:00", "2031-05-08T08:00", "exactly")),
        ("they spoke on Tuesday at 21:15", ("21:15", "2031-05-13T21:15", "exactly")),
        ("THEY AGREED ON 90 MINUTES", ("90 MINUTES", "PT90M", "exactly")),
        ("they freed 14 islands", ("14", "14", "exactly")),
        ("at 08:00 on May 45", ("08:00", "2031-05-14T08:00", "exactly")),
        ("at 8:00 a.m. ET on January 5, 2032", ("8:00 a.m. ET", "2031-05-14T08:00-04:00", "exactly")),
        ("she hoped to meet on Thursday", ("Thursday", "2031-05-15", "exactly")),
    ],
)
def test_what_is_due_and_on_which_day(text: str, expected: tuple[str, str, str]) -> None:
    """A deadline bounds from above, a time takes the day beside it, and what is hoped for lies ahead."""
    assert expected in found_all(text)


def found_all(text: str) -> Found:
    """Words, ISO form and comparator of each value, with times on their days."""
    return [(v.value.as_written, v.value.iso, v.value.comparator.value) for v in read_values(text, ANCHOR)]
