"""A reading in; proposed facts in the order of their evidence out, not yet verified."""

import re
from datetime import timedelta
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.reading.article import Reading
from extract.reading.cues import find_cues
from extract.reading.mentions import Mention
from extract.reading.segment import Sentence
from extract.reading.chains import Frame
from extract.rules.acts import Act, find_acts, trimmed
from extract.rules.compose import compose, compose_property
from extract.rules.contact import find_properties
from extract.rules.subjects import subjects, targets
from schemas import Channel, Fact, Kind, SourceType, ValueType

_FUTURE = re.compile(r"\b(?:will|would|could|may|might|going to|expected|likely|[Ii]f)\b|[’']ll\b")
_ANNOUNCED = re.compile(r"\b(?:will|going to|expected|likely)\b|[’']ll\b")
_THREAT = re.compile(r"\bunless\b|\bwarn\w*\b.*\bif\b")
_SHOULD = re.compile(r"\b(?:should(?! (?:never |not )?have)|must|needs? to|have to|has to|want|wants)\b")
_PAST = re.compile(r"\b(?:had|was|were|has|have|did|led|began|came|took|ended|resulted|\w{3,}ed)\b")
_REFERS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Hh]is|[Hh]er)\b")
_PLURAL = re.compile(r"\b(?:[Bb]oth|[Aa]ll|two|three|leaders|presidents|sides|parties|they|each)\b")
_LINE_END = re.compile(r"[\r\n]|$")
_HEADING_WORDS = 15
_OF_A_READOUT = frozenset(
    {Kind.TOPIC, Kind.AGREEMENT, Kind.COMMITMENT, Kind.PROPOSAL, Kind.REQUEST, Kind.REFUSAL, Kind.SCHEDULING}
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|led|began|came|took|\w{3,}ed)\b"
)
_MIN_WORDS = 4
_CLAUSE_WORDS = 6
_SAME_OBJECT = 85  # rapidfuzz ratio, of 100


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
    last: tuple[Mention, ...] = ()
    for sentence in reading.sentences:
        here: tuple[Mention, ...] = ()
        for region in _regions(reading, sentence):
            for act in _acts(reading, region, taken):
                back = last if _REFERS.search(reading.text[act.start : act.cue.start if act.cue else act.end]) else here
                actors = subjects(reading, act, region.frame, back)
                here = last = actors or here
                settled = replace(act, kind=settle(act, actors, reading, region.frame))
                frame = region.frame or _runs_on(reading, sentence, settled, actors)
                facts.append((act.start, compose(reading, settled, actors, targets(reading, settled, actors), frame)))
    ordered = _distinct([fact for _, fact in sorted(facts, key=lambda item: item[0])])
    return [fact.model_copy(update={"id": f"{reading.article.id}-{n:02d}"}) for n, fact in enumerate(ordered, 1)]


def _runs_on(reading: Reading, sentence: Sentence, act: Act, actors: tuple[Mention, ...]) -> Frame | None:
    """The readout that a sentence without a cue goes on reporting: it stands between two sentences of that readout."""
    if act.kind not in (Kind.TOPIC, Kind.AGREEMENT) or {m.name for m in actors} != {
        m.name for m in reading.names.principals
    }:
        return None
    before = next((f for f in reversed(reading.frames) if f.number < sentence.number), None)
    after = next((f for f in reading.frames if f.number > sentence.number), None)
    if before and before.chain[-1].channel is Channel.OFFICIAL_READOUT and _same_paragraph(reading, before, sentence):
        return replace(before, number=sentence.number, start=act.start, end=act.end)
    if before is None or after is None or max(sentence.number - before.number, after.number - sentence.number) > 2:
        return None
    same = before.chain[-1].name == after.chain[-1].name
    return replace(before, number=sentence.number, start=act.start, end=act.end) if same else None


def _same_paragraph(reading: Reading, frame: Frame, sentence: Sentence) -> bool:
    return reading.sentences[frame.number - 1].paragraph == sentence.paragraph


def settle(act: Act, actors: tuple[Mention, ...], reading: Reading, frame: Frame | None) -> Kind:
    """The kind that the act has once it is known who acts: one side alone commits, an old order is history."""
    window = reading.text[act.start : act.cue.start if act.cue else act.end]
    if act.kind is Kind.AGREEMENT and len(actors) == 1 and not _PLURAL.search(window) and actors[0].type != "group":
        return Kind.COMMITMENT
    if act.kind is Kind.TOPIC and re.search(r"(?:\bwill|[’']ll|\bgoing to)\s(?:be\s)?$", window):
        return Kind.EXPECTATION
    words = reading.text[act.start : act.end]
    if act.kind in (Kind.EXPECTATION, Kind.CONCERN) and frame and _THREAT.search(words):
        return Kind.THREAT
    if act.kind is Kind.DIRECTIVE and frame is None and _is_history(reading, act):
        return Kind.BACKGROUND_EVENT
    return act.kind


def _is_history(reading: Reading, act: Act) -> bool:
    """Whether a date in the act lies a month or more before the anchor, or is given by its year."""
    anchor = reading.article.anchor_date
    dates = [v.value.iso for v in reading.values if act.start <= v.start < act.end and v.value.type is ValueType.DATE]
    month_ago = (anchor - timedelta(days=30)).isoformat() if anchor else ""
    return any(iso is not None and (len(iso) <= len("2031-01") or iso < month_ago) for iso in dates)


def _regions(reading: Reading, sentence: Sentence) -> list[Region]:
    """The sentence cut where the answer to "who says it" changes; cues themselves belong to nobody."""
    frames = [f for f in reading.frames if f.number == sentence.number]
    if not frames:
        return [Region(sentence.start, sentence.end, None)]
    regions, at = [], sentence.start
    for frame in frames:
        cue = frame.chain[-1].cue
        before = min(frame.start, cue.start) if cue and cue.start >= sentence.start else frame.start
        if before - at > 25 and _FINITE.search(reading.text, at, before):
            regions.append(Region(at, before, None))
        if frame.end - frame.start > 1:
            acting = (
                cue is not None
                and sentence.start <= cue.start < frame.start
                and find_cues(reading.text, cue.start, cue.end + 25)
            )
            regions.append(
                Region(cue.start if cue and acting and acting[0].start < cue.end else frame.start, frame.end, frame)
            )
        at = max(at, frame.end, cue.end if cue and cue.start >= sentence.start else 0)
    if sentence.end - at > 40 and _FINITE.search(reading.text, at, sentence.end):
        regions.append(Region(at, sentence.end, None))
    return regions


def _frame_at(reading: Reading, start: int, end: int) -> Frame | None:
    middle = (start + end) // 2
    return next((f for f in reading.frames if f.start <= middle < f.end), None)


def _acts(reading: Reading, region: Region, taken: list[tuple[int, int]]) -> list[Act]:
    """The acts of a region; where no cue stands, the one act that its source and tense suggest."""
    found = find_acts(reading, region.start, region.end)
    acts = [a for a in found if a.kind is not Kind.MEETING and not _covered(a, taken)]
    rest = Region(region.start, found[0].start if found else region.end, region.frame)
    if found and not acts:
        if any(left < region.end and region.start < right for left, right in taken):
            return []
        rest = region
    start, end = trimmed(reading.text, rest.start, rest.end)
    words = reading.text[start:end]
    long_enough = len(words.split()) >= (_CLAUSE_WORDS if rest.end < region.end else _MIN_WORDS)
    whole = not rest.end < region.end or re.search(
        r"\b(?:is|are|was|were|has|have|had|would|will|\w{3,}ed|led|began|began)\b", words
    )
    if (
        not long_enough
        or _is_heading(reading, region)
        or not whole
        or _covered(Act(Kind.STATEMENT, start, end, None), taken)
    ):
        return acts
    return [Act(_fallback(reading, Region(start, end, region.frame)), start, end, None), *acts]


def _is_heading(reading: Reading, region: Region) -> bool:
    """Whether the words are a headline, a byline or a question to the reader: a paragraph without a full stop."""
    left = max(reading.text.rfind("\n", 0, region.start), reading.text.rfind("\r", 0, region.start)) + 1
    right = next((m.start() for m in _LINE_END.finditer(reading.text, region.end)), len(reading.text))
    line = reading.text[left:right].strip()
    return line.endswith("?") or (line[-1:].isalnum() and len(line.split()) < _HEADING_WORDS)


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
    if _ANNOUNCED.search(words) or (_FUTURE.search(words) and not quoted):
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
        if key not in seen and not any(_repeats(fact, other) for other in kept):
            kept.append(fact)
        seen.add(key)
    return kept


def _repeats(fact: Fact, other: Fact) -> bool:
    """Whether a headline and the text say one thing: same kind, actors, source and value, and almost the same object."""
    return (
        fact.kind is other.kind
        and fact.kind is not Kind.MEETING
        and [a.name for a in fact.actor] == [a.name for a in other.actor]
        and fact.primary_source.name == other.primary_source.name
        and fact.value == other.value
        and fuzz.token_sort_ratio(fact.object, other.object) >= _SAME_OBJECT
    )
