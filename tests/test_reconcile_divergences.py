"""How accounts part: each way with its facts and readings, and what looks like one and is none."""

from reconcile import reconcile
from reconcile.diff import compare
from schemas import Comparator, Divergence, DivergenceType, Fact, Kind, Realis, Record, Severity, Value, ValueType
from tests.reconcile_facts import BEST, ROSE, RUUN, TIDE, call, duration, fact, instant, record


def _parted(*records: Record, of: DivergenceType) -> list[Divergence]:
    return [d for event in reconcile(records).events for d in event.divergences if d.type == of]


def _readings(divergence: Divergence) -> list[set[str]]:
    return [{ref.fact for ref in reading} for reading in divergence.readings]


def _lasted(name: str, iso: str, comparator: Comparator = Comparator.EXACTLY) -> Record:
    return record(name, call(), fact(name, Kind.MEETING, "call: duration", value=duration(iso, comparator)))


def _quoted(name: str, words: str) -> Record:
    return record(name, call(), fact(name, Kind.STATEMENT, "fish and fishermen", words, ROSE, quote=words))


def _told(name: str, *facts: Fact) -> Record:
    return record(name, call(), *facts)


def test_durations_that_cannot_meet_part() -> None:
    """Accounts of a length part into readings of values that do meet; a bound that holds stands in none."""
    found = _parted(
        _lasted("a", "PT90M"),
        _lasted("b", "PT1.5H"),
        _lasted("c", "PT2.5H", Comparator.ABOUT),
        _lasted("d", "PT80M", Comparator.AT_LEAST),
        of=DivergenceType.VALUE,
    )
    assert [(d.severity, _readings(d)) for d in found] == [(Severity.HIGH, [{"a", "b"}, {"c"}])]


def test_an_end_before_the_call_was_still_going_on_is_internal() -> None:
    """One article that ends a call at about 11:30 and has it in progress at 11:33 contradicts itself."""
    told = _told(
        "a",
        fact("end", Kind.MEETING, "call: end", "it ended", value=instant("2031-05-06T11:30-04:00", Comparator.ABOUT)),
        fact(
            "runs",
            Kind.MEETING,
            "call: still in progress",
            source=ROSE,
            value=instant("2031-05-06T11:33-04:00"),
            realis=Realis.ONGOING,
        ),
    )
    found = _parted(told, of=DivergenceType.INTERNAL)
    assert [_readings(d) for d in found] == [[{"end"}, {"runs"}]]


def test_one_teller_has_a_length_as_exact_and_as_exceeded() -> None:
    """A writer's "90-minute call" and "more than 90 minutes" part in one article; between two it is rounding."""
    whole = fact("whole", Kind.MEETING, "call: duration", value=duration("PT90M"))
    more = fact("more", Kind.MEETING, "call: duration so far", value=duration("PT90M", Comparator.MORE_THAN))
    found = _parted(_told("a", whole, more), of=DivergenceType.INTERNAL)
    assert [_readings(d) for d in found] == [[{"whole"}, {"more"}]]
    assert not _parted(_told("a", whole), _told("b", more), of=DivergenceType.VALUE)


def test_an_end_after_the_call_was_going_on_is_fine() -> None:
    """A call in progress at 11:20 may end at 11:30, whoever says so and in whatever zone."""
    end = fact("end", Kind.MEETING, "call: end", value=instant("2031-05-06T17:30+02:00"))
    runs = fact("runs", Kind.MEETING, "call: in progress", value=instant("2031-05-06T11:20-04:00"))
    assert not _parted(_told("a", end), _told("b", runs), of=DivergenceType.VALUE)


def test_start_and_end_exclude_another_accounts_duration() -> None:
    """A call from 10:00 to 11:00 was no two hours long."""
    times = _told(
        "a",
        fact("start", Kind.MEETING, "call: start", "it began", value=instant("2031-05-06T10:00-04:00")),
        fact("end", Kind.MEETING, "call: end", "it ended", value=instant("2031-05-06T11:00-04:00")),
    )
    found = _parted(times, _lasted("b", "PT2H"), of=DivergenceType.VALUE)
    assert [_readings(d) for d in found] == [[{"start", "end"}, {"b"}]]


def test_an_ordinal_since_another_day_is_no_conflict() -> None:
    """The second call since May may be the first since June."""
    told = [
        _told("a", fact("a", Kind.MEETING, "second call since Ruun took office", value=_number("2"))),
        _told("b", fact("b", Kind.MEETING, "first call since the flood talks", value=_number("1"))),
    ]
    assert not _parted(*told, of=DivergenceType.VALUE)


def _number(iso: str) -> Value:
    return Value(type=ValueType.NUMBER, iso=iso, as_written=iso)


def test_one_accord_told_as_bound_and_as_support_is_stance() -> None:
    """One side's accord told as accepted and as supported is told in two readings."""
    told = [
        _told("a", fact("yes", Kind.COMMITMENT, "pause of port strikes", source=ROSE, actor=(BEST,))),
        _told("b", fact("backs", Kind.POSITION, "support for a pause of port strikes", source=TIDE, actor=(BEST,))),
    ]
    found = _parted(*told, of=DivergenceType.STANCE)
    assert [(d.severity, _readings(d)) for d in found] == [(Severity.MEDIUM, [{"yes"}, {"backs"}])]


def test_two_things_and_one_are_another_scope() -> None:
    """An accord for "grain and ports" reaches further than one for "grain ports"."""
    told = [
        _told("a", fact("two", Kind.AGREEMENT, "truce for grain and ports", source=ROSE)),
        _told("b", fact("one", Kind.AGREEMENT, "truce for grain ports", source=TIDE)),
    ]
    found = _parted(*told, of=DivergenceType.SCOPE)
    assert [_readings(d) for d in found] == [[{"two"}, {"one"}]]


def test_other_words_between_quotation_marks_are_drift() -> None:
    """The same utterance quoted in other words is shown with what differs."""
    found = _parted(
        _quoted("a", "we have no quarrel with honest fishermen today"),
        _quoted("b", "we had no quarrel with poor fishermen today"),
        of=DivergenceType.QUOTE_DRIFT,
    )
    assert [_readings(d) for d in found] == [[{"a"}, {"b"}]]
    assert [(part.op, part.text) for part in found[0].diff if part.op != "same"] == [
        ("first", "have"),
        ("second", "had"),
        ("first", "honest"),
        ("second", "poor"),
    ]


def test_cuts_contractions_and_spellings_are_no_drift() -> None:
    """A quote cut at either end, a contraction written out and another spelling are the same words."""
    assert not _parted(
        _quoted("a", "We'll have no quarrel with the neighbouring fishermen, and I mean it"),
        _quoted("b", "we will have no quarrel with the neighboring fishermen"),
        of=DivergenceType.QUOTE_DRIFT,
    )


def test_a_denial_meets_what_it_denies() -> None:
    """A denial and the claim it rejects part, whoever tells the claim."""
    told = [
        _told("a", fact("claim", Kind.PROPOSAL, "sale of the ferry line", source=ROSE, actor=(RUUN,))),
        _told(
            "b",
            fact("no", Kind.DENIAL, "ferry sale", source=TIDE, actor=(BEST,), denies="Ruun offered the ferry line."),
        ),
    ]
    found = _parted(*told, of=DivergenceType.DENIAL)
    assert [_readings(d) for d in found] == [[{"claim"}, {"no"}]]


def test_silence_is_one_reading_and_needs_the_other_sides_account() -> None:
    """What only one side's account tells is silence of the other, if the other gave an account at all."""
    only = _told("a", fact("only", Kind.CONDITION, "release of the ferry crew", source=ROSE, actor=(RUUN,)))
    other = _told("b", fact("else", Kind.DIRECTIVE, "navy back to port", source=TIDE, actor=(BEST,)))
    assert not _parted(only, of=DivergenceType.SILENCE)
    names = _parted(only, other, of=DivergenceType.SILENCE)
    assert [_readings(d) for d in names] == [[{"only"}], [{"else"}]]


def test_a_forecast_left_in_after_the_event_is_stale() -> None:
    """An article that tells the outcome of a call and still what was expected of it is stale there, and says where."""
    told = _told(
        "a",
        fact("hope", Kind.EXPECTATION, "demand for release of the ferry crew", actor=(RUUN,), realis=Realis.EXPECTED),
        fact("came", Kind.CONDITION, "release of the ferry crew", source=ROSE, actor=(RUUN,)),
    )
    (found,) = _parted(told, of=DivergenceType.STALE)
    assert (_readings(found), len(found.clusters)) == ([{"hope"}], 2)
    assert "came to: Rose Palace" in found.detail


def test_a_comparison_says_what_each_wording_has_alone() -> None:
    """The words between the first and the last common word, on either side."""
    found = compare("It was a very calm sea", "it was a rough sea, they said")
    assert (found.only_left, found.only_right, found.differs) == (("very", "calm"), ("rough",), True)
