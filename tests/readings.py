"""A text in, its reading out: what the tests of reading and rules share. Countries and people are invented."""

from datetime import date

from hypothesis import strategies as st

from extract.reading.article import Reading
from extract.rules import propose
from schemas import Article, Fact

ANCHOR = date(2031, 5, 14)  # a Wednesday
MET = "President Ada Ruun met Chancellor Ilo Best on Tuesday. "

# Pieces of which news text, whole and broken, is made.
PIECES = (
    *(
        "President Ada Ruun",
        "Chancellor Ilo Best",
        "Ruun",
        "the Emir of Kelm",
        "Kelm’s government",
        "Norvanian officials",
    ),
    *(
        "the Kelm Times",
        "two sources close to the talks",
        "They",
        "he",
        "it",
        "The statement",
        "both leaders",
        "Mr. Ekk",
    ),
    *(
        " said ",
        " told ",
        " agreed to ",
        " did not agree ",
        " added that ",
        "according to ",
        " ordered ",
        " met ",
        "the call ",
    ),
    *(
        "reportedly ",
        " lasted about 90 minutes",
        " at 10 a.m. GMT",
        " on Tuesday",
        " in March 2030",
        " for two and a half hours",
    ),
    *(
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "(",
        ")",
        ",",
        ".",
        "…",
        "!",
        "?",
        ";",
        ":",
        "—",
        " - ",
        " ",
        "  ",
        "\u00a0",
    ),
    *(
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        "\t",
        "é",
        "İ",
        "ß",
        "😀",
        "👩‍🚀",
        "Ω",
        "中文",
        "١٢",
        "9",
        "1,000",
        "99999 days ago",
        "U.S.",
    ),
    *(
        " and ",
        " but ",
        " while ",
        " that ",
        " unless ",
        " must ",
        " will ",
        " by Friday",
        " a truce",
        " the border",
        "30 days",
    ),
)
any_text = st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=50).map("".join)


def reading(text: str, anchor: date | None = ANCHOR) -> Reading:
    """The text, read as an article of that day."""
    return Reading(Article(id="x", text=text, anchor_date=anchor))


def facts(text: str, anchor: date | None = ANCHOR) -> list[Fact]:
    """What the rules propose for the text, less the first contact that `MET` states."""
    found = propose(reading(text, anchor))
    return [fact for fact in found if fact.evidence[0].start >= len(MET)] if text.startswith(MET) else found
