"""A fact in; the stretch of text that it rests on, and the cues in it, out."""

from extract.reading.article import Reading
from extract.reading.cues import Cue, find_cues
from schemas import Fact


def extent(fact: Fact) -> tuple[int, int]:
    """From the first of its spans to the last."""
    return min(span.start for span in fact.evidence), max(span.end for span in fact.evidence)


def sentence_extent(reading: Reading, fact: Fact) -> tuple[int, int]:
    """The evidence grown to whole sentences."""
    start, end = extent(fact)
    touched = [s for s in reading.sentences if s.start < end and start < s.end]
    return (touched[0].start, touched[-1].end) if touched else (start, end)


def fact_cues(reading: Reading, fact: Fact) -> list[Cue]:
    """The cues in its words. A negation just ahead counts, or cutting it off would make the opposite true."""
    found = []
    for span in fact.evidence:
        left = max((s.start for s in reading.sentences if s.start <= span.start), default=span.start)
        found += [cue for cue in find_cues(reading.text, left, span.end) if cue.end > span.start]
    return found
