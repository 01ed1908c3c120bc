"""A reading in; proposed facts in the order of their evidence out, not yet verified."""

import re
from dataclasses import dataclass

from extract.reading.article import Reading
from extract.reading.names import Mention
from extract.reading.segment import Sentence
from extract.reading.sources import Frame
from extract.rules.acts import Act, find_acts, trimmed
from extract.rules.compose import compose, compose_property
from extract.rules.contact import find_properties
from extract.rules.subjects import subjects, targets
from schemas import Fact, Kind, SourceType, ValueType

_FUTURE = re.compile(r"\b(?:will|would|could|may|might|going to|expected|likely|[Ii]f)\b|[’']ll\b")
_SHOULD = re.compile(r"\b(?:should|must|needs? to|have to|has to|want|wants)\b")
_PAST = re.compile(r"\b(?:had|was|were|has|have|did|led|began|came|took|ended|resulted|\w{3,}ed)\b")
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one sentence with one answer to who says it; no frame means the writer."""

    start: int
    end: int
    frame: Frame | None


def propose(reading: Reading) -> list[Fact]:
    """All facts that the rules find. Ids are `<article>-<number>`; nothing is verified yet."""
    facts: list[tuple[int, Fact]] = []
    taken: list[tuple[int, int]] = []
    for found in find_properties(reading):
        frame = _frame_at(reading, found.start, found.end)
        facts.append((found.start, compose_property(reading, found, frame)))
        taken.append((found.start, found.end))
    previous: tuple[Mention, ...] = ()
    for sentence in reading.sentences:
        for region in _regions(reading, sentence):
            for act in _acts(reading, region, taken):
                actors = subjects(reading, act, region.frame, previous)
                previous = actors or previous
                fact = compose(reading, act, actors, targets(reading, act, actors), region.frame)
                facts.append((act.start, fact))
    ordered = _distinct([fact for _, fact in sorted(facts, key=lambda item: item[0])])
    return [fact.model_copy(update={"id": f"{reading.article.id}-{n:02d}"}) for n, fact in enumerate(ordered, 1)]


def _regions(reading: Reading, sentence: Sentence) -> list[Region]:
    """The sentence cut where the answer to "who says it" changes; cues themselves belong to nobody."""
    frames = [f for f in reading.frames if f.number == sentence.number]
    if not frames:
        return [Region(sentence.start, sentence.end, None)]
    regions, at = [], sentence.start
    for frame in frames:
        cue = frame.chain[-1].cue
        before = min(frame.start, cue.start) if cue and cue.start >= sentence.start else frame.start
        if before - at > 25:
            regions.append(Region(at, before, None))
        if frame.end - frame.start > 1:
            regions.append(Region(frame.start, frame.end, frame))
        at = max(at, frame.end, cue.end if cue and cue.start >= sentence.start else 0)
    if sentence.end - at > 40:
        regions.append(Region(at, sentence.end, None))
    return regions


def _frame_at(reading: Reading, start: int, end: int) -> Frame | None:
    middle = (start + end) // 2
    return next((f for f in reading.frames if f.start <= middle < f.end), None)


def _acts(reading: Reading, region: Region, taken: list[tuple[int, int]]) -> list[Act]:
    """The acts of a region; where no cue stands, the one act that its source and tense suggest."""
    found = find_acts(reading, region.start, region.end)
    acts = [a for a in found if a.kind is not Kind.MEETING and not _covered(a, taken)]
    if found and (acts or any(_covered(a, taken) for a in found)):
        return acts
    start, end = trimmed(reading.text, region.start, region.end)
    if len(reading.text[start:end].split()) < _MIN_WORDS or _covered(Act(Kind.STATEMENT, start, end, None), taken):
        return []
    return [Act(_fallback(reading, region), start, end, None)]


def _covered(act: Act, taken: list[tuple[int, int]]) -> bool:
    """Whether a property of the contact already says most of it."""
    return any(min(act.end, right) - max(act.start, left) > 0.8 * (act.end - act.start) for left, right in taken)


def _fallback(reading: Reading, region: Region) -> Kind:
    words = reading.text[region.start : region.end]
    if region.frame is None:
        dated = any(v.value.type is ValueType.DATE and region.start <= v.start < region.end for v in reading.values)
        if dated or (_PAST.search(words) and not _FUTURE.search(words)):
            return Kind.BACKGROUND_EVENT
        return Kind.EXPECTATION if _FUTURE.search(words) else Kind.ASSESSMENT
    quoted = any(q.start < region.end and region.start < q.end for q in reading.quotations)
    if _FUTURE.search(words):
        return Kind.EXPECTATION
    if _SHOULD.search(words):
        return Kind.POSITION
    if quoted:
        return Kind.STATEMENT
    return Kind.ASSESSMENT if region.frame.chain[-1].type is SourceType.ANONYMOUS else Kind.POSITION


def _distinct(facts: list[Fact]) -> list[Fact]:
    """Without a second fact of the same kind, actors, source and words."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for fact in facts:
        key = (
            fact.kind,
            tuple(a.name for a in fact.actor),
            fact.primary_source.name,
            fact.object.lower(),
            fact.value.as_written if fact.value else None,
        )
        if key not in seen:
            kept.append(fact)
        seen.add(key)
    return kept
