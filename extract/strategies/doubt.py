"""What the rules found in an article in; the sentences that they leave open out."""

from bisect import bisect_right
from collections.abc import Sequence

from extract.reading.article import Reading
from extract.reading.segment import Sentence
from schemas import Fact, Kind


def by_sentence(reading: Reading, facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """Number of a sentence -> its facts. A fact of two spans belongs where its last one begins."""
    starts = [sentence.start for sentence in reading.sentences]
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        found.setdefault(bisect_right(starts, fact.evidence[-1].start), []).append(fact)
    return found


def left_open(reading: Reading, facts: Sequence[Fact]) -> tuple[Sentence, ...]:
    """The sentences in which no fact is settled, or one has no actor: where a small model could add something."""
    found = by_sentence(reading, facts)
    telling = (s for s in reading.sentences if not s.dateline and s.number not in reading.asking)
    return tuple(sentence for sentence in telling if _is_open(reading, found.get(sentence.number, [])))


def _is_open(reading: Reading, facts: Sequence[Fact]) -> bool:
    return not any(settled(reading, fact) for fact in facts) or not all(fact.actor for fact in facts)


def settled(reading: Reading, fact: Fact) -> bool:
    """Whether the kind is beyond doubt: a cue in the words says so, or they are a property of the contact.

    One side's agreement is its commitment, so that a cue of the one settles the other.
    """
    if fact.kind is Kind.MEETING:
        return True
    kinds = {cue.kind for span in fact.evidence for cue in reading.cues.within(span.start, span.end)}
    return fact.kind in kinds or (fact.kind is Kind.COMMITMENT and Kind.AGREEMENT in kinds)
