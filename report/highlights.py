"""Spans of an article in, the article cut into segments out: each segment knows every span that covers it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas import Span


class Segment(NamedTuple):
    """Words between two neighbouring borders of spans, and the marks of all spans that cover them."""

    text: str
    marks: tuple[int, ...]


def cut(text: str, spans: Iterable[tuple[Span, int]]) -> list[Segment]:
    """Cut `text` at every border of a span; each span comes with the mark its segments shall carry.

    The segments' texts joined give `text` again. Overlapping, nested and equal spans all keep their marks, in ascending
    order. Offsets are code points; spans that do not stand in `text` are left out, since they would mark other words.
    """
    placed = [(span.start, span.end, mark) for span, mark in spans if span.stands_in(text)]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for start, end, mark in placed:
        opening.setdefault(start, []).append(mark)
        closing.setdefault(end, []).append(mark)
    borders = sorted({0, len(text), *opening, *closing})
    segments = []
    covering: list[int] = []  # a mark stands here once for each of its open spans
    for start, end in pairwise(borders):
        for mark in closing.get(start, ()):
            covering.remove(mark)
        covering.extend(opening.get(start, ()))
        segments.append(Segment(text[start:end], tuple(sorted(set(covering)))))
    return segments


def paragraphs(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments by line of the text, blank lines left out; a segment that runs over a break is divided there."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        first, *others = segment.text.split("\n")
        lines[-1].append(Segment(first, segment.marks))
        lines.extend([Segment(part, segment.marks)] for part in others)
    visible = [[segment for segment in line if segment.text] for line in lines]
    return [line for line in visible if any(segment.text.strip() for segment in line)]
