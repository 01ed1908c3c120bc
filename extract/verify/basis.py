"""A fact and its article's reading in; the words that the fact rests on, and what the reading has there, out."""

from collections.abc import Sequence

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.cues import Cue
from extract.reading.segment import Sentence
from extract.reading.stretches import overlapping
from extract.verify.locate import cuts_a_word
from schemas import Fact


class Basis:
    """What a fact rests on, from `start` of its first span to `end` of its last.

    `words` are those of all its spans, `cues` stand in them and `own_cues` are of the fact's own kind, `sentences` and
    `frames` are those that it touches, `extent` the whole of these sentences. Without any span it stands nowhere.
    """

    def __init__(self, fact: Fact, reading: Reading) -> None:
        self.fact, self.reading, spans = fact, reading, fact.evidence
        self.start = min([span.start for span in spans], default=0)
        self.end = max([span.end for span in spans], default=0)
        self.words = " ".join([span.exact for span in spans])
        self.sentences: Sequence[Sentence] = overlapping(reading.sentences, self.start, self.end)
        self.frames: Sequence[Frame] = overlapping(reading.frames, self.start, self.end)
        touched = self.sentences
        self.extent = (touched[0].start, touched[-1].end) if touched else (self.start, self.end)
        self.cues = self._cues()
        self.own_cues = [cue for cue in self.cues if cue.kind is fact.kind]

    @property
    def stands(self) -> bool:
        """Whether every span stands in the text, and begins and ends where a word does."""
        text, spans = self.reading.text, self.fact.evidence
        return bool(spans) and all(s.stands_in(text) and not cuts_a_word(text, s.start, s.end) for s in spans)

    def _cues(self) -> list[Cue]:
        """The cues in its words. A negation just ahead counts, or cutting it off would make the opposite true."""
        found: list[Cue] = []
        for span in self.fact.evidence:
            touched = overlapping(self.sentences, span.start, span.end)
            left = touched[0].start if touched else span.start
            found += [cue for cue in self.reading.cues.within(left, span.end) if cue.end > span.start]
        return found
