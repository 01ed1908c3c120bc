"""Sentences: text in, numbered stretches of it out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading.segment import LONGEST, sentences
from tests.readings import any_text


def cut(text: str) -> list[str]:
    """The words of each sentence."""
    return [text[s.start : s.end] for s in sentences(text)]


@given(any_text)
def test_nothing_is_lost_or_moved(text: str) -> None:
    """Sentences are in order, apart from each other, without space around; between them stands only white space."""
    at = 0
    for number, sentence in enumerate(sentences(text), start=1):
        assert sentence.number == number
        assert not text[at : sentence.start].strip()
        words = text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
        at = sentence.end
    assert not text[at:].strip()


@given(any_text)
def test_paragraphs_count_up(text: str) -> None:
    """Paragraph numbers grow by one, and only where a line ends; no sentence holds a line end."""
    found = sentences(text)
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)
    for left, right in pairwise(found):
        broken = any(mark in text[left.end : right.start] for mark in "\r\n\u2028\u2029")
        assert right.paragraph - left.paragraph == broken
    assert not any(mark in words for words in cut(text) for mark in "\r\n\u2028\u2029")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks began. They were frank.", ["The talks began.", "They were frank."]),
        ("It began at 10 a.m. GMT on Monday.", ["It began at 10 a.m. GMT on Monday."]),
        ("It began at 10 a.m. They left.", ["It began at 10 a.m.", "They left."]),
        ("Gen. Ekk met Mx. Tarn.", ["Gen. Ekk met Mx. Tarn."]),
        ("They met on Wed. 3 June.", ["They met on Wed. 3 June."]),
        ("They meet on 24 May. It rains.", ["They meet on 24 May.", "It rains."]),
        ("We met.”They left.", ["We met.”", "They left."]),
        ('They met?"They left."', ['They met?"', 'They left."']),
        ("“We met.” They left.", ["“We met.”", "They left."]),
        ("“We met. ”They left.", ["“We met. ”", "They left."]),
        ("They left. “We met,” he said.", ["They left.", "“We met,” he said."]),
        ("“We met. We spoke. We left.”", ["“We met.", "We spoke.", "We left.”"]),
        ("A headline without a stop\nThe talks began", ["A headline without a stop", "The talks began"]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ("   \n\n ", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    """A time or a title ends no sentence, a mark stays with its quotation, a line end always ends one."""
    assert cut(text) == expected


@given(st.lists(st.sampled_from(("They left.", '"We met." ', ". ", "!’", " ", "“", "’1")), max_size=9).map("".join))
def test_marks_that_slip(text: str) -> None:
    """However the marks around sentence ends are put, no sentence begins before the one ahead of it ends."""
    found = sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 5000, "😀" * 4000])
def test_no_sentence_is_endless(text: str) -> None:
    """A stretch without an end is cut, at white space if there is any, and nothing of it is lost."""
    pieces = cut(text)
    assert max(map(len, pieces)) <= LONGEST
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.split()[-1] == "word" for piece in pieces) or " " not in text


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("TEKU, May 6 (NPA) - They met.", "TEKU, May 6 (NPA) -"),
        ("PORT NORVAN — They met.", "PORT NORVAN —"),
        ("Teku, 6 May (NPA). They met.", "Teku, 6 May (NPA)."),
        ("TEKU, May 6. /NPA/. They met.", "TEKU, May 6. /NPA/."),
        ("18.40 They met.", "18.40"),
        ("6:15 pm GMT – They met.", "6:15 pm GMT –"),
        ("President Ruun (NPA) said so.", None),
        ("12.5 million crowns were spent.", None),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(text: str, dateline: str | None) -> None:
    """Where, when and by whom a report was filed is no part of what it says."""
    filed = [text[one.start : one.end] for one in sentences(text) if one.dateline]
    assert filed == ([dateline] if dateline else [])


def test_a_bullet_opens_a_line_like_any_other() -> None:
    """A line that begins with a bullet is cut into its sentences."""
    assert cut("• They met, the office said. Nothing was signed.") == [
        "• They met, the office said.",
        "Nothing was signed.",
    ]


def test_initials_stay_together() -> None:
    """No sentence ends between the letters of an abbreviation, also behind a hyphen."""
    assert len(sentences("“They praised the Kelm-U.N. dialogue on grain,” he said.")) == 1
