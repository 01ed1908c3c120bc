"""What a typed value may be, and when two values conflict."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.intervals import HOUR, MINUTE, Interval, interval
from schemas import Comparator, Value, ValueType

FINITE = st.floats(-1e9, 1e9)


def _duration(iso: str, comparator: str = "exactly") -> Interval:
    value = Value(type=ValueType.DURATION, iso=iso, comparator=Comparator(comparator), as_written="x")
    found = interval(value)
    assert found
    return found


def _of(kind: ValueType, iso: str, comparator: str = "exactly") -> Interval:
    found = interval(Value(type=kind, iso=iso, comparator=Comparator(comparator), as_written="x"))
    assert found
    return found


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval of any type."""
    low, high = sorted((draw(FINITE), draw(FINITE)))
    return Interval(draw(st.sampled_from(ValueType)), low, high, draw(st.booleans()), draw(st.booleans()))


@given(intervals(), intervals())
def test_meeting_is_symmetrical(left: Interval, right: Interval) -> None:
    """Whether two values conflict does not depend on which is asked."""
    assert left.meets(right) == right.meets(left)
    assert left.gap(right) == right.gap(left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("PT90M",), ("PT1.5H",)),
        (("PT90M",), ("PT90M", "about")),
        (("PT2.5H", "about"), ("PT2.5H",)),
        (("PT150M",), ("PT2H30M",)),
        (("PT90M", "at_least"), ("PT2.5H",)),
        (("PT90M", "more_than"), ("PT92M",)),
        (("PT2H", "at_most"), ("PT90M",)),
        (("PT2H", "nearly"), ("PT110M",)),
        (("P1M",), ("P30D",)),
        (("P1Y",), ("P365D",)),
    ],
)
def test_bounds_rounding_and_units_are_no_conflict(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """A bound that holds, a rounded number and another unit for one length leave room for one truth."""
    assert _duration(*left).meets(_duration(*right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("PT90M",), ("PT2.5H",)),
        (("PT90M",), ("PT2H", "nearly")),
        (("PT2H", "nearly"), ("PT2.5H", "about")),
        (("PT2H", "at_least"), ("PT90M",)),
        (("PT90M", "more_than"), ("PT1H",)),
        (("PT92M", "more_than"), ("PT92M", "at_most")),
        (("P10D",), ("P30D",)),
    ],
)
def test_lengths_that_cannot_meet_conflict(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """Two lengths conflict where no one length could be both."""
    assert not _duration(*left).meets(_duration(*right))


def test_clock_times_compare_across_zones() -> None:
    """10:00 in one zone and 17:00 in another may be one moment; without a zone any zone is possible."""
    start = _of(ValueType.INSTANT, "2031-05-06T10:00-04:00")
    assert start.meets(_of(ValueType.INSTANT, "2031-05-06T17:00+03:00"))
    assert not start.meets(_of(ValueType.INSTANT, "2031-05-06T10:00+03:00"))
    assert start.meets(_of(ValueType.INSTANT, "2031-05-06T17:00"))


def test_a_clock_time_told_as_about_is_off_by_two_minutes_at_most() -> None:
    """About 11:30 and 11:32 may be one moment, about 11:30 and 11:33 not."""
    about = _of(ValueType.INSTANT, "2031-05-06T11:30-04:00", "about")
    assert about.meets(_of(ValueType.INSTANT, "2031-05-06T11:32-04:00"))
    assert not about.meets(_of(ValueType.INSTANT, "2031-05-06T11:33-04:00"))


def test_a_date_holds_its_days() -> None:
    """A week, a month and a year hold the day inside them, and not the one after."""
    day = _of(ValueType.DATE, "2031-05-06")
    assert all(day.meets(_of(ValueType.DATE, iso)) for iso in ("2031-05", "2031", "2031-W19"))
    assert not any(day.meets(_of(ValueType.DATE, iso)) for iso in ("2031-06", "2030", "2031-W20", "2031-05-07"))
    assert day.meets(_of(ValueType.INSTANT, "2031-05-06T11:30+00:00"))


def test_start_and_end_give_a_duration() -> None:
    """From exactly 10:00 to about 11:30 is 88 to 92 minutes."""
    start = _of(ValueType.INSTANT, "2031-05-06T10:00-04:00")
    end = _of(ValueType.INSTANT, "2031-05-06T11:30-04:00", "about")
    lasted = end.after(start)
    assert (lasted.type, lasted.low, lasted.high) == (ValueType.DURATION, 88 * MINUTE, 92 * MINUTE)


def test_values_of_other_types_are_not_compared() -> None:
    """A duration and a number never conflict."""
    assert _duration("PT1H").meets(_of(ValueType.NUMBER, "7"))
    assert Interval(ValueType.NUMBER, 1, 2).gap(Interval(ValueType.NUMBER, 4, math.inf)) == 2


@pytest.mark.parametrize("iso", ["", "PT", "P", "90 minutes", "PT1X", "PTH", "P1.2.3D"])
def test_what_is_no_iso_duration_bounds_nothing(iso: str) -> None:
    """A value that cannot be read is no value, and no error."""
    assert interval(Value(type=ValueType.DURATION, iso=iso, as_written="x")) is None


def test_nothing_settled_bounds_nothing() -> None:
    """Without an ISO form there is nothing to compare."""
    assert interval(Value(type=ValueType.DATE, iso=None, as_written="Tuesday")) is None


@given(st.floats(0.5, 30), st.sampled_from(Comparator))
def test_every_comparator_leaves_room_for_what_was_stated(hours: float, comparator: Comparator) -> None:
    """However it is hedged, the stated value itself stays possible, but for "more than" it."""
    found = interval(Value(type=ValueType.DURATION, iso=f"PT{hours:g}H", comparator=comparator, as_written="x"))
    assert found
    stated = float(f"{hours:g}") * HOUR
    assert found.low <= stated <= found.high
