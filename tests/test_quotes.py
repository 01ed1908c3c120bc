"""Quotations: text in, the stretches between quotation marks out."""

import pytest
from hypothesis import given

from extract.reading.quotes import Quotation, find_quotations, mask
from extract.reading.stretches import overlapping
from tests.readings import any_text


def quoted(text: str) -> list[str]:
    """The words of each quotation."""
    return [text[q.start : q.end] for q in find_quotations(text)]


@given(any_text)
def test_quotations_never_overlap(text: str) -> None:
    """Quotations come in order, are never empty, lie in the text, and none reaches into the next."""
    at = 0
    for quotation in find_quotations(text):
        assert at <= quotation.start < quotation.end <= len(text)
        at = quotation.end


@given(any_text)
def test_mask_keeps_offsets(text: str) -> None:
    """Masking changes quoted code points to a dot and nothing else, so that every offset stays."""
    quotations = find_quotations(text)
    masked = mask(text, quotations)
    assert len(masked) == len(text)
    inside = {at for q in quotations for at in range(q.start, q.end)}
    assert all(masked[at] == ("·" if at in inside else text[at]) for at in range(len(text)))


@given(any_text)
def test_overlapping_finds_what_a_look_at_all_finds(text: str) -> None:
    """Bisection gives the quotations that share a code point with a stretch, as comparing with each would."""
    found = find_quotations(text)
    for start in range(0, len(text), 7):
        end = min(len(text), start + 11)
        assert list(overlapping(found, start, end)) == [q for q in found if q.start < end and start < q.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We met,” he said.", ["We met,"]),
        ('"We met," he said.', ["We met,"]),
        ("«We met», he said.", ["We met"]),
        ("‘We met,’ he said.", ["We met,"]),
        ("Kelm’s port and the leaders’ talks", []),
        ("Kelm's port, the leaders' talks and the ministers' talks", []),
        ("He said: ‘It is Kelm’s port.’", ["It is Kelm’s port."]),
        ("“He called it a ‘truce’ today.”", ["He called it a ‘truce’ today."]),
        ("”We met,” he said.", ["We met,"]),
        ("“We met. We left.", ["We met. We left."]),
        ("“We met.\n“We left.”", ["We met.", "We left."]),
        ("“We met.\nWe left.” They slept.", ["We met.\nWe left."]),
        ("“We met.\nNobody closes this.\nNor this.", ["We met."]),
        ("“”", []),
        ("He was 6' tall.", []),
    ],
)
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    """Marks of every sort pair up; an open quotation ends with its paragraph unless the next one goes on with it."""
    assert quoted(text) == expected


def test_overlapping_of_nothing() -> None:
    """A stretch that only touches a quotation shares nothing with it."""
    quotations = [Quotation(2, 5), Quotation(7, 9)]
    assert list(overlapping(quotations, 5, 7)) == []
    assert list(overlapping(quotations, 4, 8)) == quotations
