"""An act and who acts in, or a stretch of text without a cue; the kind of fact that it is out."""

import re
from datetime import date

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.mentions import Mention
from extract.reading.stretches import beginning_in, overlapping
from extract.rules.acts import Act
from extract.rules.regions import Region
from extract.rules.subjects import TELLING
from schemas import Comparator, Kind, SourceRole, SourceType, ValueType

_FUTURE = re.compile(r"\b(?:will|would|could|may|might|going to|expected|likely|[Ii]f)\b|[’']ll\b")
_ANNOUNCED = re.compile(r"\b(?:will|going to|expected|likely)\b|[’']ll\b")
_SHOULD = re.compile(
    r"\b(?:should(?! (?:never |not )?have| be (?:recalled|noted|remembered))|must|needs? to|ha(?:ve|s) to|wants?)\b"
)
_PAST = re.compile(r"\b(?:had|was|were|has|have|did|led|began|came|took|ended|resulted|\w{3,}ed)\b")
_HAPPENED = re.compile(
    r"\b(?:killed|wounded|injured|displaced|destroyed|shot down|captured|seized|sunk|sank|fled|died)\b"
    r"|\bhad\s(?!to\b)|\b(?:was|were)\s(?:[a-z]+ly\s)?[a-z]{3,}(?:ed|en)\b"
)
_PLURAL = re.compile(r"\b(?:[Bb]oth|[Aa]ll|two|three|leaders|presidents|sides|parties|they|each)\b")
_THREAT = re.compile(r"\bunless\b|\bwarn\w*\b.*\b(?:if|should (?:it|he|she|they|the|talks))\b")
_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless)\b|\b[Ss]hould (?:it|he|she|they|the|talks|[A-Z]\w+) ")
_AHEAD = re.compile(r"(?:\bwill|[’']ll|\bgoing to)\s(?:be\s)?$")
_INSISTS_IT_IS_SO = re.compile(
    r"insist(?:s|ed|ing)? (?!on\b|upon\b)(?:that )?(?:(?!must\b|should\b|be\b|can\b)[\w’'-]+ ){0,6}"
    r"(?:is|are|was|were|had|has|have|did|does)\b"
)
_CONDEMN = re.compile(r"[Cc]ondemn|[Dd]enounc")
_WELCOME = re.compile(r"[Ww]elcom")
_OF_THE_CONTACT = re.compile(
    r"\b(?:calls?|conversations?|talks|meetings?|summit|discussions?|dialogue|results?|outcomes?|agreements?|deal|truce|ceasefire"
    r"|pause|announcements?|decisions?|steps?|news|readout|statement|summit|accord|treaty|it|this|that)\b"
)
_TELLS = re.compile(rf"\b(?:told|{TELLING})\b")
# What somebody says of his own will or ways.
_WANTS = re.compile(
    r"(?:(?:But|And|So) )?(?:[Ww]e|I) (?:(?:do not|don[’']t) (?!know\b|think\b|have\b)[a-z]+|need|want)\b"
)
# What somebody says was not so, where the writer is not the one who says it.
_IS_NOT_SO = re.compile(
    r"(?:that )?(?:[Tt]here (?:was|were|is|has been|have been|had been) no\b"
    r"|[Nn]o (?:[\w-]+ ){1,3}(?:was|were|is|are|has been|have been|had been) (?:[a-z]+ly )?[a-z]{2,}"
    r"(?:ed|en|ne|de|ght)\b)"
)
_PART = 0.3  # of words that are quoted: fewer are a term of somebody's
_OPENING = " “\"‘'—–-"
_MAY_BE_NONE = (Kind.TOPIC, Kind.PROPOSAL, Kind.COMMITMENT, Kind.REQUEST)
_MAY_THREATEN = (Kind.EXPECTATION, Kind.CONCERN, Kind.COMMITMENT)
_LONG_AGO = 30  # days before the anchor, for an order to be history


def settle(act: Act, actors: tuple[Mention, ...], reading: Reading, frame: Frame | None) -> Kind:
    """The kind that the act has once it is known who acts: one side alone commits, an old order is history."""
    kind = _by_who_acts(act, actors, reading)
    if kind in _MAY_BE_NONE and _IS_NOT_SO.match(reading.text[act.start : act.end].lstrip(_OPENING)):
        return Kind.DENIAL if frame else Kind.ABSENCE
    told = frame is not None or (actors and {m.name for m in actors} <= reading.names.principal_names)
    if kind is act.kind and kind in _MAY_THREATEN and told and _threatens(frame, reading.text[act.start : act.end]):
        return Kind.THREAT
    if kind is Kind.DIRECTIVE and frame is None and _is_history(reading, act):
        return Kind.BACKGROUND_EVENT
    return kind


def _by_who_acts(act: Act, actors: tuple[Mention, ...], reading: Reading) -> Kind:
    window = reading.text[act.start : act.cue.start if act.cue else act.end]
    parties = reading.names.principal_names
    names = {m.name for m in actors}
    together = len(parties) > 1 and (names >= parties or (len(names) > 1 and names <= reading.names.parties))
    alone = len(actors) == 1 and actors[0].type != "group"
    if act.kind is Kind.COMMITMENT and together:
        return Kind.AGREEMENT
    if act.kind is Kind.AGREEMENT and alone and not _PLURAL.search(window):
        return Kind.COMMITMENT
    if act.kind is Kind.CONDITION and _INSISTS_IT_IS_SO.match(reading.text, act.cue.start if act.cue else act.start):
        return Kind.POSITION
    if act.kind is Kind.ACCUSATION and _blames_nobody(act, reading):
        return Kind.POSITION
    if act.kind is Kind.REACTION and _welcomes_else(act, reading):
        return Kind.POSITION
    return Kind.EXPECTATION if act.kind is Kind.TOPIC and _AHEAD.search(window) else act.kind


def _threatens(frame: Frame | None, words: str) -> bool:
    """Whether the words say what follows unless something is done, or warn of it."""
    cue = frame.chain[-1].cue if frame else None
    warned = cue is not None and "warn" in cue.exact and bool(_IF.search(words))
    return warned or bool(_THREAT.search(words))


def _blames_nobody(act: Act, reading: Reading) -> bool:
    """Whether an act of violence is condemned and nobody is named who did it."""
    if act.cue is None or not _CONDEMN.match(reading.text, act.cue.start):
        return False
    return not any(m.start >= act.cue.end and m.end <= act.end for m in reading.names.within(act.cue.end, act.end))


def _welcomes_else(act: Act, reading: Reading) -> bool:
    """Whether what is welcomed is neither the contact nor what came of it."""
    if act.cue is None or not _WELCOME.match(reading.text, act.cue.start):
        return False
    return not _OF_THE_CONTACT.search(reading.text, act.cue.end, act.end)


def _is_history(reading: Reading, act: Act) -> bool:
    """Whether a date in the act lies a month or more before the anchor, or is given by its year."""
    anchor = reading.article.anchor_date
    month_ago = date.fromordinal(max(1, anchor.toordinal() - _LONG_AGO)).isoformat() if anchor else ""
    here = (v.value for v in beginning_in(reading.values, act.start, act.end) if v.value.type is ValueType.DATE)
    dates = (value.iso for value in here if value.comparator is not Comparator.AT_MOST)  # a deadline lies ahead
    return any(iso is not None and (len(iso) <= len("2031-01") or iso < month_ago) for iso in dates)


def without_cue(reading: Reading, region: Region) -> Kind:
    """The kind that tense, quotation marks and source suggest, where no cue stands."""
    words = reading.text[region.start : region.end]
    if region.frame is None and not (reading.is_account and _TELLS.search(words)):
        return _of_the_writer(reading, region, words)
    return _told(reading, region, words)


def _told(reading: Reading, region: Region, words: str) -> Kind:
    inside = overlapping(reading.quotations, region.start, region.end)
    quoted = sum(min(q.end, region.end) - max(q.start, region.start) for q in inside) > _PART * len(words)
    opening = words.lstrip(_OPENING)
    if _WANTS.match(opening):
        return Kind.POSITION
    if region.frame and _IS_NOT_SO.match(opening):
        return Kind.DENIAL
    if _ANNOUNCED.search(words) or (_FUTURE.search(words) and not quoted):
        return Kind.EXPECTATION
    if _SHOULD.search(words):
        return Kind.POSITION
    if quoted:
        return Kind.REACTION if _is_outsider(reading, region.frame) else Kind.STATEMENT
    return _unquoted(region, words)


def _unquoted(region: Region, words: str) -> Kind:
    if _HAPPENED.search(words):
        return Kind.BACKGROUND_EVENT
    unnamed = region.frame is not None and region.frame.chain[-1].type is SourceType.ANONYMOUS
    return Kind.ASSESSMENT if unnamed else Kind.POSITION


def _is_outsider(reading: Reading, frame: Frame | None) -> bool:
    """Whether somebody is quoted who neither took part nor speaks for those who did: mostly on the outcome."""
    if frame is None or frame.speaker is None or frame.speaker.name in reading.names.parties:
        return False
    source = frame.chain[-1]
    return source.type in (SourceType.PERSON, SourceType.ANONYMOUS) and source.role is SourceRole.SPEAKER


def _of_the_writer(reading: Reading, region: Region, words: str) -> Kind:
    dated = any(v.value.type is ValueType.DATE for v in beginning_in(reading.values, region.start, region.end))
    if dated or (_PAST.search(words) and not _FUTURE.search(words)):
        return Kind.BACKGROUND_EVENT
    return Kind.EXPECTATION if _FUTURE.search(words) else Kind.ASSESSMENT
