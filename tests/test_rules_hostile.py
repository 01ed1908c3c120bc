"""Texts made to be slow: reading them ends."""

import pytest

from extract.reading.segment import LONGEST
from extract.rules import propose
from tests.readings import reading

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
