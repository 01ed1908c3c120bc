"""Reconciliation as a whole: which facts are one claim, which contact they belong to, and who stands behind them."""

import random
from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile import reconcile
from reconcile.files import events_bytes
from schemas import (
    Actor,
    Anonymity,
    Comparator,
    DivergenceType,
    Event,
    Fact,
    Kind,
    Quote,
    QuoteMode,
    Realis,
    Record,
    SourceLink,
    SourceRole,
    SourceType,
    Value,
    ValueType,
)
from tests.reconcile_facts import BEST, ROSE, RUUN, TIDE, call, day, duration, fact, record

THIRD = Actor(name="Mara Sund", as_written="Sund", country="XK")
AGENCY = SourceLink(name="NPA", type=SourceType.AGENCY, role=SourceRole.RELAYER)
TYPES = frozenset(DivergenceType)


def _main(*records: Record) -> Event:
    return reconcile(records).events[0]


def _together(event: Event) -> set[frozenset[str]]:
    """The clusters of more than one fact, as sets of fact ids."""
    return {frozenset(ref.fact for ref in c.facts) for c in event.clusters if len(c.facts) > 1}


def _truce(name: str, thing: str, **more: object) -> Record:
    return record(name, call(), fact(f"{name}-truce", Kind.AGREEMENT, thing, source=ROSE, **more))  # type: ignore[arg-type]


def _pool() -> list[Record]:
    """Five articles that agree, differ, relay and stay silent."""
    return [
        record(
            "a",
            call(),
            fact("1", Kind.AGREEMENT, "10-day port truce", "agreed on a port truce of ten days", ROSE),
            fact("2", Kind.MEETING, "call: duration", value=duration("PT40M")),
            fact("3", Kind.CONDITION, "release of the ferry crew", source=TIDE, actor=(BEST,)),
        ),
        record(
            "b",
            call(),
            fact("1", Kind.COMMITMENT, "port truce", "accepted a truce in the ports", TIDE, actor=(BEST,)),
            fact("2", Kind.MEETING, "call: duration", value=duration("PT2H"), source=TIDE),
        ),
        record("c", call(), fact("1", Kind.TOPIC, "grain exports", source=ROSE)),
        record("d", call(), fact("1", Kind.TOPIC, "exports of grain", source=ROSE)),
        record("e", call()),
    ]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(chance: random.Random) -> None:
    """Any order of the same records gives the same bytes."""
    shuffled = _pool()
    chance.shuffle(shuffled)
    assert events_bytes(reconcile(shuffled)) == events_bytes(reconcile(_pool()))


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 4), min_size=1))
def test_an_article_that_tells_nothing_adds_no_conflict(chosen: set[int]) -> None:
    """An article silent on everything but the contact leaves all divergences as they were."""
    told = [_pool()[at] for at in sorted(chosen)]
    before = [(d.type, d.severity, d.facts) for e in reconcile(told).events for d in e.divergences]
    after = [
        (d.type, d.severity, d.facts)
        for e in reconcile([*told, record("silent", call())]).events
        for d in e.divergences
    ]
    assert after == before


_WORDS = st.text(max_size=12) | st.sampled_from(["", "the", "call", "if", " and ", "30-day truce", "a.", "’s"])
_ACTORS = st.lists(st.builds(Actor, name=st.text(min_size=1, max_size=6), as_written=_WORDS), max_size=3).map(tuple)
_LINKS = st.builds(
    SourceLink,
    name=st.text(min_size=1, max_size=6),
    type=st.sampled_from(SourceType),
    role=st.sampled_from(SourceRole),
    on_behalf_of=st.none() | _WORDS,
)
_VALUES = st.builds(
    Value,
    type=st.sampled_from(ValueType),
    iso=st.none() | _WORDS | st.sampled_from(["P1M", "2031-05", "2031-02-30", "9999-12-31", "0000", "PT1e9H"]),
    comparator=st.sampled_from(Comparator),
    as_written=st.text(min_size=1, max_size=6),
)
_FACTS = st.builds(
    Fact,
    id=st.integers(0, 10**6).map(str),
    kind=st.sampled_from(Kind),
    actor=_ACTORS,
    target=_ACTORS,
    object=_WORDS,
    summary=_WORDS,
    attribution=st.lists(_LINKS, min_size=1, max_size=3).map(tuple),
    realis=st.sampled_from(Realis),
    value=st.none() | _VALUES,
    quote=st.none() | st.builds(Quote, mode=st.sampled_from(QuoteMode), text=st.text(min_size=1, max_size=20)),
    denies=st.none() | _WORDS,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(_FACTS, max_size=4, unique_by=lambda f: f.id), max_size=3))
def test_no_fact_is_too_odd(told: list[list[Fact]]) -> None:
    """Whatever a model made up, nothing breaks, no fact is lost, and the order does not matter."""
    records = [record(str(at), *facts) for at, facts in enumerate(told)]
    events = reconcile(records)
    assert reconcile(records[::-1]) == events
    placed = sorted((ref.article, ref.fact) for e in events.events for c in e.clusters for ref in c.facts)
    assert placed == sorted((r.article.id, f.id) for r in records for f in r.facts)


def test_no_records_are_no_events() -> None:
    """Nothing in, nothing out; a record without facts is told of nowhere and breaks nothing."""
    assert reconcile([]).events == ()
    assert reconcile([record("a")]).events == ()


def test_every_fact_is_in_exactly_one_cluster_and_one_account() -> None:
    """No fact is lost or counted twice."""
    facts = sorted((r.article.id, f.id) for r in _pool() for f in r.facts)
    events = reconcile(_pool()).events
    assert sorted((ref.article, ref.fact) for e in events for c in e.clusters for ref in c.facts) == facts
    assert sorted((ref.article, ref.fact) for e in events for a in e.accounts for ref in a.facts) == facts


def test_one_claim_in_other_words_is_one_cluster() -> None:
    """Word order, number words and synonyms do not keep a claim apart."""
    told = [
        _truce("a", "30-day truce in the ports"),
        _truce("b", "monthlong ceasefire in ports"),
        _truce("c", "port ceasefire for 30 days"),
    ]
    assert _together(_main(*told)) >= {frozenset({"a-truce", "b-truce", "c-truce"})}


def test_two_objects_with_one_name_are_two_claims() -> None:
    """A truce in the ports, one along the river and a general one are three things, and no divergence."""
    told = [
        _truce("a", "port truce for fishing boats"),
        _truce("b", "river truce along the dam"),
        _truce("c", "general and lasting truce"),
    ]
    event = _main(*told)
    assert not any({"a-truce", "b-truce"} <= group or {"b-truce", "c-truce"} <= group for group in _together(event))
    assert not [d for d in event.divergences if d.type != DivergenceType.SILENCE]


def test_what_one_article_tells_apart_stays_apart() -> None:
    """Two facts of one kind and source in one article are two things, however alike their objects."""
    told = record(
        "a",
        call(),
        fact("1", Kind.TOPIC, "talks on a port truce", source=ROSE),
        fact("2", Kind.TOPIC, "talks on a river truce", source=ROSE),
    )
    assert not _together(_main(told))


def test_a_fact_told_twice_is_one_claim() -> None:
    """An extractor that gives one fact twice has not found two."""
    twice = [fact(name, Kind.TOPIC, "grain exports", source=ROSE) for name in ("1", "2")]
    assert _together(_main(record("a", call(), *twice))) == {frozenset({"1", "2"})}


def test_a_refusal_is_not_the_agreement_it_denies() -> None:
    """What was not agreed is never clustered with what was."""
    told = [_truce("a", "port truce"), record("b", call(), fact("no", Kind.NON_COMMITMENT, "port truce", source=TIDE))]
    assert frozenset({"a-truce", "no"}) not in _together(_main(*told))


def test_spellings_of_a_name_are_one_person() -> None:
    """A surname alone and another transliteration are the person that the articles name in full."""
    spelt = [
        Actor(name="Volen Ashkiy", as_written="x", country="XN"),
        Actor(name="Volen Ashkyi", as_written="x", country="XN"),
        Actor(name="Ashkiy", as_written="x"),
    ]
    told = [
        record(str(at), call(), fact(f"f{at}", Kind.COMMITMENT, "fishing ban", actor=(who,), source=ROSE))
        for at, who in enumerate(spelt)
    ]
    assert _together(_main(*told)) >= {frozenset({"f0", "f1", "f2"})}


def test_two_people_of_one_side_are_two_actors() -> None:
    """A minister's demand is not the president's; a country's is."""
    minister = Actor(name="Tove Lind", as_written="Lind", country="XN")
    country = Actor(name="the Norvanian side", as_written="side", country="XN")
    thing = "release of the ferry crew"
    told = [
        record(name, call(), fact(name, Kind.CONDITION, thing, f"asked, {name}", ROSE, actor=(who,)))
        for name, who in (("a", RUUN), ("b", minister), ("c", country))
    ]
    together = _together(_main(*told))
    assert not any({"a", "b"} <= group for group in together)
    assert any("c" in group for group in together)


def test_another_call_with_a_shared_participant_is_another_event() -> None:
    """What was said in another contact does not come into this one."""
    other = fact("other", Kind.BACKGROUND_EVENT, "call of Ruun and Sund", actor=(RUUN, THIRD), value=day("2031-05-05"))
    said = fact("said", Kind.REQUEST, "release of the ferry crew", actor=(THIRD,), target=(RUUN,), source=ROSE)
    events = reconcile([record("a", call(), other, said)]).events
    assert [e.participants for e in events] == [("Ada Ruun", "Ilo Best"), ("Ada Ruun", "Mara Sund")]
    assert {ref.fact for c in events[1].clusters for ref in c.facts} == {"other", "said"}


def test_calls_of_the_same_two_on_other_days_are_two_events() -> None:
    """The date tells contacts of the same people apart."""
    later = fact("call", Kind.MEETING, "call: day", value=day("2031-06-20"))
    assert len(reconcile([record("a", call()), record("b", later)]).events) == 2


def test_background_stays_background() -> None:
    """A dated event that is no contact is in an event of its own, marked as background."""
    past = fact("war", Kind.BACKGROUND_EVENT, "start of the war", actor=(), value=day("2029-02"))
    events = reconcile([record("a", call(), past)]).events
    assert [(e.background, len(e.clusters)) for e in events] == [(False, 1), (True, 1)]


def test_one_primary_source_is_one_witness() -> None:
    """Three articles that relay one palace are one witness; a writer's own word is another."""
    told = [_truce(name, "port truce") for name in "abc"] + [
        record("d", call(), fact("d", Kind.AGREEMENT, "port truce"))
    ]
    cluster = next(c for c in _main(*told).clusters if c.kind == Kind.AGREEMENT)
    assert [(w.source, w.articles) for w in cluster.witnesses] == [
        ("Rose Palace", ("a", "b", "c")),
        ("writer of d", ("d",)),
    ]


def _unnamed(words: str) -> SourceLink:
    return SourceLink(name=words, type=SourceType.ANONYMOUS, role=SourceRole.SPEAKER, anonymity=Anonymity.UNNAMED)


def test_one_relay_is_one_witness() -> None:
    """Two unnamed sources that the same agency relays are one witness: the agency."""
    leaks = {name: _unnamed(words) for name, words in (("a", "sources"), ("b", "people familiar with the call"))}
    told = [
        record(name, call(), fact(name, Kind.TOPIC, "grain exports", f"exports of grain, {name}", leak, relay=AGENCY))
        for name, leak in leaks.items()
    ]
    cluster = next(c for c in _main(*told).clusters if c.kind == Kind.TOPIC)
    assert [w.articles for w in cluster.witnesses] == [("a", "b")]


def test_unnamed_sources_without_a_relay_are_not_one_witness() -> None:
    """That two articles both write "sources" does not make them the same people."""
    told = [
        record(name, call(), fact(name, Kind.TOPIC, "grain exports", f"exports of grain, {name}", _unnamed("sources")))
        for name in "ab"
    ]
    cluster = next(c for c in _main(*told).clusters if c.kind == Kind.TOPIC)
    assert len(cluster.witnesses) == 2


def test_a_spokesperson_is_no_second_witness() -> None:
    """Who speaks for an office is that office."""
    spokesman = SourceLink(
        name="Tam Oro", type=SourceType.PERSON, role=SourceRole.SPOKESPERSON, on_behalf_of="Rose Palace"
    )
    told = [_truce("a", "port truce"), record("b", call(), fact("b", Kind.AGREEMENT, "port truce", source=spokesman))]
    cluster = next(c for c in _main(*told).clusters if c.kind == Kind.AGREEMENT)
    assert len(cluster.witnesses) == 1


def test_shared_words_are_one_witness_and_are_shown() -> None:
    """Wire copy counts once, with the words that give it away."""
    copied = "the two leaders spoke at length about grain exports and the safety of shipping lanes"
    told = [
        record("a", call(), fact("1", Kind.TOPIC, "grain exports", f"On Monday {copied}.")),
        record("b", call(), fact("1", Kind.TOPIC, "grain exports", f"It said {copied} as well.")),
        record("c", call(), fact("1", Kind.TOPIC, "grain exports", "they touched on exports of grain")),
    ]
    cluster = next(c for c in _main(*told).clusters if c.kind == Kind.TOPIC)
    assert [(w.articles, w.shared_text) for w in cluster.witnesses] == [(("a", "b"), copied), (("c",), None)]


def test_an_expectation_is_linked_to_its_outcome() -> None:
    """A forecast points to the claim that it came to."""
    hoped = fact("hope", Kind.EXPECTATION, "release of the ferry crew", actor=(BEST,), realis=Realis.EXPECTED)
    came = fact("came", Kind.COMMITMENT, "release of the ferry crew", actor=(BEST,), source=TIDE)
    event = _main(record("a", call(), hoped), record("b", call(), came))
    homes = {ref.fact: cluster for cluster in event.clusters for ref in cluster.facts}
    assert homes["hope"].outcome == homes["came"].id


def test_every_cluster_and_divergence_names_its_rule() -> None:
    """Nothing is joined or parted without a reason given."""
    for event in reconcile(_pool()).events:
        assert all(cluster.rule for cluster in event.clusters)
        assert all(d.rule and d.detail and d.readings for d in event.divergences)


def test_readings_hold_the_facts() -> None:
    """The facts of a divergence are those of its readings; each reference can be followed to a cluster."""
    for event in reconcile(_pool()).events:
        ids = {cluster.id for cluster in event.clusters}
        for divergence in event.divergences:
            assert sorted(r.fact for reading in divergence.readings for r in reading) == sorted(
                r.fact for r in divergence.facts
            )
            assert set(divergence.clusters) <= ids


def test_ids_do_not_depend_on_the_order_either() -> None:
    """Event, cluster and divergence ids are the same for every order of the same three records."""
    results = {events_bytes(reconcile(order)) for order in permutations(_pool()[:3])}
    assert len(results) == 1
