"""An act and its surroundings in; who acts and towards whom out."""

import re
from dataclasses import replace

from extract.reading.article import Reading
from extract.reading.gazetteer import country_names
from extract.reading.mentions import Mention
from extract.reading.chains import Frame
from extract.rules.acts import Act
from schemas import Kind

_PREPOSITION = re.compile(
    r"\b(?:of|with|in|on|by|for|to|from|between|against|over|at|after|about|into|towards?|during|among|via|than|as)\s"
    r"(?:(?:the|an?|his|her|its|their|both|former|late|state)\s)?(?:(?!that\b|[A-Z]\w*day\b)[\w.-]+\s){0,2}$"
)
_BOTH = re.compile(
    r"\b(?:[Bb]oth|[Aa]ll (?:two|three|four)|[Tt]he (?:two|three|pair|leaders|presidents|sides|parties)|[Tt]wo (?:leaders|presidents)|[Tt]hey|[Ee]ach|[Nn]either (?:side|leader|party|man))\b"
)
_SINGLE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_IT = re.compile(r"\b[Ii]t\b")
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Ww]e[’']re|I[’']m|[Oo]ur|[Mm]y)\b")
_MODAL = re.compile(r"(?:must|should|needs?|ha(?:s|ve) to|would have to)\b")
_TITLE_BEHIND = re.compile(
    r"\s(?:(?:of\s)?[A-Z][\w’-]*,?\s){1,5}(?=[A-Z])|\s(?:envoy|spokes\w+|adviser|advisor|minister|official)s?\b"
)
_JOIN = re.compile(r"^(?:’s|'s)?,?\s(?:and|&|,)\s(?:(?:[\w.’-]+)\s){0,5}$|^,\s$")
_ACTING = ("person", "country", "office", "group", "organisation")
_WITH_TARGET = frozenset(
    {Kind.DIRECTIVE, Kind.REQUEST, Kind.ACCUSATION, Kind.THREAT, Kind.CONDITION, Kind.PROPOSAL, Kind.EXPECTATION}
)


def subjects(reading: Reading, act: Act, frame: Frame | None, previous: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Who acts: named before the cue, else a pronoun's or group word's referent, else the last subject or the source.

    `previous` is who acted last in the same sentence, or before it for a pronoun to refer to.
    """
    before = act.cue.start if act.cue else act.end
    named = _named(reading, act.start, before)
    window = reading.text[act.start : before]
    if frame and frame.speaker and act.kind in (Kind.STATEMENT, Kind.REACTION) and not (act.cue and named):
        return (frame.speaker,)
    if frame and frame.speaker and _is_modal(reading, act):
        return (_principal_for(reading, frame.speaker),)
    if named:
        return named
    if _BOTH.search(window) or (act.kind is Kind.SCHEDULING and reading.names.principals):
        return reading.names.principals or previous
    if frame and frame.speaker and _IT.search(window):
        return (frame.speaker,)
    if frame and frame.speaker and (_FIRST.search(window) or _FIRST.search(reading.text[act.start : act.start + 25])):
        return (_side(frame.speaker),) if act.kind in (Kind.AGREEMENT, Kind.COMMITMENT) else (frame.speaker,)
    if _SINGLE.search(window):
        if frame and frame.speaker and frame.speaker.type == "person":
            return (frame.speaker,)
        return previous[:1]
    if frame and frame.speaker and not previous:
        return (_principal_for(reading, frame.speaker),)
    return previous


def _is_modal(reading: Reading, act: Act) -> bool:
    """Whether the cue only says that something must be so: then whoever says it is the one who requires it."""
    return bool(act.cue and _MODAL.match(reading.text[act.cue.start : act.cue.end]))


def _named(reading: Reading, start: int, end: int) -> tuple[Mention, ...]:
    """The first mention in [start, end) that is no prepositional object and no possessor, and those joined to it."""
    chosen: list[Mention] = []
    for mention in reading.names.within(start, end):
        if mention.type not in _ACTING or mention.form == "demonym" or mention.end > end:
            continue
        gap = reading.text[chosen[-1].end : mention.start] if chosen else ""
        if chosen:
            if _JOIN.match(gap):
                chosen.append(mention)
                continue
            break
        if _TITLE_BEHIND.match(reading.text, mention.end) and mention.type in ("country", "office"):
            continue  # "Ostria President Ilo Best": the country only says of what
        possessive = re.match(r"[’']s?\s(?!has\b|had\b)", reading.text[mention.end : mention.end + 4])
        if possessive or _PREPOSITION.search(reading.text[max(start, mention.start - 40) : mention.start]):
            continue
        chosen.append(mention)
    return tuple({m.name: m for m in chosen}.values())


def _side(speaker: Mention) -> Mention:
    """For whom "we" stands: the country of the one who speaks."""
    country = country_names().get(speaker.country or "")
    if country is None:
        return speaker
    return replace(speaker, type="country", name=country.name, wikidata=country.wikidata)


def _principal_for(reading: Reading, speaker: Mention) -> Mention:
    """An office reports what its own leader did: the principal of its country, where that is known."""
    if speaker.type in ("office", "country") and speaker.country:
        for principal in reading.names.principals:
            if principal.country == speaker.country:
                return principal
    return speaker


def targets(reading: Reading, act: Act, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Towards whom: the first name right behind the cue of an act that has an addressee."""
    if act.cue is None or act.kind not in _WITH_TARGET:
        return ()
    names = {m.name for m in actors}
    behind = [
        m
        for m in reading.names.within(act.cue.end, min(act.end, act.cue.end + 45))
        if m.type in _ACTING and m.form != "demonym" and m.name not in names
    ]
    return tuple(behind[:1])
