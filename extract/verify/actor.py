"""A fact and its article's reading in; whether its actors are who acts in its words, out.

The subject of the words is read anew, as the rules read it: behind the attributing words, from the act's own cue and
from the first cue; where it is left out or a pronoun, from the same sentence before, or from the sentence before that.
Whoever else is named there does not act, so a fact whose subject cannot be read is flagged rather than believed.
"""

import re

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.mentions import Mention
from extract.reading.stretches import overlapping
from extract.rules.acts import Act
from extract.rules.subjects import meant_by_pronoun, subjects
from extract.verify.basis import Basis
from schemas import Actor, CheckResult, Kind

_JOINT = frozenset({Kind.MEETING, Kind.SCHEDULING, Kind.TOPIC, Kind.AGREEMENT, Kind.ASSESSMENT, Kind.EXPECTATION})
_REFERS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Hh]is|[Hh]er|[Tt]hey|[Tt]heir)\b")


def check_actor(basis: Basis) -> CheckResult:
    """PASS if the actors are all subjects of the words, or all principals of what principals do together."""
    fact, principals = basis.fact, basis.reading.names.principals
    if not fact.actor:
        return CheckResult.NOT_APPLICABLE
    if fact.kind in _JOINT and len(fact.actor) == len(principals) and _all_among(fact.actor, principals):
        return CheckResult.PASS
    acting = _subjects(basis)
    same = len(fact.actor) >= len(acting) and _all_among(fact.actor, acting)
    return CheckResult.PASS if same else CheckResult.FAIL


def _all_among(actors: tuple[Actor, ...], mentions: tuple[Mention, ...]) -> bool:
    return all(any(_same(actor, mention) for mention in mentions) for actor in actors)


def _same(actor: Actor, mention: Mention) -> bool:
    """The same name, or of a person the last name alone."""
    ours, theirs = actor.name.casefold().split(), mention.name.casefold().split()
    if ours == theirs:
        return True
    return mention.type == "person" and ours[-1:] == theirs[-1:] and 1 in (len(ours), len(theirs))


def _subjects(basis: Basis) -> tuple[Mention, ...]:
    """Who acts, by the cue of the fact's own kind."""
    reading, start, end = basis.reading, basis.start, basis.end
    frame = basis.frames[0] if basis.frames else None
    own = basis.own_cues[0] if basis.own_cues else None
    attributing = frame.chain[-1].cue if frame else None
    acts = own and attributing and own.start < attributing.end  # "Ruun denied that …": what attributes is the act
    act = Act(basis.fact.kind, start if acts else _behind_cue(frame, start, end), end, own)
    return subjects(reading, act, frame, _before(reading, act))


def _behind_cue(frame: Frame | None, start: int, end: int) -> int:
    """Where the words of the act begin: behind the attributing ones, if the evidence begins with those."""
    cue = frame.chain[-1].cue if frame else None
    if frame and cue and cue.start <= start < cue.end and cue.end <= frame.start < end and cue.end < end:
        return frame.start
    return start


def _before(reading: Reading, act: Act) -> tuple[Mention, ...]:
    """Who acted last ahead of `act`: in its own sentence, or for a pronoun to refer to in the one before."""
    sentence = next(iter(overlapping(reading.sentences, act.start, act.end)), None)
    if sentence is None:
        return ()
    ahead = Act(act.kind, sentence.start, act.start, None)
    window = reading.text[act.start : act.cue.start if act.cue else act.end]
    meant = meant_by_pronoun(reading, sentence, window)
    if meant:
        return meant
    here = subjects(reading, ahead, None, ()) if ahead.start < ahead.end else ()
    if here or sentence.number == 1 or not _REFERS.search(window):
        return here
    last = reading.sentences[sentence.number - 2]
    return subjects(reading, Act(act.kind, last.start, last.end, None), None, ())
