"""How accounts part: each way with its facts and readings, and what looks like one and is none."""

from reconcile import reconcile
from reconcile.diff import compare
from schemas import (
    Comparator,
    Divergence,
    DivergenceType,
    Evidence,
    Fact,
    Kind,
    Realis,
    Record,
    Severity,
    Value,
    ValueType,
)
from tests.reconcile_facts import BEST, ROSE, RUUN, TIDE, call, day, duration, fact, instant, record


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


def test_the_nearest_word_tells_what_a_clock_time_is_about() -> None:
    """Where the object does not say, "began at 10 a.m. and ended at 11 a.m." is a start and an end."""
    words = "it began at 10 a.m. and ended at 11 a.m. sharp"
    times = [
        fact(name, Kind.MEETING, "", words, value=instant(iso).model_copy(update={"as_written": told}))
        for name, told, iso in (
            ("start", "10 a.m.", "2031-05-06T10:00-04:00"),
            ("end", "11 a.m.", "2031-05-06T11:00-04:00"),
        )
    ]
    clusters = reconcile([_told("a", *times)]).events[0].clusters
    rules = {ref.fact: cluster.rule for cluster in clusters for ref in cluster.facts}
    assert (rules["start"], rules["end"]) == ("contact: start", "contact: end")


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


def test_a_yes_told_as_given_and_as_withheld_is_stance() -> None:
    """What one article has a palace tell as agreed, another may not have it tell as left open."""
    told = [
        _told("a", fact("yes", Kind.AGREEMENT, "30-day truce that includes the ports", source=ROSE)),
        _told("b", fact("open", Kind.NON_COMMITMENT, "broader 30-day truce", source=ROSE, actor=(BEST,))),
    ]
    found = _parted(*told, of=DivergenceType.STANCE)
    assert [(d.severity, _readings(d)) for d in found] == [(Severity.HIGH, [{"yes"}, {"open"}])]


def test_a_limited_yes_and_a_wider_no_are_two_things() -> None:
    """A port truce accepted and a general truce not committed to are no contradiction."""
    told = [
        _told("a", fact("yes", Kind.COMMITMENT, "30-day truce for fishing ports", source=TIDE, actor=(BEST,))),
        _told("b", fact("open", Kind.NON_COMMITMENT, "broader 30-day truce", source=ROSE, actor=(BEST,))),
    ]
    assert not _parted(*told, of=DivergenceType.STANCE)


def test_an_earlier_no_does_not_speak_against_a_yes_in_the_call() -> None:
    """What a writer recalls from before is not held against the accounts of the contact."""
    told = [
        _told("a", fact("yes", Kind.AGREEMENT, "30-day truce", source=ROSE)),
        _told("b", fact("open", Kind.NON_COMMITMENT, "30-day truce", "had been noncommittal on it", actor=(BEST,))),
    ]
    assert not _parted(*told, of=DivergenceType.STANCE)


def test_a_yes_with_and_without_a_condition_is_stance_and_internal() -> None:
    """Between articles it is stance, in one article it is internal."""
    given = fact("given", Kind.COMMITMENT, "30-day port truce", source=ROSE, actor=(RUUN,))
    if_only = fact(
        "if", Kind.COMMITMENT, "30-day port truce, only if Ostria signs too", actor=(RUUN,), realis=Realis.CONDITIONAL
    )
    between = _parted(_told("a", given), _told("b", if_only), of=DivergenceType.STANCE)
    assert [_readings(d) for d in between] == [[{"given"}, {"if"}]]
    within = _parted(_told("a", given, if_only), of=DivergenceType.INTERNAL)
    assert [_readings(d) for d in within] == [[{"given"}, {"if"}]]


def test_the_thing_and_talks_about_it_are_stance() -> None:
    """To agree on a truce is more than to agree to negotiate one."""
    told = [
        _told("a", fact("truce", Kind.AGREEMENT, "truce for grain ports", source=ROSE)),
        _told("b", fact("talks", Kind.AGREEMENT, "negotiations on a truce for grain ports", source=ROSE)),
    ]
    found = _parted(*told, of=DivergenceType.STANCE)
    assert [_readings(d) for d in found] == [[{"truce"}, {"talks"}]]


def test_a_demand_told_as_a_doubt_is_stance() -> None:
    """What one article has demanded and another merely questioned."""
    told = [
        _told("a", fact("asks", Kind.CONDITION, "stop to arms for Kelm", source=ROSE, actor=(RUUN,))),
        _told("b", fact("doubts", Kind.CONCERN, "arms for Kelm and their stop", source=ROSE, actor=(RUUN,))),
    ]
    found = _parted(*told, of=DivergenceType.STANCE)
    assert [_readings(d) for d in found] == [[{"asks"}, {"doubts"}]]


def test_a_condition_for_one_thing_or_another_is_stance() -> None:
    """One demand of one source, set as the price of two different things."""
    price = {"first": "return of the ferries, for a port truce", "then": "return of the ferries, as a step to grain"}
    told = [
        _told(name, fact(name, Kind.CONDITION, thing, "must return the captured ferries", ROSE, actor=(RUUN,)))
        for name, thing in price.items()
    ]
    found = _parted(*told, of=DivergenceType.STANCE)
    assert [_readings(d) for d in found] == [[{"first"}, {"then"}]]


def test_two_things_in_one_partys_account_and_one_in_the_others_are_scope() -> None:
    """An accord for "grain and ports" reaches further than one for "grain ports"."""
    told = [
        _told("a", fact("two", Kind.AGREEMENT, "truce for grain and ports", source=ROSE)),
        _told("b", fact("one", Kind.AGREEMENT, "truce for grain ports", source=TIDE)),
    ]
    found = _parted(*told, of=DivergenceType.SCOPE)
    assert [(d.severity, _readings(d)) for d in found] == [(Severity.HIGH, [{"two"}, {"one"}])]


def test_a_list_is_no_compound() -> None:
    """A list is a list, whether "and" or a comma joins it."""
    told = [
        _told("a", fact("one", Kind.AGREEMENT, "steps to a full truce and lasting peace", source=ROSE)),
        _told("b", fact("two", Kind.AGREEMENT, "steps to a full truce, lasting peace", source=TIDE)),
    ]
    assert not _parted(*told, of=DivergenceType.SCOPE)


def test_one_account_retold_as_more_is_scope_and_within_an_article_internal() -> None:
    """One palace's words, told as two things, as one, and as something that includes it."""
    two = fact("two", Kind.AGREEMENT, "truce for grain and ports", source=ROSE)
    one = fact("one", Kind.AGREEMENT, "truce for grain ports", source=ROSE)
    wide = fact("wide", Kind.AGREEMENT, "truce that includes grain ports", source=ROSE)
    found = _parted(_told("a", two), _told("b", one), _told("c", wide), of=DivergenceType.SCOPE)
    assert [(d.severity, _readings(d)) for d in found] == [
        (Severity.HIGH, [{"wide"}, {"two", "one"}]),
        (Severity.MEDIUM, [{"two"}, {"one"}]),
    ]
    elsewhere = one.model_copy(update={"evidence": (Evidence(start=900, end=905, exact="ports"),)})
    inside = _parted(_told("a", two, elsewhere), of=DivergenceType.INTERNAL)
    assert [_readings(d) for d in inside] == [[{"one"}, {"two"}]]


def test_an_accord_for_one_side_or_for_both_is_scope() -> None:
    """One palace's account of strikes on one country's ports, or on each other's."""
    told = [
        _told("a", fact("one", Kind.COMMITMENT, "halt of strikes on Canadian ports", source=TIDE, actor=(BEST,))),
        _told("b", fact("both", Kind.COMMITMENT, "halt of strikes on each other's ports", source=TIDE, actor=(BEST,))),
    ]
    found = _parted(*told, of=DivergenceType.SCOPE)
    assert [_readings(d) for d in found] == [[{"one"}, {"both"}]]


def test_one_act_in_both_parties_accounts_is_attribution() -> None:
    """That a leader backs a plan is the one palace's word here and the other's there."""
    told = [
        _told(name, fact(name, Kind.POSITION, "pause of port strikes", source=source, actor=(BEST,)))
        for name, source in (("a", ROSE), ("b", ROSE), ("c", TIDE))
    ]
    found = _parted(*told, of=DivergenceType.ATTRIBUTION)
    assert [_readings(d) for d in found] == [[{"a", "b"}, {"c"}]]


def test_a_term_of_one_account_told_as_the_others_is_attribution() -> None:
    """A term that one article alone ascribes to a palace whose other accounts have none."""
    told = [
        _told("a", fact("a", Kind.AGREEMENT, "30-day pause of port strikes", source=ROSE)),
        *(_told(name, fact(name, Kind.AGREEMENT, "pause of port strikes", source=ROSE)) for name in "bc"),
        *(_told(name, fact(name, Kind.AGREEMENT, "30-day pause of port strikes", source=TIDE)) for name in "de"),
    ]
    found = [d for d in _parted(*told, of=DivergenceType.ATTRIBUTION) if "term" in d.rule]
    assert [_readings(d) for d in found] == [[{"a"}, {"d", "e"}]]


def test_one_conflict_is_told_once() -> None:
    """Two rules that find the same facts to part make one divergence."""
    short = fact("short", Kind.MEETING, "call: duration", value=duration("PT30M"))
    longer = fact("longer", Kind.MEETING, "call: so far", value=duration("PT90M", Comparator.MORE_THAN))
    assert len(_parted(_told("a", short, longer), of=DivergenceType.INTERNAL)) == 1


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


def test_the_same_words_in_another_mouth_are_attribution() -> None:
    """One article quotes the one palace, another the other, with the same words."""
    words = "nobody has promised us anything at all"
    told = [
        _told(name, fact(name, Kind.STATEMENT, "no promise", words, source, quote=words))
        for name, source in (("a", ROSE), ("b", TIDE))
    ]
    found = _parted(*told, of=DivergenceType.ATTRIBUTION)
    assert [(d.severity, _readings(d)) for d in found] == [(Severity.HIGH, [{"a"}, {"b"}])]


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


def test_a_dated_look_ahead_is_not_stale() -> None:
    """What is expected of a later day than the contact's looks beyond it; of the contact's own day it is left over."""

    def stale(when: str) -> int:
        hope = fact("hope", Kind.EXPECTATION, "call", realis=Realis.EXPECTED, value=day(when))
        return len(_parted(record("a", hope, call()), of=DivergenceType.STALE))

    assert (stale("2031-06"), stale("2031-05-06")) == (0, 1)


def test_a_comparison_says_what_each_wording_has_alone() -> None:
    """The words between the first and the last common word, on either side."""
    found = compare("It was a very calm sea", "it was a rough sea, they said")
    assert (found.only_left, found.only_right, found.differs) == (("very", "calm"), ("rough",), True)
