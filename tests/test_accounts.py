"""Whole texts that have one teller: accounts, transcripts, reprints. Text in, who says each stretch of it out."""

import pytest

from tests.readings import facts, sources

ACCOUNT = (
    "President Ada Ruun spoke by phone with Chancellor Ilo Best on Monday. Ruun stressed that the border must open. "
    "Best noted the talks on grain. The leaders agreed to keep in touch."
)


def test_an_account_has_no_source_but_its_publisher() -> None:
    """Where nobody but the parties "stresses" anything, the text is one side's own account of the contact."""
    assert sources(ACCOUNT) == []
    assert sources(f"{ACCOUNT} “We are ready,” Best noted.") == [("Ilo Best", "“We are ready,”")]
    assert ("Ada Ruun", "that the border must open.") in sources(f"{ACCOUNT} Officials said so.")
    assert sources(f"{ACCOUNT} Ruun said that the port was open.") == []
    told = f"{ACCOUNT} Ruun told reporters that the port was open."
    assert ("Ada Ruun", "the port was open.") in sources(told)


def test_the_title_of_a_readout_makes_it_one() -> None:
    """In a text that is titled as a readout, only quoted words have a source, and the lead is the contact."""
    text = "Readout of President Ada Ruun’s Call with Chancellor Ilo Best\nRuun said on Monday that the port was open. "
    assert sources(text + "Two officials noted that it rained.") == []
    assert sources(text + "“We are ready,” Best said.") == [("Ilo Best", "“We are ready,”")]
    met = facts(text + "President Ada Ruun spoke today with Chancellor Ilo Best.")
    assert not any("Readout" in fact.evidence[0].exact for fact in met)


TRANSCRIPT = """MODERATOR: Good evening. President Ada Ruun will speak later.
MS. TARN: Ruun made clear to Best that the ports must open.
Q Did Ruun offer Best a truce?
MS. TARN: Ruun offered nothing of the kind.
"""


def test_a_turn_is_said_by_whose_it_is() -> None:
    """In a transcript the label says who speaks until the next one; who only asks or moderates tells no facts."""
    found = facts("Ambassador Lea Tarn briefed the press.\n" + TRANSCRIPT)
    told = [fact for fact in found if len(fact.attribution) > 1]
    assert {fact.primary_source.name for fact in told} == {"Lea Tarn"}
    assert {fact.primary_source.channel.value for fact in told} == {"press_briefing"}
    assert not any("truce" in fact.evidence[0].exact or "later" in fact.evidence[0].exact for fact in found)


@pytest.mark.parametrize(
    "text",
    [
        "KELM (NPA): President Ada Ruun said that it rained.\nKELM (NPA): Ruun met officials.\nKELM (NPA): They left.",
        "KEY POINTS: It rained.\nKEY POINTS: It snowed.\nNOTE: Much.\nPresident Ada Ruun said that it rained.",
        "Ruun’s call with Best ended, President Ada Ruun said. Two officials said so.",
    ],
)
def test_what_is_neither_a_transcript_nor_a_readout(text: str) -> None:
    """Datelines and boxes are nobody's turns, and a sentence that begins like a readout's title is none."""
    assert "Ada Ruun" in {source for source, _ in sources(text)}
    assert not {"Kelm (npa)", "Note", "Key Points"} & {source for source, _ in sources(text)}


def test_an_account_that_an_article_relays_goes_on() -> None:
    """An office's account from the start tells all that its parties stressed, until somebody else speaks."""
    told = "President Ada Ruun spoke with Chancellor Ilo Best, the Norvanian Ministry said. "
    more = "They met.\nRuun stressed that the border must open.\nThe call was frank.\nIt was long.\nThey laughed.\n"
    text = told + more + "Best noted the talks on grain.\nTwo officials said so.\nRuun stressed that all was well."
    names = [name for name, _ in sources(text)]
    assert names == ["Norvanian Ministry", "Norvanian Ministry", "Norvanian Ministry", "officials", "Ada Ruun"]


def test_a_reprinted_statement_is_its_issuers() -> None:
    """What follows “the text of a statement issued by …” is told by that office, until somebody else speaks."""
    met = "Foreign Minister Ada Ruun met Foreign Minister Ilo Best. The ministers agreed on a truce. "
    for head in (
        "The following is the text of a statement issued by the Teku Ministry on Monday",
        "The Teku Ministry released the following readout on Monday",
    ):
        told = {fact.primary_source.name for fact in facts(f"{head}:\n\n{met * 4}")}
        assert told == {"Teku Ministry"}
