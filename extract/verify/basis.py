"""A fact and its article's reading in; the words that the fact rests on, and what the reading has there, out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.cues import Cue
from extract.reading.segment import Sentence
from extract.verify.locate import cuts_a_word
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
_START, _END = attrgetter("start"), attrgetter("end")


def overlapping(stretches: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that share a code point with [start, end). They are in order and do not overlap each other."""
    first = bisect_right(stretches, start, key=_END)
    return stretches[first : bisect_left(stretches, end, key=_START)]


class Basis:
    """What a fact rests on, from `start` of its first span to `end` of its last; each part is worked out once.

    Without any span it stands nowhere, and has no other part.
    """

    def __init__(self, fact: Fact, reading: Reading) -> None:
        self.fact, self.reading = fact, reading
        self.start = min((span.start for span in fact.evidence), default=0)
        self.end = max((span.end for span in fact.evidence), default=0)

    @cached_property
    def stands(self) -> bool:
        """Whether every span stands in the text, and begins and ends where a word does."""
        text, spans = self.reading.text, self.fact.evidence
        return bool(spans) and all(s.stands_in(text) and not cuts_a_word(text, s.start, s.end) for s in spans)

    @cached_property
    def words(self) -> str:
        """The words of all its spans."""
        return " ".join(span.exact for span in self.fact.evidence)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences that it touches."""
        return overlapping(self.reading.sentences, self.start, self.end)

    @cached_property
    def extent(self) -> tuple[int, int]:
        """From the start of the first of these to the end of the last."""
        return (self.sentences[0].start, self.sentences[-1].end) if self.sentences else (self.start, self.end)

    @cached_property
    def frames(self) -> Sequence[Frame]:
        """The frames that it touches."""
        return overlapping(self.reading.frames, self.start, self.end)

    @cached_property
    def cues(self) -> list[Cue]:
        """The cues in its words. A negation just ahead counts, or cutting it off would make the opposite true."""
        found: list[Cue] = []
        for span in self.fact.evidence:
            touched = overlapping(self.reading.sentences, span.start, span.end)
            left = touched[0].start if touched else span.start
            found += [cue for cue in self.reading.cues.within(left, span.end) if cue.end > span.start]
        return found

    @cached_property
    def own_cues(self) -> list[Cue]:
        """Those of the fact's own kind."""
        return [cue for cue in self.cues if cue.kind is self.fact.kind]
