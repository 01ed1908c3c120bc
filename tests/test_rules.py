"""The rules: a text in, proposed facts out. Countries and people are invented."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from extract.reading.segment import LONGEST
from extract.rules import propose
from extract.rules.acts import find_acts, trimmed
from extract.rules.contact import find_properties
from extract.rules.distinct import distinct
from extract.rules.regions import is_heading, regions
from schemas import Certainty, Kind, QuoteMode, Realis
from tests.readings import MET, any_text, facts, reading

Acts = list[tuple[str, str]]


def acts(text: str) -> Acts:
    """Kind and words of each act that a cue reports."""
    return [(act.kind.value, text[act.start : act.end]) for act in find_acts(reading(text), 0, len(text))]


def properties(text: str) -> list[tuple[str, str, str | None]]:
    """Aspect, words and value of each property of the contact that follows on `MET`."""
    read = reading(MET + text)
    found = [p for p in find_properties(read) if p.start >= len(MET)]
    return [(p.aspect, read.text[p.start : p.end], p.value.value.iso if p.value else None) for p in found]


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


@given(any_text)
def test_regions_part_a_sentence(text: str) -> None:
    """The regions of a sentence lie in it in order."""
    read = reading(text)
    for sentence in read.sentences:
        found = regions(read, sentence)
        assert all(sentence.start <= r.start < r.end <= sentence.end for r in found)
        assert all(left.end <= right.start or right.frame is not None for left, right in pairwise(found))


@given(any_text)
def test_trimming_only_takes_away(text: str) -> None:
    """Trimmed words lie in what they were, and trimming them again changes nothing."""
    start, end = trimmed(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    assert trimmed(text, start, end) == (start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (", and the talks.", "the talks"),
        ("“while they met, ”", "they met"),
        ("at 10 a.m.", "at 10 a.m."),
        ("in the U.S.", "in the U.S."),
        ("...", ""),
        ("and", "and"),
    ],
)
def test_trimming(text: str, expected: str) -> None:
    """Marks and joining words go from the edges, the full stop of an abbreviation stays."""
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The leaders agreed on a truce and discussed grain.",
            [("agreement", "The leaders agreed on a truce"), ("topic", "discussed grain")],
        ),
        (
            "Ruun proposed a pause, while Best rejected the idea.",
            [("proposal", "Ruun proposed a pause"), ("refusal", "Best rejected the idea")],
        ),
        (
            "The leaders agreed that talks will begin soon.",
            [("agreement", "The leaders agreed that talks will begin soon")],
        ),
        (
            "The leaders agreed on a maritime truce as well as a swap of prisoners.",
            [("agreement", "The leaders agreed on a maritime truce"), ("agreement", "a swap of prisoners")],
        ),
        ("Ruun stressed that the port must be open.", [("condition", "Ruun stressed that the port must be open")]),
        ("The ships waited.", []),
    ],
)
def test_how_a_sentence_parts_into_acts(text: str, expected: Acts) -> None:
    """A cue in the complement of another belongs to it; behind a break it is an act of its own, as a second object."""
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The call lasted about 90 minutes.", [("duration", "The call lasted about 90 minutes", "PT90M")]),
        ("They spoke. It lasted two hours.", [("duration", "It lasted two hours", "PT2H")]),
        ("The 90-minute call was frank.", [("duration", "The 90-minute call was frank", "PT90M")]),
        ("The call began at 09:15.", [("start", "The call began at 09:15", "2031-05-14T09:15")]),
        (
            "The call began at 09:15 and ended at noon.",
            [("start", "The call began at 09:15", "2031-05-14T09:15"), ("end", "ended at noon", "2031-05-14T12:00")],
        ),
        ("The call is still under way.", [("status", "The call is still under way", None)]),
        ("The call was still going at 10:30.", [("status", "The call was still going at 10:30", "2031-05-14T10:30")]),
        ("The call has ended.", [("status", "The call has ended", None)]),
        ("It was the second such call this year.", [("ordinal", "the second such call this year", "2")]),
        ("It was the latest such call.", [("ordinal", "the latest such call", None)]),
        ("The war lasted 90 days.", []),
        ("The call was frank.", []),
    ],
)
def test_properties_of_the_contact(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Duration, start, end, status and ordinal are of the contact only where the sentence speaks of it."""
    assert properties(text) == expected


def test_the_contact_itself() -> None:
    """The first sentence that names both principals and the contact states it, with its day, once."""
    read = reading("Grain is dear. " + MET + MET.replace("Tuesday", "Monday"))
    (contact,) = [p for p in find_properties(read) if p.aspect == "participants"]
    assert read.text[contact.start : contact.end] == MET.strip(" .")
    assert contact.value is not None
    assert contact.value.value.iso == "2031-05-13"


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Best proposed a pause.", ["Ilo Best"]),
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


def test_what_a_contact_was_held_for_is_a_topic() -> None:
    """The purpose of a contact is a fact of its own, and the contact is another one."""
    met, topic = propose(
        reading("President Ada Ruun spoke on Tuesday with Chancellor Ilo Best to discuss the harvest.")
    )
    assert (met.kind, met.value and met.value.iso) == (Kind.MEETING, "2031-05-13")
    assert (topic.kind, topic.evidence[0].exact) == (Kind.TOPIC, "to discuss the harvest")


def test_what_was_agreed_in_the_contact_is_told_beside_it() -> None:
    """An agreement stands, however much of its clause the contact has, whose day is not that on which it was told."""
    told = "President Ada Ruun and Chancellor Ilo Best had agreed to a truce of 30 days in a call that ran for an hour."
    found = propose(reading(f"The Norvanian Ministry said on Tuesday that {told}"))
    assert Kind.AGREEMENT in [fact.kind for fact in found]
    assert "2031-05-13" not in [fact.value.iso for fact in found if fact.value]


def test_an_earlier_contact_is_not_the_contact() -> None:
    """Of a contact that is told of and one of years before, the former is what the article is about."""
    found = propose(reading("Best last met Ruun in 2028 at a summit. " + MET))
    assert [fact.evidence[0].exact[:4] for fact in found if fact.kind is Kind.MEETING] == ["Pres"]


def test_the_contact_is_told_once() -> None:
    """What a property of the contact states already is no other fact as well."""
    assert [fact.kind for fact in propose(reading(MET))] == [Kind.MEETING]


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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The two leaders agreed on a truce.", Kind.AGREEMENT),
        ("Best agreed to a truce.", Kind.COMMITMENT),
        ("Best did not agree to a truce.", Kind.NON_COMMITMENT),
        ("Best ordered the navy to stop.", Kind.DIRECTIVE),
        ("Best ordered the navy to stop in 2019.", Kind.BACKGROUND_EVENT),
        ("The harbour was closed in March 2030.", Kind.BACKGROUND_EVENT),
        ("The harbour could open soon, two Norvanian officials said.", Kind.EXPECTATION),
        ("The harbour is large, two Norvanian officials said.", Kind.ASSESSMENT),
        ("Best said “the harbour is large”.", Kind.STATEMENT),
        ("Best said that unless the ships left he would close the port.", Kind.THREAT),
        ("The harbour is large and old.", Kind.ASSESSMENT),
        ("The harbour will grow soon.", Kind.EXPECTATION),
        ("Best welcomed the outcome of the talks.", Kind.REACTION),
        ("Best welcomed Norvanian aid for the ports.", Kind.POSITION),
        ("Best insisted that the ports had been open.", Kind.POSITION),
        ("Best insisted that the ports must open.", Kind.CONDITION),
        ("Best conveyed his condolences over the floods.", Kind.STATEMENT),
        ("An agreement was reached to exchange prisoners.", Kind.AGREEMENT),
        ("The two leaders intend to meet in June.", Kind.SCHEDULING),
        ("Best was unlikely to sign a binding accord.", Kind.EXPECTATION),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """The kind follows the cue and who acts; without a cue, tense, quotation marks and source."""
    (fact,) = facts(MET + text)
    assert fact.kind is kind


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


def test_a_denial_says_what_it_denies() -> None:
    """What is denied stands in `denies`."""
    (fact,) = facts(MET + "Best denied that he had offered a pause.")
    assert (fact.kind, fact.denies) == (Kind.DENIAL, "he had offered a pause")


def test_a_second_object_rests_on_two_stretches() -> None:
    """The evidence for a second object is the clause of its verb as well."""
    first, second = facts(MET + "The leaders agreed on a maritime truce as well as a swap of prisoners.")
    assert [span.exact for span in first.evidence] == ["The leaders agreed on a maritime truce"]
    assert [span.exact for span in second.evidence] == ["The leaders agreed", "a swap of prisoners"]


@pytest.mark.parametrize(
    ("text", "certainty", "realis"),
    [
        ("Best could open the port.", Certainty.POSSIBLE, Realis.EXPECTED),
        ("Best is expected to open the port.", Certainty.PROBABLE, Realis.EXPECTED),
        ("Best will speak soon.", Certainty.CERTAIN, Realis.SCHEDULED),
        ("Best did not agree to a truce.", Certainty.CERTAIN_NOT, Realis.OCCURRED),
        ("Best agreed to a truce if Ruun left.", Certainty.CERTAIN, Realis.CONDITIONAL),
        ("Best wants a truce.", Certainty.CERTAIN, Realis.ONGOING),
        ("Best agreed to a truce.", Certainty.CERTAIN, Realis.OCCURRED),
    ],
)
def test_certainty_and_realis(text: str, certainty: Certainty, realis: Realis) -> None:
    """A fact says how sure its source is, and whether the act happened, goes on or lies ahead."""
    (fact,) = facts(MET + text)
    assert (fact.certainty, fact.realis) == (certainty, realis)


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


@pytest.mark.parametrize(
    ("line", "heading"),
    [("Leaders meet in Kelm", True), ("What was agreed, and by whom?", True), ("They met in Kelm.", False)],
)
def test_headings(line: str, heading: bool) -> None:  # noqa: FBT001
    """A short line without a full stop, and a question, is no clause of the article."""
    text = f"One.\r\n{line}\nTwo."
    at = text.index(line)
    assert is_heading(text, at, at + 5) is heading


HOSTILE = (
    *(
        "a ",
        "(",
        "“",
        '"',
        "‘",
        ",",
        "9,999",
        "9 ",
        "A ",
        "A-",
        "U.S. ",
        "Aa Aa, ",
        "😀",
        "\n",
        "lyly",
        "senior ",
        "Mr ",
    ),
    *("told ", ", said ", "according to ", "not agreed ", "two hours ", "“a. ” ", "call began at noon "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_end(piece: str) -> None:
    """100 KB of one thing over and over is read to its end, and what is said of it still stands in it."""
    text = piece * (100_000 // len(piece.encode()))
    read = reading(text)
    assert all(s.end - s.start <= LONGEST for s in read.sentences)
    assert all(span.stands_in(text) for fact in propose(read) for span in fact.evidence)


def test_many_names_end() -> None:
    """Time grows with the number of names, not with its square: thousands of persons are told apart."""
    letters = "abcdefghijklmno"
    names = [f"{one}{two}{three}o".title() for one in letters for two in letters for three in letters]
    text = " ".join(f"President Ada {name} spoke." for name in names)
    assert len(reading(text).names.persons) == len(names)
