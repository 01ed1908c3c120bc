"""A reading in; proposed facts in the order of their evidence out, not yet verified."""

import re
from collections.abc import Iterator, Sequence

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.mentions import Mention
from extract.reading.segment import Sentence
from extract.reading.stretches import overlapping
from extract.rules.acts import Act, find_acts, trimmed
from extract.rules.compose import compose, compose_property
from extract.rules.contact import Property, find_properties, states_contact
from extract.rules.distinct import distinct
from extract.rules.kinds import settle, without_cue
from extract.rules.regions import Region, is_credit, is_heading, regions
from extract.rules.subjects import meant_by_pronoun, subjects
from extract.rules.targets import targets
from schemas import Channel, Fact, Kind

_REFERS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Hh]is|[Hh]er)\b")
# A verb in what stands before the first act, so that it is a clause of its own.
_CLAUSE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|would|will|\w{3,}ed|led|began|fell|broke|came|took|went|rose|sank|left|lost|won)\b"
)
_FEWEST_WORDS, _FEWEST_BEFORE_ACT = 4, 6  # of a clause without a cue: alone, and before an act
_HALF = 0.5  # of a clause without a cue
# What one party does within the contact, so that an account of the contact goes on with it.
_IN_CONTACT = frozenset(
    {Kind.COMMITMENT, Kind.PROPOSAL, Kind.CONDITION, Kind.REQUEST, Kind.CONCERN, Kind.REFUSAL, Kind.NON_COMMITMENT}
)
_TOLD_OF = _IN_CONTACT | {Kind.TOPIC, Kind.AGREEMENT, Kind.POSITION, Kind.STATEMENT, Kind.REACTION, Kind.DIRECTIVE}
# What an account says of the contact without saying who said it there.
_IMPERSONAL = re.compile(
    r"It (?:was|is|has been) (?:also |further |separately )?(?:noted|stressed|emphasi[sz]ed|underlined|underscored"
    r"|stated|pointed out|recalled|decided|agreed|reported|confirmed|stipulated)\b"
)
_NEAR = 2  # sentences to either side in which a readout goes on


def propose(reading: Reading) -> list[Fact]:
    """All facts that the rules find. Ids are `<article>-<number>`; nothing is verified yet."""
    properties: dict[int, list[Property]] = {}
    for found in find_properties(reading):
        properties.setdefault(found.sentence, []).append(found)
    facts: list[tuple[int, Fact]] = []
    last: tuple[Mention, ...] = ()
    for sentence in reading.sentences:
        if sentence.dateline or sentence.number in reading.asking or is_credit(reading.text, sentence.start):
            continue
        taken = properties.get(sentence.number, [])
        met = any(found.aspect == "participants" for found in taken)
        here: tuple[Mention, ...] = reading.names.principals if met else ()
        facts += [(found.start, _property_fact(reading, sentence, found)) for found in taken]
        if reading.is_account and sentence.number == 1 and is_heading(reading.text, sentence.start, sentence.end):
            continue
        if _only_asks(reading, sentence):
            continue
        for region, act in _acts(reading, sentence, [(found.start, found.end) for found in taken]):
            before = _before_cue(reading, act)
            back = meant_by_pronoun(reading, sentence, before) or (last if _REFERS.search(before) else here)
            actors = subjects(reading, act, region.frame, back)
            here = last = actors or here
            facts.append((act.start, _act_fact(reading, sentence, region, act, actors)))
    ordered = distinct(fact for _, fact in sorted(facts, key=lambda item: item[0]))
    return [fact.model_copy(update={"id": f"{reading.article.id}-{n:02d}"}) for n, fact in enumerate(ordered, 1)]


def _only_asks(reading: Reading, sentence: Sentence) -> bool:
    """Whether the writer asks something of the reader, which claims nothing."""
    asks = reading.text[sentence.start : sentence.end].endswith("?") and reading.frame_of(sentence) is None
    return asks and not overlapping(reading.quotations, sentence.start, sentence.end)


def _before_cue(reading: Reading, act: Act) -> str:
    """The words of an act up to its cue, where its subject stands."""
    return reading.text[act.start : act.cue.start if act.cue else act.end]


def _property_fact(reading: Reading, sentence: Sentence, found: Property) -> Fact:
    frame = reading.frame_of(sentence)
    middle = (found.start + found.end) // 2
    told = frame if frame and frame.start <= middle < frame.end else None
    return compose_property(
        reading, found, told or (None if frame else _account(reading, sentence, found.start, found.end))
    )


def _act_fact(reading: Reading, sentence: Sentence, region: Region, act: Act, actors: tuple[Mention, ...]) -> Fact:
    settled = act._replace(kind=settle(act, actors, reading, region.frame))
    if settled.kind is Kind.TOPIC and not (region.frame and region.frame.speaker in actors):
        actors = _all_parties(reading, actors)
    frame = region.frame or _runs_on(reading, sentence, settled, actors)
    return compose(reading, settled, actors, targets(reading, settled, actors), frame)


def _all_parties(reading: Reading, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """A topic is everybody's in the contact, whoever brought it up."""
    return reading.names.principals if {m.name for m in actors} < reading.names.principal_names else actors


def _runs_on(reading: Reading, sentence: Sentence, act: Act, actors: tuple[Mention, ...]) -> Frame | None:
    """The readout that a sentence without a cue goes on reporting, as it reports all that parties do in the contact."""
    parties = reading.names.principal_names
    acting = {m.name for m in actors}
    frame = None
    if parties and acting == parties and act.kind in (Kind.TOPIC, Kind.AGREEMENT):
        frame = _of_paragraph(reading, sentence) or _around(reading, sentence)
    elif acting and acting < parties and act.kind in _IN_CONTACT:
        frame = _of_paragraph(reading, sentence)
        frame = frame if frame and sentence.number - frame.number == 1 else None
    elif _IMPERSONAL.match(reading.text, sentence.start):
        frame = _of_paragraph(reading, sentence) or reading.account_of(sentence)
    if frame is None and acting <= parties and act.kind in _TOLD_OF:
        return _account(reading, sentence, act.start, act.end)
    return frame._replace(number=sentence.number, start=act.start, end=act.end) if frame else None


def _account(reading: Reading, sentence: Sentence, start: int, end: int) -> Frame | None:
    """The frame of [start, end) in the one account that the whole article relays."""
    frame = reading.account_of(sentence)
    return frame._replace(number=sentence.number, start=start, end=end) if frame else None


def _of_paragraph(reading: Reading, sentence: Sentence) -> Frame | None:
    """The readout that the same paragraph reported last."""
    before, _ = reading.frames_around(sentence)
    if before is None or before.chain[-1].channel is not Channel.OFFICIAL_READOUT:
        return None
    return before if reading.sentences[before.number - 1].paragraph == sentence.paragraph else None


def _around(reading: Reading, sentence: Sentence) -> Frame | None:
    """The source that stands close before the sentence and close behind it."""
    before, after = reading.frames_around(sentence)
    if before is None or after is None or before.chain[-1].name != after.chain[-1].name:
        return None
    return before if max(sentence.number - before.number, after.number - sentence.number) <= _NEAR else None


def _acts(reading: Reading, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Region, Act]]:
    """The acts of a sentence. `taken` are the stretches that properties of the contact state already."""
    for region in regions(reading, sentence):
        found = find_acts(reading, region.start, region.end)
        acts = [a for a in found if a.kind is not Kind.MEETING]
        if not found or acts or not any(left < region.end and region.start < right for left, right in taken):
            clause = _clause_without_cue(reading, region, acts[:1] and found[:1], taken)
            acts = [*clause, *acts]
        for act in acts:
            yield region, act


def _clause_without_cue(
    reading: Reading, region: Region, first: Sequence[Act], taken: Sequence[tuple[int, int]]
) -> list[Act]:
    """The act that a region, or what stands in it before its first act, reports by its source and tense alone."""
    stop = first[0].start if first else region.end
    start, end = trimmed(reading.text, region.start, stop)
    words = reading.text[start:end]
    short = len(words.split()) < (_FEWEST_BEFORE_ACT if stop < region.end else _FEWEST_WORDS)
    if short or (stop < region.end and not _CLAUSE_VERB.search(words)):
        return []
    if is_heading(reading.text, region.start, region.end) or _covered(start, end, taken):
        return []
    if region.frame is None and states_contact(reading, start, end):
        return []
    return [Act(without_cue(reading, Region(start, end, region.frame)), start, end, None)]


def _covered(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a property of the contact already says more than half of [start, end)."""
    return any(min(end, right) - max(start, left) > _HALF * (end - start) for left, right in taken)
