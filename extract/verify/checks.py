"""A proposed fact and its article's reading in; the outcome of each named check out.

A quotation that exists proves nothing: the checks ask whether the words *support* the fact. Each compares one field of the
fact with what the rules read at the very same words.

| check        | holds if |
|---|---|
| `evidence`   | every span stands in the text, verbatim and at its offsets |
| `act`        | the words report an act of this kind, or none that speaks against it |
| `polarity`   | a negated act has a negation in its words, and an act that took place has none before its cue |
| `actor`      | each actor is who acts in these words: named there, or what a pronoun, title or group word there refers to |
| `value`      | the phrase stands in the words or their sentence, and its numbers are those of `iso` |
| `source`     | the attributing words stand at their offsets, and the primary source is who says this stretch of text |
| `quote`      | the quoted words stand inside quotation marks of the text, within reach of the evidence |
| `speaker`    | the speaker is who says that stretch, or is named beside it |
"""

import re
from collections.abc import Callable

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.cues import Cue, find_cues
from extract.reading.mentions import Mention
from extract.reading.values import number
from extract.rules.acts import Act
from extract.rules.subjects import subjects
from extract.verify.locate import fold
from schemas import Actor, CheckResult, Fact, Kind, ValueType

PASS, FAIL, NOT_APPLICABLE = CheckResult.PASS, CheckResult.FAIL, CheckResult.NOT_APPLICABLE
_NEGATED = frozenset({Kind.NON_COMMITMENT, Kind.NO_COMMENT, Kind.ABSENCE})
_NEGATION = re.compile(
    r"\b(?:not|no|nothing|none|nobody|never|nor|neither|without|cannot|declin\w+|refus\w+|fail\w+|non-?\w+|silent|stopp?\w* short|yet to|unanswered"
    r"|omit\w*|withh\w+|unavailable)\b|n[’']t\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(r"\b(?:not|never|cannot)\s(?:\w+\s){0,2}$|n[’']t\s(?:\w+\s){0,2}$")
# Kinds whose cue words exclude each other: words that say the one never support the other.
_OPPOSED = (
    (
        {Kind.AGREEMENT, Kind.COMMITMENT},
        {Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.DENIAL, Kind.NO_COMMENT, Kind.ABSENCE},
    ),
    ({Kind.DIRECTIVE, Kind.REQUEST, Kind.PROPOSAL}, {Kind.REFUSAL, Kind.NO_COMMENT, Kind.DENIAL}),
    ({Kind.REFUSAL}, {Kind.AGREEMENT, Kind.COMMITMENT}),
)
_BOUND = frozenset(
    {Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE, Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.NO_COMMENT, Kind.DENIAL}
)
_CLOSE_BY = 2  # sentences
_DIGITS = re.compile(r"\d+")
_WORD_TITLES = re.compile(
    r"\b(?:he|she|they|it|both|leaders|presidents|sides|president|minister|leader)\b", re.IGNORECASE
)


def _extent(fact: Fact) -> tuple[int, int]:
    return min(e.start for e in fact.evidence), max(e.end for e in fact.evidence)


def _sentence_extent(reading: Reading, fact: Fact) -> tuple[int, int]:
    """The evidence grown to whole sentences."""
    start, end = _extent(fact)
    touched = [s for s in reading.sentences if s.start < end and start < s.end]
    return (touched[0].start, touched[-1].end) if touched else (start, end)


def _cues(reading: Reading, fact: Fact) -> list[Cue]:
    return [cue for span in fact.evidence for cue in find_cues(reading.text, span.start, span.end)]


def check_evidence(fact: Fact, reading: Reading) -> CheckResult:
    """Every span stands in the text."""
    return PASS if fact.evidence and all(span.stands_in(reading.text) for span in fact.evidence) else FAIL


def check_act(fact: Fact, reading: Reading) -> CheckResult:
    """The words report this kind of act; a binding kind needs a cue of its own, others only none that is opposed."""
    kinds = {cue.kind for cue in _cues(reading, fact)}
    for mine, theirs in _OPPOSED:
        if fact.kind in mine and kinds & theirs and not kinds & mine:
            return FAIL
    if fact.kind in _BOUND:
        near = {Kind.AGREEMENT, Kind.COMMITMENT} if fact.kind in (Kind.AGREEMENT, Kind.COMMITMENT) else {fact.kind}
        return PASS if kinds & near else FAIL
    return PASS if fact.kind in kinds else NOT_APPLICABLE


def check_polarity(fact: Fact, reading: Reading) -> CheckResult:
    """A non-event has a negation, and an event has none in front of its cue."""
    words = " ".join(span.exact for span in fact.evidence)
    if fact.kind in _NEGATED:
        return PASS if _NEGATION.search(words) else FAIL
    own = [cue for cue in _cues(reading, fact) if cue.kind is fact.kind or cue.negated]
    if fact.kind in (Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE, Kind.PROPOSAL, Kind.REQUEST, Kind.CONDITION):
        return FAIL if own and all(cue.negated for cue in own) else PASS
    return NOT_APPLICABLE


def _same(actor: Actor, mention: Mention) -> bool:
    if actor.name.casefold() == mention.name.casefold():
        return True
    return mention.type == "person" and actor.name.split()[-1].casefold() == mention.name.split()[-1].casefold()


def check_actor(fact: Fact, reading: Reading) -> CheckResult:
    """Each actor acts in these words, by the same reading of subjects that the rules use."""
    if not fact.actor:
        return NOT_APPLICABLE
    start, end = _extent(fact)
    cue = next((c for c in _cues(reading, fact) if c.kind is fact.kind), None)
    frame = next((f for f in reading.frames if f.start < end and start < f.end), None)
    if fact.kind is Kind.MEETING and all(any(_same(a, m) for m in reading.names.principals) for a in fact.actor):
        return PASS  # the contact is theirs, whoever tells of it
    start = _behind_cue(frame, start, end)
    acting = subjects(reading, Act(fact.kind, start, end, cue), frame, ())
    if all(any(_same(actor, mention) for mention in acting) for actor in fact.actor):
        return PASS
    sentence = _sentence_extent(reading, fact)
    around = [*reading.names.within(sentence[0], end), *acting]
    if frame and frame.speaker:
        around.append(frame.speaker)
    named = all(any(_same(actor, mention) for mention in around) for actor in fact.actor)
    if acting and named and cue and not _implied(reading, start, cue):
        return FAIL
    return PASS if named or _referred(fact, reading, start) else FAIL


def _behind_cue(frame: Frame | None, start: int, end: int) -> int:
    """Where the words of the act begin: behind the attributing ones, if the evidence begins with those."""
    cue = frame.chain[-1].cue if frame else None
    if frame and cue and cue.start <= start < cue.end and cue.end <= frame.start < end and cue.end < end:
        return frame.start
    return start


def _implied(reading: Reading, start: int, cue: Cue) -> bool:
    """Whether nobody is named before the cue, so that the subject stands elsewhere."""
    return not [m for m in reading.names.within(start, cue.start) if m.form != "demonym"]


def _referred(fact: Fact, reading: Reading, start: int) -> bool:
    """Whether a pronoun, title or group word in the evidence can mean a name of the sentences just before."""
    if not _WORD_TITLES.search(" ".join(span.exact for span in fact.evidence)):
        return False
    before = [*reading.names.within(max(0, start - 600), start), *reading.names.principals]
    return all(any(_same(actor, mention) for mention in before) for actor in fact.actor)


def check_value(fact: Fact, reading: Reading) -> CheckResult:
    """The phrase stands in the words or their sentence and means what `iso` says."""
    if fact.value is None:
        return NOT_APPLICABLE
    left, right = _sentence_extent(reading, fact)
    at = reading.text.find(fact.value.as_written, left, right)
    if at < 0:
        return FAIL
    if fact.value.iso is None:
        return PASS
    found = [v for v in reading.values if v.start < right and left < v.end]
    same = [
        v for v in found if v.start < at + len(fact.value.as_written) and at < v.end and v.value.type is fact.value.type
    ]
    if any(v.value.iso == fact.value.iso and v.value.comparator == fact.value.comparator for v in same):
        return PASS
    if same:
        return FAIL
    stated = number(fact.value.as_written)
    if stated is not None and fact.value.type is ValueType.NUMBER:
        return PASS if stated == number(fact.value.iso) else FAIL
    return PASS if set(_DIGITS.findall(fact.value.iso)) <= set(_DIGITS.findall(fact.value.as_written)) else FAIL


def check_source(fact: Fact, reading: Reading) -> CheckResult:
    """The cues stand in the text, and the primary source is who says this stretch."""
    if any(link.cue and not link.cue.stands_in(reading.text) for link in fact.attribution):
        return FAIL
    start, end = _extent(fact)
    frames = [f for f in reading.frames if f.start < end and start < f.end]
    primary = fact.primary_source
    if len(fact.attribution) == 1:
        return FAIL if any(f.start <= start and end <= f.end for f in frames) else PASS
    if not frames:  # a sentence without a cue goes on with the account of one close by
        numbers = [s.number for s in reading.sentences if s.start < end and start < s.end]
        frames = [f for f in reading.frames if any(abs(f.number - n) <= _CLOSE_BY for n in numbers)]
    return PASS if any(f.chain[-1].name == primary.name for f in frames) else FAIL


def check_quote(fact: Fact, reading: Reading) -> CheckResult:
    """The quoted words stand inside quotation marks that touch the evidence or its sentence."""
    if fact.quote is None:
        return NOT_APPLICABLE
    left, right = _sentence_extent(reading, fact)
    wanted = fold(fact.quote.text)
    near = [q for q in reading.quotations if q.start < right and left < q.end]
    return PASS if any(wanted in fold(reading.text[q.start : q.end]) for q in near) else FAIL


def check_speaker(fact: Fact, reading: Reading) -> CheckResult:
    """The speaker is the source of the words, or acts in them where the writer quotes without a cue."""
    if fact.quote is None or fact.quote.speaker is None:
        return NOT_APPLICABLE
    names = {fact.primary_source.name} if len(fact.attribution) > 1 else {actor.name for actor in fact.actor}
    return PASS if fact.quote.speaker in names else FAIL


CHECKS: dict[str, Callable[[Fact, Reading], CheckResult]] = {
    "evidence": check_evidence,
    "act": check_act,
    "polarity": check_polarity,
    "actor": check_actor,
    "value": check_value,
    "source": check_source,
    "quote": check_quote,
    "speaker": check_speaker,
}


def check(fact: Fact, reading: Reading) -> Fact:
    """`fact` with the outcome of every check in `checks`; without verbatim evidence the others do not apply."""
    if check_evidence(fact, reading) is FAIL:
        outcomes = dict.fromkeys(CHECKS, NOT_APPLICABLE) | {"evidence": FAIL}
    else:
        outcomes = {name: run(fact, reading) for name, run in CHECKS.items()}
    return fact.model_copy(update={"checks": outcomes})
