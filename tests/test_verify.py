"""Checks: what each of them lets pass and what it catches; and admitting, which loses nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading.article import Reading
from extract.rules import propose
from extract.verify import CHECKS, REJECTING, admit, check
from schemas import (
    Actor,
    Article,
    CheckResult,
    Evidence,
    Fact,
    Kind,
    Quote,
    QuoteMode,
    SourceLink,
    SourceRole,
    SourceType,
    Value,
    ValueType,
)

TEXT = """President Ada Ruun of Norvania and Premier Ilo Best of Ostria spoke by phone for 40 minutes on Monday.

Ruun agreed to a 30-day truce in the ports, Rose Palace said in a statement. Best did not commit to opening the canal, \
Rose Palace added. “We will not give up the lighthouse,” Best told reporters.

Best refused to set up a joint commission. Ruun urged Best to release the crew. The talks are expected to resume in May.

Rose Palace said Ruun ordered her fleet home. The ships passed pier 7 and two harbours. Best demanded \
grain. He proposed a swap.

Ostria’s ministry did not respond to a request for comment. \
Ruun did not urge anybody. Ruun and Best discussed tin.
"""
READING = Reading(Article(id="call", text=TEXT, outlet="Port Times"))
PASS, FAIL, NOT_APPLICABLE = CheckResult.PASS, CheckResult.FAIL, CheckResult.NOT_APPLICABLE

RUUN, BEST = "Ada Ruun", "Ilo Best"
PALACE = "Rose Palace"


def span(words: str) -> Evidence:
    """The first place of the words in the sample."""
    start = TEXT.index(words)
    return Evidence.of(TEXT, start, start + len(words))


def fact(kind: Kind, words: str, actor: str | None = None, source: str | None = None, **more: Any) -> Fact:
    """A fact with these words for evidence and summary, told by `source` or else by the writer."""
    chain = [READING.publisher]
    if source:
        chain.append(SourceLink(name=source, type=SourceType.OFFICE, role=SourceRole.SPEAKER))
    actors = (Actor(name=actor, as_written=actor),) if actor else ()
    told: dict[str, Any] = {"summary": f"{words}.", "object": "", "evidence": (span(words),), **more}
    return Fact(id="call-1", kind=kind, actor=actors, attribution=tuple(chain), **told)


def outcome(name: str, stated: Fact) -> CheckResult:
    """What one check says of the fact."""
    return check(stated, READING).checks[name]


TRUCE = fact(
    Kind.COMMITMENT,
    "Ruun agreed to a 30-day truce in the ports",
    RUUN,
    PALACE,
    value=Value(type=ValueType.DURATION, iso="P30D", as_written="30-day"),
)
LIGHTHOUSE = fact(
    Kind.REFUSAL,
    "We will not give up the lighthouse",
    BEST,
    BEST,
    quote=Quote(mode=QuoteMode.DIRECT, text="We will not give up the lighthouse", speaker=BEST),
)
CANAL = fact(Kind.NON_COMMITMENT, "Best did not commit to opening the canal", BEST, PALACE)


@pytest.mark.parametrize("stated", [TRUCE, LIGHTHOUSE, CANAL])
def test_a_true_fact_fails_no_check(stated: Fact) -> None:
    """A fact that its words carry is admitted, and all checks are named in it."""
    [held], rejected = admit([stated], READING)
    assert rejected == ()
    assert FAIL not in held.checks.values()
    assert list(held.checks) == list(CHECKS)


def changed(stated: Fact, **update: Any) -> Fact:
    """The fact with other fields."""
    return stated.model_copy(update=update)


def test_words_that_do_not_stand_there_are_no_evidence() -> None:
    """Another word, other offsets, no span at all, or part of a word: `evidence` fails, and nothing else is asked."""
    moved = Evidence(start=3, end=9, exact="agreed")
    part = span("greed to a 30-day truce")
    for evidence in ((moved,), (), (part,), (TRUCE.evidence[0], moved)):
        checks = check(changed(TRUCE, evidence=evidence), READING).checks
        assert checks.pop("evidence") is FAIL
        assert set(checks.values()) == {NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("kind", "words", "result"),
    [
        (Kind.COMMITMENT, "Ruun agreed to a 30-day truce", PASS),
        (Kind.REFUSAL, "Ruun agreed to a 30-day truce", FAIL),
        (Kind.AGREEMENT, "Best refused to set up a joint commission", FAIL),  # "set up" alone would be one
        (Kind.COMMITMENT, "The talks are expected to resume in May", FAIL),
        (Kind.REQUEST, "Ruun urged Best to release the crew", PASS),
        (Kind.NO_COMMENT, "not respond to a request for comment", PASS),  # the cue begins ahead of the words
        (Kind.ASSESSMENT, "Ruun urged Best to release the crew", NOT_APPLICABLE),
    ],
)
def test_the_words_report_the_act(kind: Kind, words: str, result: CheckResult) -> None:
    """A binding kind needs a cue of its own, and the first of two opposed cues decides."""
    assert outcome("act", fact(kind, words)) is result


def test_a_negation_is_not_escaped_by_cutting_it_off() -> None:
    """The words behind "did not" are no evidence of a commitment, nor those before it; with it, of a non-commitment."""
    assert outcome("polarity", CANAL) is PASS
    for words in ("commit to opening the canal", "Best did not commit to opening the canal"):
        checks = check(fact(Kind.COMMITMENT, words, BEST, PALACE), READING).checks
        assert FAIL in (checks["act"], checks["polarity"])
    assert outcome("polarity", fact(Kind.NON_COMMITMENT, "Ruun agreed to a 30-day truce", RUUN)) is FAIL
    assert outcome("polarity", fact(Kind.REQUEST, "Ruun did not urge anybody", RUUN)) is FAIL
    assert outcome("polarity", fact(Kind.REQUEST, "Ruun urged Best to release the crew", RUUN)) is PASS


def test_a_refusal_that_is_negated_is_none() -> None:
    """That somebody did not refuse supports no refusal."""
    text = "Ada Ruun did not refuse the truce."
    reading = Reading(Article(id="n", text=text))
    stated = changed(LIGHTHOUSE, evidence=(Evidence.of(text, 0, len(text) - 1),), quote=None)
    assert check(stated, reading).checks["polarity"] is FAIL


@pytest.mark.parametrize(
    ("article", "summary", "result"),
    [
        ("The talks are not expected to resume.", "The talks are expected to resume.", FAIL),
        ("The talks are not expected to resume.", "The talks are not expected to resume.", PASS),
        ("The talks are expected to resume.", "The talks are not expected to resume.", FAIL),
        ("The talks are expected to resume.", "The talks are expected to resume.", NOT_APPLICABLE),
        ("The talks are unlikely to resume.", "It is not expected that the talks resume.", PASS),
        ("The talks will not resume.", "It is refused to resume the talks.", PASS),
    ],
)
def test_the_fact_negates_where_its_words_do(article: str, summary: str, result: CheckResult) -> None:
    """`certainty` compares the two, and takes a verb or adjective that denies for a negation."""
    stated = changed(
        fact(Kind.EXPECTATION, "The talks are expected to resume in May"),
        evidence=(Evidence.of(article, 0, len(article) - 1),),
        summary=summary,
    )
    assert check(stated, Reading(Article(id="n", text=article))).checks["certainty"] is result


@pytest.mark.parametrize(
    ("kind", "words", "actor", "result"),
    [
        (Kind.REQUEST, "Ruun urged Best to release the crew", RUUN, PASS),
        (Kind.REQUEST, "Ruun urged Best to release the crew", BEST, FAIL),  # named there, and urged, not urging
        (Kind.REQUEST, "Ruun urged Best to release the crew", "Tam Osk", FAIL),
        (Kind.REQUEST, "Ruun urged Best to release the crew", "Ada Ru\u200bun", FAIL),
        (Kind.REQUEST, "Ruun urged Best to release the crew", "Ada Ruuп", FAIL),
        (Kind.REQUEST, "Ruun urged Best to release the crew", "Ruun", PASS),
        (Kind.REQUEST, "Ruun urged Best to release the crew", "Oda Ruun", FAIL),
        (Kind.DIRECTIVE, "Rose Palace said Ruun ordered her fleet home", RUUN, PASS),
        (Kind.DIRECTIVE, "Rose Palace said Ruun ordered her fleet home", PALACE, FAIL),
        (Kind.PROPOSAL, "He proposed a swap", BEST, PASS),  # of the sentence before
        (Kind.PROPOSAL, "He proposed a swap", RUUN, FAIL),
        (Kind.TOPIC, "Ruun and Best discussed tin", RUUN, FAIL),  # not alone
        (Kind.REQUEST, "Ruun urged Best to release the crew", None, NOT_APPLICABLE),
        (Kind.NON_COMMITMENT, "did not commit to opening the canal", BEST, PASS),  # the subject stands before the words
        (Kind.NON_COMMITMENT, "did not commit to opening the canal", RUUN, FAIL),
    ],
)
def test_the_actor_is_who_acts(kind: Kind, words: str, actor: str | None, result: CheckResult) -> None:
    """To be named in the words is not enough."""
    assert outcome("actor", fact(kind, words, actor)) is result


def test_what_principals_do_together_is_of_all_of_them() -> None:
    """A contact is both leaders', whoever tells of it; with somebody else in it, it is not."""
    words = "spoke by phone for 40 minutes"
    both = tuple(Actor(name=name, as_written=name) for name in (RUUN, BEST))
    other = (both[0], Actor(name="Tam Osk", as_written="Osk"))
    assert outcome("actor", changed(fact(Kind.MEETING, words), actor=both)) is PASS
    assert outcome("actor", changed(fact(Kind.MEETING, words), actor=other)) is FAIL


@pytest.mark.parametrize(
    ("phrase", "iso", "result"),
    [
        ("30-day", "P30D", PASS),
        ("30-day", None, PASS),
        ("30-day", "P31D", FAIL),
        ("30-day", "PT30H", FAIL),
        ("31-day", "P31D", FAIL),
        ("З0-day", "P30D", FAIL),  # a Cyrillic letter
        ("40 minutes", "PT40M", FAIL),  # of another sentence
    ],
)
def test_the_value_is_what_the_words_say(phrase: str, iso: str | None, result: CheckResult) -> None:
    """The phrase stands in the sentence and means what the value says."""
    value = Value(type=ValueType.DURATION, iso=iso, as_written=phrase)
    assert outcome("value", changed(TRUCE, value=value)) is result


@pytest.mark.parametrize(
    ("phrase", "type_", "iso", "result"),
    [
        ("two", ValueType.NUMBER, "2", PASS),
        ("two", ValueType.NUMBER, "3", FAIL),
        ("7", ValueType.DURATION, "PT7M", PASS),
        ("7", ValueType.DURATION, "PT8M", FAIL),
    ],
)
def test_a_phrase_that_the_grammar_does_not_know_has_its_numbers(
    phrase: str, type_: ValueType, iso: str, result: CheckResult
) -> None:
    """Spelled out as a number, or at least in its digits."""
    stated = fact(Kind.BACKGROUND_EVENT, "The ships passed pier 7 and two harbours")
    value = Value(type=type_, iso=iso, as_written=phrase)
    assert outcome("value", changed(stated, value=value)) is result


def test_an_account_goes_on_over_a_sentence_without_a_cue() -> None:
    """What follows an account may be of its source; of nobody else but the writer."""
    words = "The ships passed pier 7"
    assert outcome("source", fact(Kind.BACKGROUND_EVENT, words, None, PALACE)) is PASS
    assert outcome("source", fact(Kind.BACKGROUND_EVENT, words, None, BEST)) is FAIL
    assert outcome("source", fact(Kind.BACKGROUND_EVENT, words)) is PASS


def test_the_source_is_who_answers_for_the_words() -> None:
    """Another source, or none where there is one, fails; so does a cue that does not stand in the text."""
    assert outcome("source", TRUCE) is PASS
    assert outcome("source", changed(TRUCE, attribution=(*TRUCE.attribution[:1], LIGHTHOUSE.attribution[1]))) is FAIL
    assert outcome("source", changed(TRUCE, attribution=TRUCE.attribution[:1])) is FAIL
    forged = TRUCE.attribution[1].model_copy(update={"cue": Evidence(start=0, end=4, exact="said")})
    assert outcome("source", changed(TRUCE, attribution=(TRUCE.attribution[0], forged))) is FAIL


def test_quoted_words_are_quoted_and_spoken_by_their_speaker() -> None:
    """Words outside quotation marks, other words inside, and another speaker each fail their own check."""
    quote = LIGHTHOUSE.quote
    assert quote
    assert (outcome("quote", LIGHTHOUSE), outcome("speaker", LIGHTHOUSE)) == (PASS, PASS)
    other = quote.model_copy(update={"text": "We will give up the lighthouse"})
    assert outcome("quote", changed(LIGHTHOUSE, quote=other)) is FAIL
    assert admit([changed(LIGHTHOUSE, quote=other)], READING)[0] == ()
    outside = quote.model_copy(update={"text": "Best told reporters"})
    assert outcome("quote", changed(LIGHTHOUSE, quote=outside)) is FAIL
    assert outcome("speaker", changed(LIGHTHOUSE, quote=quote.model_copy(update={"speaker": RUUN}))) is FAIL
    assert outcome("speaker", changed(LIGHTHOUSE, quote=quote.model_copy(update={"speaker": None}))) is NOT_APPLICABLE


def test_beside_a_named_person_nobody_else_speaks() -> None:
    """Where no account covers a quotation, its speaker is named in the sentence, whatever the fact says throughout."""
    text = "Ada Ruun called for peace. Her minister, Gero Pal, was blunter: “No such offer was made.”"
    start = text.index("No such")
    quote = Quote(mode=QuoteMode.DIRECT, text="No such offer was made", speaker=RUUN)
    stated = changed(
        fact(Kind.STATEMENT, "Best", RUUN, RUUN), evidence=(Evidence.of(text, start, start + 22),), quote=quote
    )
    assert check(stated, Reading(Article(id="n", text=text))).checks["speaker"] is FAIL


KINDS = st.sampled_from(list(Kind))
SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 120))


@st.composite
def proposals(draw: st.DrawFn) -> list[Fact]:
    """Facts about any stretch of the text, of any kind, by anybody, with words that stand there or do not."""
    facts = []
    for number in range(draw(st.integers(0, 6))):
        start, length = draw(SPANS)
        evidence = Evidence.of(TEXT, start, min(len(TEXT), start + length))
        if draw(st.booleans()):
            evidence = evidence.model_copy(update={"exact": evidence.exact[::-1]})
        stated = fact(
            draw(KINDS), "Best", draw(st.sampled_from([None, RUUN, BEST, "x"])), draw(st.sampled_from([None, PALACE]))
        )
        facts.append(changed(stated, id=f"call-{number}", evidence=(evidence,) if draw(st.booleans()) else ()))
    return facts


@given(proposals())
def test_no_proposed_fact_disappears(facts: list[Fact]) -> None:
    """Held and rejected together are what was proposed, in its order, each checked, each rejection with its reasons."""
    held, rejected = admit(facts, READING)
    order = [one.id for one in facts]
    assert sorted([one.id for one in held] + [one.fact.id for one in rejected], key=order.index) == order
    assert [one.id for one in held] == [name for name in order if name in {one.id for one in held}]
    for one in held:
        assert not [name for name in REJECTING if one.checks[name] is FAIL]
        assert all(e.stands_in(TEXT) for e in one.evidence)
    for doubt in rejected:
        failed = [name for name in REJECTING if doubt.fact.checks[name] is FAIL]
        assert failed
        assert all(f"{name}: {REJECTING[name]}" in doubt.reason for name in failed)


def test_a_doubtful_actor_or_source_is_flagged_and_kept() -> None:
    """Only what its words speak against is rejected; the rest is for a reader to judge."""
    stated = changed(TRUCE, actor=(Actor(name=BEST, as_written="Best"),))
    [held], rejected = admit([stated], READING)
    assert not rejected
    assert held.checks["actor"] is FAIL


def test_what_the_rules_find_in_plain_news_passes() -> None:
    """The rules' own facts about the sample are admitted with no failed check."""
    held, rejected = admit(propose(READING), READING)
    assert len(held) >= 6
    assert not rejected
    assert not [one.summary for one in held if FAIL in one.checks.values()]


def test_the_verb_that_attributes_may_be_the_act() -> None:
    """Whoever stands in the apposition before "denied" is who denies, so that such a fact is not flagged."""
    text = "President Ada Ruun met Premier Ilo Best. Her aide, Tam Oro, denied that a date was discussed."
    read = Reading(Article(id="x", text=text))
    held, _ = admit(propose(read), read)
    [denial] = [fact for fact in held if fact.kind is Kind.DENIAL]
    assert ([actor.name for actor in denial.actor], denial.checks["actor"]) == (["Tam Oro"], "pass")
