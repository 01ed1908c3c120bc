"""A sentence in, its stretches and the acts reported there out. Countries and people are invented."""

from itertools import pairwise

import pytest
from hypothesis import given

from extract.rules.acts import find_acts, trimmed
from extract.rules.regions import is_heading, regions
from tests.readings import any_text, reading

Acts = list[tuple[str, str]]


def acts(text: str) -> Acts:
    """Kind and words of each act that a cue reports."""
    return [(act.kind.value, text[act.start : act.end]) for act in find_acts(reading(text), 0, len(text))]


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
        ("• They met.", "They met"),
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
    ("line", "heading"),
    [("Leaders meet in Kelm", True), ("What was agreed, and by whom?", True), ("They met in Kelm.", False)],
)
def test_headings(line: str, heading: bool) -> None:  # noqa: FBT001
    """A short line without a full stop, and a question, is no clause of the article."""
    text = f"One.\r\n{line}\nTwo."
    at = text.index(line)
    assert is_heading(text, at, at + 5) is heading
