"""Facts of the rules: who acts, towards whom, and the other fields. Countries and people are invented."""

import pytest
from hypothesis import given, settings

from extract.rules.distinct import distinct
from schemas import Kind, QuoteMode
from tests.readings import MET, any_text, facts


@given(any_text)
@settings(max_examples=200)
def test_evidence_stands_in_the_text(text: str) -> None:
    """All that a proposed fact quotes stands in the text: evidence, cues, value, quoted words, names as written."""
    found = facts(text)
    assert [fact.id for fact in found] == [f"x-{n:02d}" for n in range(1, len(found) + 1)]
    for fact in found:
        assert fact.evidence
        assert all(span.stands_in(text) for span in fact.evidence)
        assert all(link.cue is None or link.cue.stands_in(text) for link in fact.attribution)
        assert fact.value is None or fact.value.as_written in text
        assert fact.quote is None or fact.quote.text in text
        assert all(actor.as_written in text for actor in (*fact.actor, *fact.target))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Best proposed a pause.", ["Ilo Best"]),
        ("Ruun and her Kelmi counterpart, Ilo Best, proposed a pause.", ["Ada Ruun", "Ilo Best"]),
        ("Ruun and Best proposed a pause.", ["Ada Ruun", "Ilo Best"]),
        ("Both leaders discussed grain.", ["Ada Ruun", "Ilo Best"]),
        ("They discussed grain.", ["Ada Ruun", "Ilo Best"]),
        ("In talks with Best, Ruun proposed a pause.", ["Ada Ruun"]),
        ("Ruun’s envoy Odd Tarn proposed a pause.", ["Odd Tarn"]),
        ("Best said he proposed a pause.", ["Ilo Best"]),
        ("Best said “we proposed a pause”.", ["Ilo Best"]),
        ("Best said that the port must be open.", ["Ilo Best"]),
        ("Best said that Ruun must open the port.", ["Ilo Best"]),
        ("The Teku Ministry said it proposed a pause.", ["Teku Ministry"]),
        ("At the end of the visit the Teku Ministry proposed a pause.", ["Teku Ministry"]),
        ("In Kelm, two Norvanian officials proposed a pause.", ["Norvanian officials"]),
        ("It is expected that the Harbour Council will grow.", ["Harbour Council"]),
        ("It is expected that prices will grow.", []),
        ("A statement from the Teku Ministry did not mention grain.", ["Teku Ministry"]),
        ("The pause will begin on Friday.", []),
        ("“I asked Ruun, and she proposed a long pause,” Best said.", ["Ada Ruun"]),
        ("The Teku Ministry said a boat had hit the quay.", []),
    ],
)
def test_who_acts(text: str, actors: list[str]) -> None:
    """The subject is who is named before the cue and no object of a preposition; else whom its pronoun means."""
    (fact,) = facts(MET + text)
    assert [actor.name for actor in fact.actor] == actors


def test_it_means_the_body_that_speaks() -> None:
    """In the words of an office, "it" is the office, not who acted before."""
    fact = facts(MET + "Ruun proposed a truce. The Teku Ministry said it proposed a pause.")[-1]
    assert [actor.name for actor in fact.actor] == ["Teku Ministry"]


def test_a_topic_is_everybodys() -> None:
    """Whoever brings a topic up, all parties of the contact are its actors."""
    (fact,) = facts(MET + "Best briefed Ruun on the harvest.")
    assert (fact.kind, [actor.name for actor in fact.actor]) == (Kind.TOPIC, ["Ada Ruun", "Ilo Best"])


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("Best urged Ruun to withdraw.", ["Ilo Best"], ["Ada Ruun"]),
        ("Best proposed a truce of 30 days.", ["Ilo Best"], ["Ada Ruun"]),
        ("Best supported Ruun’s plan for the ports.", ["Ilo Best"], ["Ada Ruun"]),
        ("Best supported a truce.", ["Ilo Best"], []),
        ("Best instructed his staff to prepare a list.", ["Ilo Best"], ["staff"]),
        ("Best stressed that Norvanian officials were sabotaging the truce.", ["Ilo Best"], ["Norvanian officials"]),
        ("Best accused Ruun of sabotage.", ["Ilo Best"], ["Ada Ruun"]),
    ],
)
def test_towards_whom(text: str, actors: list[str], targets: list[str]) -> None:
    """The target is whom the words behind a cue name, the other party of a proposal, who is ordered or blamed."""
    (fact,) = facts(MET + text)
    assert [actor.name for actor in fact.actor] == actors
    assert [actor.name for actor in fact.target] == targets


def test_a_question_claims_nothing() -> None:
    """What the writer asks the reader is no fact, unlike what somebody is quoted as asking."""
    assert facts(MET + "Did Best propose a pause?") == []


def test_how_the_contact_went_is_no_act_that_others_are_part_of() -> None:
    """What the sides talked about is a fact beside how long they talked."""
    found = facts(MET + "In the talks, which lasted two hours, the leaders exchanged views on grain.")
    assert [fact.kind for fact in found if fact.kind is not Kind.BACKGROUND_EVENT] == [Kind.MEETING, Kind.TOPIC]


def test_what_each_side_does_with_it_is_a_clause_of_its_own() -> None:
    """Blame behind “with each side” is a fact beside what came to pass, and both sides lay it."""
    found = facts(MET + "An earlier truce fell apart in March, with each side accusing the other.")
    assert [fact.kind for fact in found] == [Kind.BACKGROUND_EVENT, Kind.ACCUSATION]
    assert [actor.name for actor in found[-1].actor] == ["Ada Ruun", "Ilo Best"]


def test_an_act_of_its_own_behind_and() -> None:
    """What is announced beside another act is an act of its own."""
    found = facts(MET + "Best welcomed the plan for the ports and announced that he will provide 60 boats.")
    assert [fact.kind for fact in found] == [Kind.POSITION, Kind.COMMITMENT]


def test_whose_paper_leaves_something_out() -> None:
    """A statement that does not mention a thing is silent for the office whose it is."""
    fact = facts(MET + "The Teku Ministry said no. The note made no mention of grain.")[-1]
    assert (fact.kind, [actor.name for actor in fact.actor]) == (Kind.ABSENCE, ["Teku Ministry"])


def test_his_country_is_the_speakers() -> None:
    """What “her country” would do is done by the country of who says so."""
    met = "Kelm’s President Ada Ruun met Chancellor Ilo Best on Tuesday. Kelm left. "
    found = facts(met + "Ruun told reporters that her country would lift the ban.")
    assert [actor.name for actor in found[-1].actor] == ["Kelm"]


def test_the_end_of_an_abbreviated_month_parts_no_act() -> None:
    """The full stop of “Sept.” ends no act."""
    found = facts(MET + "Envoys are due to meet in Teku on Sept. 24 to discuss grain.")
    assert found[-1].value is not None
    assert found[-1].value.as_written == "Sept. 24"


def test_the_end_of_an_abbreviated_title_parts_no_act() -> None:
    """The full stop of “Gov.” ends no act, as it ends no sentence."""
    (fact,) = facts(MET + "Envoys are due to meet with Gov. Tarn to discuss grain.")
    assert fact.evidence[0].exact == "Envoys are due to meet with Gov. Tarn to discuss grain"


def test_two_objects_behind_on() -> None:
    """“On one thing and on another” are two objects of one verb."""
    found = facts(MET + "The leaders agreed on the opening of ports and on the exchange of lists.")
    assert [fact.object for fact in found] == ["opening of ports", "exchange of lists"]


def test_an_account_goes_on_with_what_was_noted() -> None:
    """“It was noted that …” is told by the office whose account the paragraph relays."""
    text = "Best agreed to a pause, the Teku Ministry said. It was noted that trade had grown."
    assert facts(MET + text)[-1].primary_source.name == "Teku Ministry"


def test_the_parts_of_a_fact() -> None:
    """A fact has its object, value, quotation, source and the words that say so, from the attributing words on."""
    (fact,) = facts(MET + "Best said “we agreed to a truce of 30 days”.")
    assert fact.object == "truce of 30 days"
    assert fact.value is not None
    assert fact.value.iso == "P30D"
    assert fact.quote is not None
    assert (fact.quote.mode, fact.quote.text, fact.quote.speaker) == (
        QuoteMode.MIXED,
        "we agreed to a truce of 30 days",
        "Ilo Best",
    )
    assert [link.name for link in fact.attribution] == ["article", "Ilo Best"]
    assert fact.evidence[0].exact == "Best said “we agreed to a truce of 30 days"


def test_who_met_is_who_agreed() -> None:
    """What the sentence of the contact goes on with is done by whom it names, and no part of the contact's words."""
    met, agreed = facts("President Ada Ruun spoke with Chancellor Ilo Best on Tuesday and agreed to open the port.")
    assert (agreed.kind, [actor.name for actor in agreed.actor]) == (Kind.AGREEMENT, ["Ada Ruun", "Ilo Best"])
    assert met.evidence[0].exact.endswith("on Tuesday")


def test_credits_are_no_fact() -> None:
    """Who wrote and edited a report is no part of it."""
    assert facts(MET + "(Reporting by Norwire staff in Teku and Kelm; editing by Odd Tarn)") == []


def test_what_is_asked_is_nobodys_claim() -> None:
    """A question of the press states nothing; what is answered to it does, and is said to the press."""
    (answer,) = facts(MET + "Asked whether Kelm had agreed to a truce, Best said there was no such offer.")
    assert (answer.kind, answer.primary_source.name) == (Kind.DENIAL, "Ilo Best")
    assert [span.exact for span in answer.evidence] == ["Best said there was no such offer"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Teku Ministry said the port had not been discussed.", "Teku Ministry"),
        ("The Teku Ministry made no mention of the port.", "article"),
    ],
)
def test_who_tells_of_a_silence(text: str, source: str) -> None:
    """What was left out is seen by the writer alone, unless somebody says so."""
    (fact,) = facts(MET + text)
    assert (fact.kind, fact.primary_source.name) == (Kind.ABSENCE, source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Best agreed to reply tomorrow.", "tomorrow"),
        ("Best agreed to reply tonight.", "tonight"),
        ("Best agreed on Tuesday to reply.", None),
        ("Best cannot accept a quota below 61,000 tonnes.", "61,000"),
        ("Best agreed to a 30-day pause in the fighting.", "30-day"),
        ("Best agreed to end the 30-day war.", None),
        ("Best agreed to a pause a day after the storm.", None),
        ("Best agreed to send 60 boats over the next three months.", "60"),
    ],
)
def test_the_term_of_an_act(text: str, words: str | None) -> None:
    """Its length or amount, or a day that lies ahead; neither the day on which it was done nor the age of a war."""
    (fact,) = facts(MET + text)
    assert (fact.value and fact.value.as_written) == words


def test_a_denial_says_what_it_denies() -> None:
    """What is denied stands in `denies`."""
    (fact,) = facts(MET + "Best denied that he had offered a pause.")
    assert (fact.kind, fact.denies) == (Kind.DENIAL, "he had offered a pause")


def test_a_second_object_rests_on_two_stretches() -> None:
    """The evidence for a second object is the clause of its verb as well."""
    first, second = facts(MET + "The leaders agreed on a maritime truce as well as a swap of prisoners.")
    assert [span.exact for span in first.evidence] == ["The leaders agreed on a maritime truce"]
    assert [span.exact for span in second.evidence] == ["The leaders agreed", "a swap of prisoners"]


def test_a_readout_runs_on() -> None:
    """What both discussed is the readout's too, in its paragraph or between two sentences of it; else the writer's."""
    before, topic, after = "Officials of Kelm said so.", "The leaders discussed grain.", "The officials said no."
    readout = "The Teku Ministry said the talks were good."
    assert source_of_topic(f"{readout} {topic}") == "Teku Ministry"
    assert source_of_topic(f"{readout}\n{topic}") == "article"
    assert source_of_topic(f"{before}\n{topic}\n{after}") == "Officials"
    assert source_of_topic(f"{before}\n{topic}\n{readout}") == "article"


def source_of_topic(text: str) -> str:
    """The primary source of the only topic in the text."""
    (topic,) = [fact for fact in facts(MET + text) if fact.kind is Kind.TOPIC]
    return topic.primary_source.name


def test_headlines_repeat() -> None:
    """What a later sentence says again, in nearly the same words, is one fact; another value makes another."""
    first = "Best agreed to a truce with the rebels of 30 days."
    assert len(facts(MET + first + "\n" + first)) == 1
    assert len(facts(MET + first.replace("the rebels", "rebels") + "\n" + first)) == 1
    assert len(facts(MET + first + "\n" + first.replace("30", "90"))) == 2
    (fact,) = facts(MET + first)
    assert distinct([fact, fact.model_copy(update={"object": "rebels' truce"})]) != [fact]
