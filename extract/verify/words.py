"""A fact in; the stretch of text that it rests on, and what the reading has there, out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol, TypeVar

from extract.reading.article import Reading
from extract.reading.cues import Cue
from schemas import Fact


class Stretch(Protocol):
    """Anything with half-open offsets."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


S = TypeVar("S", bound=Stretch)


def overlapping(stretches: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that share a code point with [start, end). They are in order and do not overlap each other."""
    first = bisect_right(stretches, start, key=lambda stretch: stretch.end)
    return stretches[first : bisect_left(stretches, end, key=lambda stretch: stretch.start)]


def extent(fact: Fact) -> tuple[int, int]:
    """From the first of its spans to the last."""
    return min(span.start for span in fact.evidence), max(span.end for span in fact.evidence)


def sentence_extent(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """[start, end) grown to whole sentences."""
    touched = overlapping(reading.sentences, start, end)
    return (touched[0].start, touched[-1].end) if touched else (start, end)


def fact_cues(reading: Reading, fact: Fact) -> list[Cue]:
    """The cues in its words. A negation just ahead counts, or cutting it off would make the opposite true."""
    found = []
    for span in fact.evidence:
        left, _ = sentence_extent(reading, span.start, span.end)
        found += [cue for cue in reading.cues.within(left, span.end) if cue.end > span.start]
    return found
