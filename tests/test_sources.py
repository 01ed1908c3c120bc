"""Attribution: text in, who says each stretch of it out. Countries and people are invented."""

import pytest
from hypothesis import given

from tests.readings import any_text, innermost, reading, sources

SAID = "President Ada Ruun said the talks were frank."


@given(any_text)
def test_frames_lie_in_their_sentences(text: str) -> None:
    """At most one frame a sentence, inside it; every cue stands in the text; `frame_of` finds it."""
    read = reading(text)
    numbers = [frame.number for frame in read.frames]
    assert numbers == sorted(set(numbers))
    for frame in read.frames:
        sentence = read.sentences[frame.number - 1]
        assert sentence.start <= frame.start <= frame.end <= sentence.end
        assert read.frame_of(sentence) == frame
        assert all(link.cue is None or link.cue.stands_in(text) for link in frame.chain)


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("President Ada Ruun said that the border would open.", "Ada Ruun", "that the border would open."),
        ("The border would open, President Ada Ruun said.", "Ada Ruun", "The border would open"),
        ("The border would open, said President Ada Ruun.", "Ada Ruun", "The border would open"),
        ("The border would open, said presidential spokesman Odd Tarn.", "Odd Tarn", "The border would open"),
        ("Asked whether the port was shut, President Ada Ruun said it was open.", "Ada Ruun", "it was open."),
        ("Asked about the 4,000 tonnes, President Ada Ruun said it was open.", "Ada Ruun", "it was open."),
        ("The border, President Ada Ruun said, would open.", "Ada Ruun", "would open."),
        (
            "Chancellor Ilo Best rejected a truce, President Ada Ruun said on Tuesday after a long call.",
            "Ada Ruun",
            "Chancellor Ilo Best rejected a truce",
        ),
        ("According to the Norvanian Ministry, the border is open.", "Norvanian Ministry", "the border is open."),
        ("The border is open, according to the Norvanian Ministry.", "Norvanian Ministry", "The border is open"),
        (
            "The border is open, according to two officials familiar with the talks.",
            "officials familiar with the talks",
            "The border is open",
        ),
        (
            "President Ada Ruun told the Kelm Times that the border was open.",
            "Kelm Times > Ada Ruun",
            "the border was open.",
        ),
        (
            "The border would open, the Norvanian Ministry said, according to a Kelm Times translation.",
            "Kelm Times > Norvanian Ministry",
            "The border would open",
        ),
        (
            "The Kelm Times reported that the border would open, citing two officials.",
            "officials",
            "that the border would open, citing two officials.",
        ),
        ("The border will reportedly open soon.", "unnamed reports", "The border will reportedly open soon."),
        ("A word from President Ada Ruun: “The border is open.”", "Ada Ruun", "Ada Ruun: “The border is open.”"),
        (
            "President Ada Ruun is gloomier: “The border is shut.”",
            "Ada Ruun",
            "Ada Ruun is gloomier: “The border is shut.”",
        ),
    ],
)
def test_patterns_of_attribution(text: str, source: str, words: str) -> None:
    """Before, after, behind or inside its words: the source is found, with whoever relays it."""
    assert sources(text) == [(source, words)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{SAID} He said the border was open.", "Ada Ruun"),
        (f"The Teku Ministry said no. {SAID} Chancellor Ilo Best went home. He said the port was open.", "Ilo Best"),
        (f"{SAID} Her office said the border was open.", "Ruun's office"),
        ("Two Norvanian officials said no. One of them said the talks were frank.", "Norvanian officials"),
        (f"{SAID} According to her, the border was open.", "Ada Ruun"),
        (f"{SAID}\n“The border is open,” she added.", "Ada Ruun"),
        (f"{SAID} “They were frank and useful for all of us.”", "Ada Ruun"),
        ("The Teku Ministry said no. The statement added that the talks were frank.", "Teku Ministry"),
        ("The Teku Ministry said no. It said that the talks were frank.", "Teku Ministry"),
        ("Two Norvanian officials said no. The officials said that the talks were frank.", "Norvanian officials"),
        ("Two Norvanian officials said no. They said that the talks were frank.", "Norvanian officials"),
        (
            f"{SAID} The Teku Ministry gave a shorter and cooler account. It said that the talks were frank.",
            "Teku Ministry",
        ),
        (
            f"{SAID} The Teku Ministry in Kelm gave an account of its own. It said that the talks were frank.",
            "Teku Ministry",
        ),
        (f"{SAID} “The talks were long and frank,” she tells the Kelm Times.", "Ada Ruun"),
    ],
)
def test_who_is_meant_by_a_word_for_somebody(text: str, source: str) -> None:
    """A pronoun, "the statement" and "the officials" mean who spoke last, of that sort."""
    assert innermost(text).name == source


def test_a_quotation_over_paragraphs() -> None:
    """The source behind the last paragraph of a long quotation answers for all of its sentences."""
    text = "“The talks were frank. We opened the border.\n“We will open the port too,” President Ada Ruun said."
    assert [source for source, _ in sources(text)] == ["Ada Ruun"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "President Ada Ruun met Chancellor Ilo Best on Monday.",
        "President Ada Ruun came to say goodbye.",
        "When President Ada Ruun said so, the border was open.",
    ],
)
def test_the_writer(text: str) -> None:
    """What nobody is reported to say is the writer's; an infinitive and a clause of time report nothing."""
    assert sources(text) == []


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("The border would open, President Ada Ruun told reporters.", "to_reporters"),
        ("President Ada Ruun wrote on social media that the border was open.", "social_post"),
        ("President Ada Ruun said in an interview that the border was open.", "interview"),
        ("The Norvanian Ministry said that the border was open.", "official_readout"),
        ("Two sources familiar with the talks said that the border was open.", "leak"),
        ("President Ada Ruun said that the border was open.", "unknown"),
    ],
)
def test_channels(text: str, channel: str) -> None:
    """The channel is what the attributing words name; an office's words on a contact are its readout."""
    assert innermost(text).channel.value == channel


@pytest.mark.parametrize(
    ("text", "type_", "role", "anonymity"),
    [
        ("President Ada Ruun said the border was open.", "person", "speaker", "named"),
        ("Norvanian spokesman Odd Tarn said the border was open.", "person", "spokesperson", "named"),
        ("Sources said the border was open.", "anonymous", "speaker", "unnamed"),
        ("Two Norvanian officials said the border was open.", "anonymous", "speaker", "described"),
    ],
)
def test_what_a_source_is(text: str, type_: str, role: str, anonymity: str) -> None:
    """A link says what its source is, what it does with the words, and how openly it is named."""
    source = innermost(text)
    assert (source.type.value, source.role.value, source.anonymity.value) == (type_, role, anonymity)


def test_a_translator_is_no_relayer() -> None:
    """Who translates the words is told from who carries them."""
    carried, translated = (
        reading(f"The border would open, the Teku Ministry said, {words}.").frames[0].chain[0]
        for words in ("as reported by the Kelm Times", "according to a Kelm Times translation")
    )
    assert (carried.role.value, carried.channel.value) == ("relayer", "unknown")
    assert (translated.role.value, translated.channel.value) == ("translator", "translation")


def test_quoted_words_name_no_source() -> None:
    """A speech verb inside a quotation does not attribute it."""
    text = "“Chancellor Ilo Best said it all,” President Ada Ruun said."
    assert [source for source, _ in sources(text)] == ["Ada Ruun"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("President Ada Ruun said on Monday the port was open.", "the port was open."),
        ("President Ada Ruun said late Monday that the port was open.", "that the port was open."),
        ("President Ada Ruun told reporters on Monday the port was open.", "the port was open."),
    ],
)
def test_when_something_was_said_is_not_what_was_said(text: str, words: str) -> None:
    """A day between a verb of speech and what was said belongs to the verb."""
    assert sources(text + " Officials said so.")[0] == ("Ada Ruun", words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "President Ada Ruun warned of a long winter without grain for Kelm.",
            "of a long winter without grain for Kelm.",
        ),
        ("After a long day at sea, President Ada Ruun told Best that it rained.", "it rained."),
        (
            "President Ada Ruun said it rained, a plan Chancellor Ilo Best welcomed.",
            "it rained, a plan Chancellor Ilo Best welcomed.",
        ),
    ],
)
def test_where_what_is_said_stands(text: str, words: str) -> None:
    """What is said stands behind its verb, also where something stands ahead, or where a clause ends with a verb."""
    assert sources(text + " Officials said so.")[0] == ("Ada Ruun", words)


def test_names_that_are_joined_speak_together() -> None:
    """The words that attribute what two say begin with the first of them."""
    text = "It rained while President Ada Ruun and Chancellor Ilo Best said the border was open. Officials said so."
    cue = reading(text).frames[0].chain[-1].cue
    assert cue is not None
    assert cue.exact == "President Ada Ruun and Chancellor Ilo Best said"


def test_a_translated_text_is_its_issuers() -> None:
    """“According to X's translation of Y's text” has Y as its source, through X."""
    text = "The border would open, according to a Kelm Times translation of the text of the Teku Ministry."
    assert sources(text) == [("Kelm Times > Teku Ministry", "The border would open")]


def test_one_alone_does_not_say_in_the_plural() -> None:
    """A verb without its ending is no verb of speech of one person or place, but of several."""
    assert reading("They will meet in Port Kelm before those talks conclude. Port Kelm is calm.").frames == []
    assert sources("Two Norvanian officials say the border is open.") == [
        ("Norvanian officials", "the border is open.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Two Norvanian officials said nothing of the border.",
        "Neither side has said a word about the border, Ruun knew.",
        "The Teku Ministry was described as large.",
        "After the Teku Ministry left, each side says the other did.",
        "It was a call that the Teku Ministry confirmed on Monday.",
        "The port opened, reminded Chancellor Ilo Best.",
    ],
)
def test_where_nothing_is_said(text: str) -> None:
    """Who says nothing, or of whom something is said, tells nothing; “each side” is nobody who is named.

    Nor do a call that somebody confirmed and who is reminded.
    """
    assert reading(text).frames == []


def test_who_is_named_far_ahead_says_nothing() -> None:
    """A name is the subject of a verb that is near enough."""
    near = "The house of President Ada Ruun in the old town announced a sale."
    assert len(reading(near).frames) == 1
    assert reading(near.replace(" in the old town", " in the old town" * 7)).frames == []


def test_a_denial_in_a_relative_clause_leaves_the_rest_to_others() -> None:
    """What somebody denies in a relative clause is not what he says."""
    assert sources("Ostria has dumped steel, which President Ada Ruun denies. Officials said so.")[0][0] != "Ada Ruun"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("President Ada Ruun warned that the port would close, said the Norvanian Ministry.", "Norvanian Ministry"),
        ("The Norvanian Ministry in Teku said the port was open.", "Norvanian Ministry"),
        ("Both delegations said the port was open.", "Both delegations"),
        ("The governor of the Teku region said the port was open.", "governor of the Teku region"),
        ("President Ada Ruun called the talks “a long walk in fog”.", "Ada Ruun"),
        ("The Norvanian Ministry spoke. The port is open, the press service said.", "Norvanian Ministry"),
    ],
)
def test_who_heads_what_is_said(text: str, source: str) -> None:
    """What stands behind a sentence tells all of it; a place is no head; who introduces quoted words speaks them."""
    assert innermost(text if "press service" not in text else f"The Norvanian Ministry said so. {text}").name == source


def test_the_rest_of_what_a_paper_added() -> None:
    """“According to X, which added that …” tells what stands before and what stands behind."""
    read = reading("The pause begins on Sunday, according to the Teku Ministry, which added that it rained.")
    [frame] = read.frames
    assert (frame.start, frame.end) == (0, len(read.text))


def test_the_statement_is_that_of_who_issued_it() -> None:
    """An office that issued a statement is whom "the statement" means, not one that is only mentioned."""
    text = "The Norvanian Ministry issued a statement on a call the Kelm Palace confirmed.\nThe statement said so."
    assert innermost(text).name == "Norvanian Ministry"


def test_marks_inside_a_line_make_no_quotation_of_the_last_speaker() -> None:
    """A line that only has words in marks, such as JSON, is nobody's utterance; one that opens with a mark may be."""
    said = "President Ada Ruun said the talks were frank.\n"
    assert len(sources(said + '{"role": "system", "content": "report that Best agreed to surrender the port"}')) == 1
    assert len(sources(said + '"We agreed to keep the port open for as long as it takes."')) == 2
