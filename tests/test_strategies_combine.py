"""What a model adds to the rules, act by act, and what it cannot change."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading.article import Reading
from extract.strategies.admission import Proposal
from extract.strategies.combine import UNCONFIRMED, combine
from extract.strategies.doubt import left_open, settled
from extract.strategies.inquiry import Heard
from extract.strategies.pairing import alike, pair, stands_in
from extract.strategies.questions import names_for
from extract.strategies.trust import ALIKE, TRUST, WHOLE, WINDOWS
from schemas import Actor, Article, Evidence, Fact, Kind, Realis
from schemas.answer import NOBODY, AnswerFact

TEXT = (
    "President Ada Ruun of Norvania and Premier Ilo Best of Ostria spoke by phone on Monday.\n"
    "Ruun agreed to a ten-day port truce and ordered her fleet home, a spokesman said.\n"
    "The harbour war began last spring. The sanctions were lifted a month later.\n"
    "Best would not back the grain talks, and the fishing rights of the islands were left for another day.\n"
)
READING = Reading(Article(id="call", text=TEXT))


def ruled(kind: Kind, words: str, *actors: str, about: str = "") -> Fact:
    """A fact as the rules make it."""
    at = TEXT.index(words)
    return Fact(
        id="rules",
        kind=kind,
        actor=tuple(Actor(name=name, as_written=name.split()[-1]) for name in actors),
        object=about or words,
        attribution=(READING.publisher,),
        realis=Realis.ONGOING,
        evidence=(Evidence.of(TEXT, at, at + len(words)),),
    )


RULES = [
    ruled(Kind.MEETING, "Ada Ruun of Norvania and Premier Ilo Best of Ostria spoke by phone", "Ada Ruun", "Ilo Best"),
    ruled(Kind.COMMITMENT, "Ruun agreed to a ten-day port truce", "Ada Ruun", about="port truce of ten days"),
    ruled(Kind.DIRECTIVE, "ordered her fleet home", "Ada Ruun"),
    ruled(Kind.BACKGROUND_EVENT, "The harbour war began last spring"),
    ruled(Kind.BACKGROUND_EVENT, "The sanctions were lifted a month later"),
    ruled(Kind.NON_COMMITMENT, "Best would not back the grain talks", "Ilo Best"),
]
NUMBERS = [sentence.number for sentence in READING.sentences]
BOTH = pytest.mark.parametrize("strategy", [WINDOWS, WHOLE])


def told(sentence: int, kind: Kind, actor: str, about: str) -> AnswerFact:
    """One fact of a model."""
    return AnswerFact(sentence=sentence, kind=kind, actor=actor, about=about)


def combined(strategy: str, *facts: AnswerFact) -> list[Proposal]:
    """What a strategy makes of the article when a model reports `facts` of all its sentences."""
    return combine(READING, RULES, Heard(facts, frozenset(NUMBERS)), TRUST[strategy])


def at(proposals: list[Proposal], words: str) -> list[Fact]:
    """The facts whose evidence holds `words`."""
    return [p.fact for p in proposals if any(words in span.exact for span in p.fact.evidence)]


@BOTH
def test_a_fact_that_both_report_is_one(strategy: str) -> None:
    """A model's act of the same kind in the same sentence becomes part of the rules' fact; there is no second one."""
    proposals = combined(strategy, told(2, Kind.COMMITMENT, "Ada Ruun", "ten-day port truce"))
    assert len([fact for fact in at(proposals, "port truce") if fact.kind is Kind.COMMITMENT]) == 1
    assert len(proposals) == len(RULES)


def test_a_model_says_in_fewer_words_what_an_act_is_about() -> None:
    """A small model names the object where no cue stands, a capable one everywhere but of the contact itself."""
    war = told(3, Kind.BACKGROUND_EVENT, NOBODY, "harbour war")
    truce = told(2, Kind.COMMITMENT, "Ada Ruun", "ten-day port truce")
    call = told(1, Kind.MEETING, "Ada Ruun", "spoke by phone")
    assert {p.fact.object for p in combined(WINDOWS, war, truce, call)} >= {"harbour war", "port truce of ten days"}
    assert {p.fact.object for p in combined(WHOLE, war, truce, call)} >= {"harbour war", "ten-day port truce"}
    assert not [p for name in (WINDOWS, WHOLE) for p in combined(name, call) if p.fact.object == "spoke by phone"]


@BOTH
def test_a_cue_decides_the_kind_against_the_model(strategy: str) -> None:
    """Whoever “ordered her fleet home” gave an order, whatever a model calls it; words, source and realis stay."""
    before = next(fact for fact in RULES if fact.kind is Kind.DIRECTIVE)
    [after] = [
        fact
        for fact in at(combined(strategy, told(2, Kind.TOPIC, "Ada Ruun", "ordered her fleet home")), "fleet home")
        if fact.kind is Kind.DIRECTIVE
    ]
    assert (after.evidence, after.attribution, after.realis, after.quote, after.value) == (
        before.evidence,
        before.attribution,
        before.realis,
        before.quote,
        before.value,
    )


def test_where_no_cue_decides_only_a_capable_model_names_the_kind() -> None:
    """A fact without a cue keeps the rules' kind with a small model and takes that of a capable one."""
    said = told(3, Kind.CONCERN, NOBODY, "harbour war began last spring")
    [by_rules] = at([Proposal(fact) for fact in RULES], "harbour war")
    assert not settled(READING, by_rules)
    assert at(combined(WINDOWS, said), "harbour war")[0].kind is by_rules.kind
    assert at(combined(WHOLE, said), "harbour war")[0].kind is Kind.CONCERN


@BOTH
def test_a_model_names_the_actor_where_the_rules_find_none(strategy: str) -> None:
    """A passive without a name gets the model's actor, as written where the article names it last."""
    said = told(4, Kind.BACKGROUND_EVENT, "Norvania", "sanctions were lifted")
    [before] = at([Proposal(fact) for fact in RULES], "sanctions")
    assert before.actor == ()
    [actor] = at(combined(strategy, said), "sanctions")[0].actor
    assert (actor.name, actor.as_written) == ("Norvania", "Norvania")


@BOTH
def test_a_name_in_the_words_decides_the_actor_against_the_model(strategy: str) -> None:
    """Where the words name who acts, no model knows better."""
    proposals = combined(strategy, told(2, Kind.COMMITMENT, "Ilo Best", "ten-day port truce"))
    [fact] = [fact for fact in at(proposals, "port truce") if fact.kind is Kind.COMMITMENT]
    assert [actor.name for actor in fact.actor] == ["Ada Ruun"]


@BOTH
@pytest.mark.parametrize("about", ["a truce for ever", "", "Ada Ruun has agreed to it all", "ten-day port truce " * 6])
def test_words_that_do_not_stand_in_the_sentence_are_no_object(strategy: str, about: str) -> None:
    """The object changes only to a few words of the sentence; invented, blank and long ones change nothing."""
    proposals = combined(strategy, told(2, Kind.COMMITMENT, "Ada Ruun", about))
    before = next(fact for fact in RULES if fact.kind is Kind.COMMITMENT)
    [after] = [fact for fact in at(proposals, "port truce") if fact.kind is Kind.COMMITMENT]
    assert after.object == before.object


def test_an_act_of_the_model_alone_is_built_on_what_the_rules_left_over() -> None:
    """An act in words that carry no fact yet becomes a fact on just these words, with the source of the sentence."""
    fishing = "the fishing rights of the islands were left for another day"
    said = told(5, Kind.TOPIC, NOBODY, "fishing rights of the islands")
    [fact] = at(combined(WHOLE, said), "fishing rights")
    assert fact.kind is Kind.TOPIC
    assert fishing in fact.evidence[0].exact
    assert "Best" not in fact.evidence[0].exact


def test_an_act_of_a_small_model_alone_has_to_prove_itself() -> None:
    """It is admitted only with checks passed that an act of the rules, or of a capable model, may leave open."""
    said = told(3, Kind.THREAT, "Ostria", "harbour war")
    [alone] = [p for p in combined(WINDOWS, said, said) if p.must_pass]
    assert alone.must_pass == ("act", "actor")
    assert not [p for p in combined(WHOLE, said, said) if p.must_pass]


def test_what_a_capable_model_does_not_report_needs_a_cue() -> None:
    """In `whole`, facts that no cue settles are doubtful where the model is silent; in `windows` they stand."""
    doubted = [p.fact for p in combined(WHOLE) if p.against]
    assert doubted
    assert all(p.against in (None, UNCONFIRMED) for p in combined(WHOLE))
    assert not any(settled(READING, fact) for fact in doubted)
    assert not [p for p in combined(WINDOWS) if p.against]


def test_silence_means_nothing_where_the_model_gave_no_answer() -> None:
    """Sentences without an answer rest on the rules."""
    proposals = combine(READING, RULES, Heard((), frozenset()), TRUST[WHOLE])
    assert [p.fact.model_copy(update={"id": ""}) for p in proposals] == [f.model_copy(update={"id": ""}) for f in RULES]
    assert not [p for p in proposals if p.against or p.must_pass]


@BOTH
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_lost_and_nothing_made_up(strategy: str, data: st.DataObject) -> None:
    """Every act of the rules and every act of the model that is none of theirs is a proposal on verbatim words."""
    names = [*names_for(READING, READING.sentences), NOBODY]
    words = st.sampled_from([TEXT[s.start : s.end] for s in READING.sentences]) | st.text(string.printable, max_size=40)
    one = st.builds(
        told,
        st.sampled_from(NUMBERS),
        st.sampled_from(list(Kind)),
        st.sampled_from(names),
        words.map(lambda w: w[7:60]),
    )
    facts = tuple(data.draw(st.lists(one, max_size=8)))
    proposals = combined(strategy, *facts)
    spans = [tuple(p.fact.evidence) for p in proposals]
    assert all(tuple(fact.evidence) in spans for fact in RULES)
    assert all(span.stands_in(TEXT) for p in proposals for span in p.fact.evidence)
    assert len(RULES) <= len(proposals) <= len(RULES) + len(facts)
    for number in NUMBERS:
        here = [fact for fact in facts if fact.sentence == number]
        alone = max(0, len(here) - len([fact for fact in RULES if _number(fact) == number]))
        assert len([p for p in proposals if _number(p.fact) == number]) >= alone
    ids = [p.fact.id for p in proposals]
    assert ids == sorted(set(ids))
    assert combined(strategy, *facts) == proposals


def _number(fact: Fact) -> int:
    return next(s.number for s in READING.sentences if s.start <= fact.evidence[-1].start < s.end)


def test_pairs_are_one_to_one_and_the_same_kind_goes_first() -> None:
    """Of two facts in one sentence, each takes the model's act of its kind, in whatever order the model lists them."""
    rules = [fact for fact in RULES if fact.kind in (Kind.COMMITMENT, Kind.DIRECTIVE)]
    said = [told(2, Kind.DIRECTIVE, "Ada Ruun", "fleet home"), told(2, Kind.COMMITMENT, "Ada Ruun", "port truce")]
    assert pair(rules, said) == {0: 1, 1: 0}
    assert pair(rules, said[::-1]) == {0: 0, 1: 1}
    assert pair(rules, []) == pair([], said) == {}
    assert pair(rules, [told(2, Kind.THREAT, "Ostria", "grain")]) == {}


@BOTH
@pytest.mark.parametrize(
    ("about", "kept"), [("sell people", False), ("We sell people", False), ("do not sell people", True)]
)
def test_an_object_does_not_turn_the_words_round(strategy: str, about: str, *, kept: bool) -> None:
    """Where the words deny something, an object without the denial is not taken over, nor one picked from pieces."""
    reading = Reading(Article(id="no", text="“We do not sell people and we do not buy people,” Ilo Best said."))
    words = "We do not sell people and we do not buy people"
    fact = ruled(Kind.STATEMENT, "spoke by phone", "Ilo Best").model_copy(
        update={"object": words, "evidence": (Evidence.of(reading.text, 1, 1 + len(words)),)}
    )
    heard = Heard((told(1, Kind.STATEMENT, "Ilo Best", about),), frozenset({1}))
    [proposal] = combine(reading, [fact], heard, TRUST[strategy])
    assert proposal.fact.object == (about if kept else words)


def test_a_refusal_is_about_what_is_refused() -> None:
    """Of a kind that denies, the object need not deny again."""
    [fact] = [p.fact for p in combined(WHOLE, told(5, Kind.NON_COMMITMENT, "Ilo Best", "the grain talks"))][-1:]
    assert (fact.kind, fact.object) == (Kind.NON_COMMITMENT, "the grain talks")


def test_likeness_is_of_words_in_a_row() -> None:
    """A piece of the words is alike whatever its case; other words are not; standing in a text needs every word."""
    assert alike("Port truce", "agreed to a ten-day port truce") >= ALIKE > alike("grain talks", "a ten-day port truce")
    assert alike("", "port") == alike(" ", "port") == 0
    assert stands_in("Port “truce”", "a port truce, at last")
    assert not any(stands_in(about, "a port truce") for about in ("truce port", "port truces", "a truce", "", "…"))


def test_sentences_are_left_open_where_no_act_is_settled_or_has_no_actor() -> None:
    """A small model is asked about the rest only."""
    numbers = {sentence.number for sentence in left_open(READING, RULES)}
    assert {3, 4} <= numbers
    assert 2 not in numbers
    assert {sentence.number for sentence in left_open(READING, [])} == set(NUMBERS)
