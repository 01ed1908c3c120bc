"""A proposed fact and its article's reading in; the outcome of each named check out.

A quotation that exists proves nothing: the checks ask whether the words *support* the fact. Each compares one field of
the fact with what the rules read at the very same words.

| check        | holds if |
|---|---|
| `evidence`   | every span stands in the text, verbatim, at its offsets, and in whole words |
| `act`        | the words report an act of this kind, or none that speaks against it |
| `polarity`   | a negated act has a negation in its words, and an act that took place has none before its cue |
| `certainty`  | words with a negation support no fact that is stated without one, nor the other way round |
| `actor`      | each actor is who acts in these words, as the rules read their subject |
| `value`      | the phrase stands in the words or their sentence, and its numbers are those of `iso` |
| `source`     | the attributing words stand at their offsets, and the primary source is who says this stretch of text |
| `quote`      | the quoted words stand inside quotation marks of the text, within reach of the evidence |
| `speaker`    | the speaker is who says that stretch, or is named beside it |
"""

import re
from collections.abc import Callable

from extract.reading.article import Reading
from extract.reading.stretches import overlapping
from extract.reading.values import number
from extract.verify.actor import check_actor
from extract.verify.basis import Basis
from extract.verify.locate import fold
from schemas import CheckResult, Fact, Kind, Value, ValueType

PASS, FAIL, NOT_APPLICABLE = CheckResult.PASS, CheckResult.FAIL, CheckResult.NOT_APPLICABLE
_NEGATED = frozenset({Kind.NON_COMMITMENT, Kind.NO_COMMENT, Kind.ABSENCE})
_NEGATION = re.compile(
    r"\b(?:not|no|nothing|none|nobody|never|nor|neither|without|cannot|declin\w+|refus\w+|fail\w+|non-?\w+|silent"
    r"|stopp?\w* short|yet to|unanswered|omit\w*|withh\w+|unavailable)\b|n[’']t\b",
    re.IGNORECASE,
)
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
_REFUSING = frozenset({Kind.REFUSAL, Kind.DENIAL, Kind.NO_COMMENT})
_DECLINED = re.compile(r"\b(?:no\b|nothing|none|nobody|declin|refus|fail|reject|den(?:y|ie))")
_IMPLIED = re.compile(
    r"\b(?:without|unless|oppos|against|avoid|s[kc]eptic|doubt|un(?:likely|able|clear)|mis(?:read|under)|rul\w+ out"
    r"|down)"
)
# Begun with the letters that it may begin with, it is several times quicker than as words.
_NOT = re.compile(r"[nNcC](?:(?<=\b[nN])(?i:ot|ever|o longer|either|or)\b|(?<=\b[cC])(?i:annot)\b|(?<=[nN])[’'][tT]\b)")
_CLOSE_BY = 2  # sentences
_DIGITS = re.compile(r"\d+")


def check_evidence(basis: Basis) -> CheckResult:
    """Every span stands in the text, and begins and ends where a word does."""
    return PASS if basis.stands else FAIL


def check_act(basis: Basis) -> CheckResult:
    """The words report this kind of act; a binding kind needs a cue of its own, others only none that is opposed.

    Of a cue of the kind and one that is opposed, the first in the words decides: "refused to set up" sets nothing up.
    """
    fact = basis.fact
    kinds = [cue.kind for cue in basis.cues]
    for mine, theirs in _OPPOSED:
        decisive = [kind for kind in kinds if kind in mine or kind in theirs]
        if fact.kind in mine and decisive and decisive[0] in theirs:
            return FAIL
    if fact.kind in _BOUND:
        near = {Kind.AGREEMENT, Kind.COMMITMENT} if fact.kind in (Kind.AGREEMENT, Kind.COMMITMENT) else {fact.kind}
        return PASS if near & set(kinds) else FAIL
    return PASS if fact.kind in kinds else NOT_APPLICABLE


def check_polarity(basis: Basis) -> CheckResult:
    """A non-event has a negation, and what was done or refused has none in front of its cue."""
    fact = basis.fact
    if fact.kind in _REFUSING and basis.own_cues:
        return FAIL if all(cue.negated for cue in basis.own_cues) else PASS
    if fact.kind in _NEGATED:
        return PASS if _NEGATION.search(basis.words) else FAIL
    own = [cue for cue in basis.cues if cue.kind is fact.kind or cue.negated]
    if fact.kind in (Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE, Kind.PROPOSAL, Kind.REQUEST, Kind.CONDITION):
        return FAIL if own and all(cue.negated for cue in own) else PASS
    return NOT_APPLICABLE


def check_certainty(basis: Basis) -> CheckResult:
    """Where the words negate, the fact does, in its certainty or in what it says of itself; and the other way round."""
    fact, words = basis.fact, basis.words
    if fact.kind in _NEGATED or fact.kind in _REFUSING:
        return NOT_APPLICABLE
    said = f"{fact.summary} {fact.object}"
    denied = bool(_NOT.search(words))
    denying = fact.certainty.endswith("-") or bool(_NOT.search(said))
    if denied:
        in_verbs = set(_DECLINED.findall(said.lower())) - set(_DECLINED.findall(words.lower()))
        return PASS if denying or in_verbs else FAIL
    if denying:
        return PASS if _NEGATION.search(words) or _IMPLIED.search(words.lower()) else FAIL
    return NOT_APPLICABLE


def check_value(basis: Basis) -> CheckResult:
    """The phrase stands in the words or their sentence and means what `iso` says."""
    fact, reading = basis.fact, basis.reading
    if fact.value is None:
        return NOT_APPLICABLE
    at = reading.text.find(fact.value.as_written, *basis.extent)
    end = at + len(fact.value.as_written)
    if at < 0:
        return FAIL
    if fact.value.iso is None:
        return PASS
    here = overlapping(reading.values, at, end)
    same = [found.value for found in here if found.value.type is fact.value.type]
    if same:
        stated = [(value.iso, value.comparator) for value in same]
        return PASS if (fact.value.iso, fact.value.comparator) in stated else FAIL
    return PASS if _same_number(fact.value, fact.value.iso) else FAIL


def _same_number(value: Value, iso: str) -> bool:
    """Whether a phrase that the value grammar does not know has the number, or at least the digits, of `iso`."""
    stated = number(value.as_written)
    if stated is not None and value.type is ValueType.NUMBER:
        return stated == number(iso)
    return set(_DIGITS.findall(iso)) <= set(_DIGITS.findall(value.as_written))


def check_source(basis: Basis) -> CheckResult:
    """The cues stand in the text, and the primary source is who says this stretch."""
    fact, reading, start, end = basis.fact, basis.reading, basis.start, basis.end
    if any(link.cue and not link.cue.stands_in(reading.text) for link in fact.attribution):
        return FAIL
    frames = basis.frames
    if len(fact.attribution) == 1:
        return FAIL if any(f.start <= start and end <= f.end for f in frames) else PASS
    touched = basis.sentences
    if touched and not frames:  # a sentence without a cue goes on with the last account before it
        last, _ = reading.frames_around(touched[0])
        near = [last] if last and touched[0].number - last.number <= _CLOSE_BY else []
        account = reading.account_of(touched[0])
        frames = [*near, *([account] if account else [])]
    return PASS if any(f.chain[-1].name == fact.primary_source.name for f in frames) else FAIL


def check_quote(basis: Basis) -> CheckResult:
    """The quoted words stand inside quotation marks that touch the evidence or its sentence."""
    if basis.fact.quote is None:
        return NOT_APPLICABLE
    text, wanted = basis.reading.text, basis.fact.quote.text
    near = [text[q.start : q.end] for q in overlapping(basis.reading.quotations, *basis.extent)]
    verbatim = any(wanted in quoted for quoted in near)
    return PASS if verbatim or any(fold(wanted) in fold(quoted) for quoted in near) else FAIL


def check_speaker(basis: Basis) -> CheckResult:
    """The speaker is the source of the words, or acts in them where the writer quotes without a cue.

    Where nobody's account covers the words and their sentence names persons, the speaker is one of those.
    """
    fact, reading = basis.fact, basis.reading
    if fact.quote is None or fact.quote.speaker is None:
        return NOT_APPLICABLE
    names = {fact.primary_source.name} if len(fact.attribution) > 1 else {actor.name for actor in fact.actor}
    if not basis.frames:
        beside = reading.names.within(*basis.extent)
        persons = {m.name for m in beside if m.type == "person" and reading.masked[m.start] != "·"}
        names = names & persons if persons else names
    return PASS if fact.quote.speaker in names else FAIL


CHECKS: dict[str, Callable[[Basis], CheckResult]] = {
    "evidence": check_evidence,
    "act": check_act,
    "polarity": check_polarity,
    "certainty": check_certainty,
    "actor": check_actor,
    "value": check_value,
    "source": check_source,
    "quote": check_quote,
    "speaker": check_speaker,
}


def check(fact: Fact, reading: Reading) -> Fact:
    """`fact` with the outcome of every check in `checks`; without verbatim evidence the others do not apply."""
    basis = Basis(fact, reading)
    if basis.stands:
        outcomes = {name: run(basis) for name, run in CHECKS.items()}
    else:
        outcomes = dict.fromkeys(CHECKS, NOT_APPLICABLE) | {"evidence": FAIL}
    return fact.model_copy(update={"checks": outcomes})
