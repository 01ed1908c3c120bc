"""A reading in; what it says of the contact itself out: participants and day, start, end, duration, ordinal, status."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.reading.article import Reading
from extract.reading.keyed import Keyed
from extract.reading.numbers import decimal, number
from extract.reading.segment import Sentence
from extract.reading.stretches import beginning_in
from extract.reading.values import FoundValue
from extract.rules.acts import trimmed
from extract.rules.regions import is_heading
from schemas import Value, ValueType

_NOUNS = "call conversation meeting talks summit discussion encounter audience conference"
CONTACT = Keyed(
    rf"\b(?:phone\s|telephone\s|video\s)?(?:{_NOUNS.replace(' ', '|')})\b",
    _NOUNS,
    re.IGNORECASE,
)
# The contact as a verb: somebody held it; they met.
_HELD = Keyed(
    r"\b(?:(?:h[eo]ld|had|having|engaged in)\s(?:[\w’'-]+\s){0,5}?"
    r"(?:call|conversation|meeting|talks|summit|discussion)s?"
    r"|spoke|spoken|sat down|met|talked|phoned|hosted|received|conferred)\b",
    "held hold had having engaged spoke spoken sat met talked phoned hosted received conferred",
)
_MET = Keyed(
    r"\b(?:They|[Tt]he (?:two|three|pair|men|women|leaders|presidents)|[Ll]eaders of [^,.]{0,200})"
    r"\s(?:met|spoke|talked|sat down|rose)\b"
    r"|\b[Mm]et (?:for|by)\b",
    "met spoke talked sat rose",
)
_GOES_ON = re.compile(r"(?:It|They|The\s(?:two|pair))\b|[^.]{0,80}\b(?:length|duration)\b")
# What stands before or behind a duration of the contact.
_LASTED = re.compile(
    r"\b(?:last(?:s|ed|ing)|continued|has continued|ran|went on|took|spoke|talked|met|wrapped"
    r"|(?:ended|finished|concluded|adjourned|broke up) after"
    r"|after it (?:started|began|had begun)|(?:put|gave)\s(?:the|its|their)\s(?:length|duration)\s(?:at|as))\b"
    r"(?!\sfor the [a-z]+ time\b)[^,;.]{0,25}$"
)
_HELD_FOR = re.compile(
    r"\b(?:talks|call|conversation|meeting|discussions?|spoke|met|talked)\s(?:for|of|that (?:ran|went on) for)\s$"
)
_LONG_CONTACT = re.compile(
    r"(?:-long)?[\s-](?:\w+\s){0,2}(?:call|conversation|meeting|talks|summit|discussion)\b"
    r"|\s(?:after|into)\s(?:it|the (?:call|talks|meeting))"
)
# What stands beside a time.
_BEGAN = re.compile(r"\b(?:sat down|began|begun|started?|opened|got under way|kicked off)\b")
_ENDED = re.compile(r"\b(?:rose|broke up|parted|hung up|ended|wrapped|concluded|finished|over|closed)\b")
_MET_AT = re.compile(r"\b(?:spoke|met|talked|held|received|took place)\b[^,;.]{0,40}\bat\s$")
# Before the first and before the second of two times that bound it.
_FROM = re.compile(r"\b(?:from|between)\s$")
_TO = re.compile(r"\d{2}\b[^,;]{0,12}?(?:\s(?:to|until|till|and)\s|[–—-])$")
# How the contact stands.
_ONGOING = Keyed(
    r"\b(?:still (?:in progress|ongoing|going|under way|talking)|in progress|under way|underway)\b",
    "still progress under underway",
)
_COMPLETED = Keyed(r"\bha[sd] (?:been )?(?:completed|concluded|ended|finished)\b", "has had")
# Before the words for how it stands: the contact, and no other subject behind it.
_IS_ITS_SUBJECT = re.compile(
    rf"\b(?:it|they|leaders|sides|pair|two|presidents|(?:{_NOUNS.replace(' ', '|')})s?)\b[^;]{{0,60}}$", re.IGNORECASE
)
_WHICH = "first second third fourth fifth sixth seventh eighth latest"
_ORDINAL = Keyed(
    r"(?<!\ba\s)\b(?:the\s)?"
    rf"(?P<value>{_WHICH.replace(' ', '|')})\s"
    r"(?:(?:\w+\s){0,2}?(?:call|conversation|meeting|talks|summit|contact|encounter|phone call)\b"
    r"|(?=(?:of its kind|between|since|this year|such|time (?:in|since|this))\b))"
    r"[^,.;]*?(?=\sand\s(?:their|its|his|her|the|came|took|was)\s|[,.;]|$)",
    _WHICH,
)
_REQUESTED = Keyed(
    r"\b(?:at|on)\s(?:the\s)?(?:request|initiative|invitation)\sof\b"
    r"|\b(?:at|on)\s(?:[\w.-]+\s){0,3}(?:[\w.-]+[’']s?|his|her|their|its)\s(?:request|initiative|invitation)\b"
    r"|\b(?:initiated|requested) by\b",
    "request initiative invitation initiated requested",
)
_CLAUSE = re.compile(r"[,;—–][”\"]?\s|\sand\s|\sbut\s|\swith\s|\swhich\s|\safter\s(?=an?\s)|(?<=\s)[“\"](?=[A-Z])")
# What goes on behind the contact: what else they did, or what for.
_NEXT_ACT = re.compile(
    r",?\sand\s(?:[a-z]+ly\s)?[a-z]{3,}ed\b|\sto\s(?:further\s)?(?:discuss|review|reaffirm|talk|mark|exchange|congratulate|thank|commend|address|follow|consult)\b"
)
_BETWEEN = re.compile(r"\s(?:(?:took place|was held|has taken place)\s)?between\b")
_LAST_ONE = re.compile(r"\b(?:last|previously|earlier) (?:met|spoke|talked|held)\b|\b(?:since|after) they last\b")
_THEIRS = re.compile(rf"(?:His|Her|Their)\s(?:[a-z-]+\s)?(?:{_NOUNS.replace(' ', '|')})\swith\b")
_FAR_NOUN = 40  # code points behind the verb at which a noun for the contact is of another clause
_FAR = 80  # code points that a clause may begin before the contact's noun


class Property(NamedTuple):
    """One property of the contact, stated in [start, end) of one sentence.

    `aspect` is participants, start, end, duration, ordinal, initiator or status.
    """

    aspect: str
    sentence: int
    start: int
    end: int
    value: FoundValue | None = None
    ongoing: bool = False


def find_properties(reading: Reading) -> list[Property]:
    """Every property of the contact that the text states, in order."""
    found: list[Property] = []
    about = False  # whether the sentence before was about the contact, so that "It lasted …" is too
    for sentence in reading.sentences:
        where = reading.text, sentence.start, sentence.end
        mentions = bool(CONTACT.search(*where) or _MET.search(*where)) or states_contact(
            reading, sentence.start, sentence.end
        )
        if mentions or (about and _GOES_ON.match(*where)):
            found += _timed(reading, sentence) + _status(reading, sentence) + _ordinal(reading, sentence)
            found += _initiator(reading, sentence)
        about = mentions
    return sorted([*_participants(reading), *found], key=lambda p: p.start)


def states_contact(reading: Reading, start: int, end: int) -> bool:
    """Whether [start, end) says once more that the principals were in contact, and of no other day."""
    if _HELD.search(reading.text, start, end) is None:
        return False
    dated = any(v.value.type is ValueType.DATE for v in beginning_in(reading.values, start, end))
    return not dated and len(_named(reading, start, end)) > 1


def _named(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The principals that [start, end) names."""
    return reading.names.principal_names.intersection([m.name for m in reading.names.within(start, end)])


def _initiator(reading: Reading, sentence: Sentence) -> list[Property]:
    """At whose request the contact took place."""
    match = _REQUESTED.search(reading.text, sentence.start, sentence.end)
    if match is None:
        return []
    return [Property("initiator", sentence.number, *_clause(reading.text, sentence, match.start(), match.end()))]


def _clause(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end): out to the nearest boundaries on either side."""
    left = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, start)), default=sentence.start)
    right = next((m.start() for m in _CLAUSE.finditer(text, end, sentence.end)), sentence.end)
    return trimmed(text, left, right)


def _timed(reading: Reading, sentence: Sentence) -> list[Property]:
    """How long the contact took, and when it began and ended."""
    text, found = reading.text, []
    for value in beginning_in(reading.values, sentence.start, sentence.end):
        aspect = _aspect(text, sentence, value)
        if aspect:
            start, end = _clause(text, sentence, value.start, value.end)
            contact = CONTACT.search(text, value.end, min(sentence.end, value.end + 25))
            end = max(end, contact.end()) if contact else end
            found.append(Property(aspect, sentence.number, start, end, value))
    return found


def _aspect(text: str, sentence: Sentence, value: FoundValue) -> str | None:
    """What a value says of the contact: its duration, start, end or status; None if something else."""
    before = text[max(sentence.start, value.start - 45) : value.start]
    behind = text[value.end : min(sentence.end, value.end + 45)]
    if value.value.type is ValueType.DURATION:
        lasted = _LONG_CONTACT.match(behind) or _HELD_FOR.search(before) or _LASTED.search(before)
        return "duration" if lasted else None
    if value.value.type is not ValueType.INSTANT:
        return None
    near = text[max(sentence.start, value.start - 60) : min(sentence.end, value.end + 40)]
    return "status" if _ONGOING.pattern.search(before) else _bound(before, near)


def _bound(before: str, near: str) -> str | None:
    """Whether a time is the start or the end of the contact, by the words before and around it."""
    began = [m.start() for m in _BEGAN.finditer(before)]
    ended = [m.start() for m in _ENDED.finditer(before)]
    if began or ended:
        return "start" if max(began, default=-1) > max(ended, default=-1) else "end"
    if _TO.search(before):
        return "end"
    return "start" if _FROM.search(before) or _MET_AT.search(before) or _BEGAN.search(near) else None


def _status(reading: Reading, sentence: Sentence) -> list[Property]:
    """Whether the contact goes on or is over, unless a time says when."""
    text = reading.text
    for pattern in (_ONGOING, _COMPLETED):
        match = pattern.search(text, sentence.start, sentence.end)
        if match is None or not _IS_ITS_SUBJECT.search(text, sentence.start, match.start()):
            continue
        behind = beginning_in(reading.values, match.end(), match.end() + 20)
        if not any(v.value.type is ValueType.INSTANT for v in behind):
            start, end = _clause(text, sentence, match.start(), match.end())
            return [Property("status", sentence.number, start, end, ongoing=pattern is _ONGOING)]
    return []


def _ordinal(reading: Reading, sentence: Sentence) -> list[Property]:
    """Which contact of several it is ("the second such call")."""
    match = _ORDINAL.search(reading.text, sentence.start, sentence.end)
    if not match:
        return []
    start, end = trimmed(reading.text, match.start(), match.end())
    words, place = match["value"], number(match["value"])
    if place is None:
        return [Property("ordinal", sentence.number, start, end)]
    value = Value(type=ValueType.NUMBER, iso=decimal(place), as_written=words)
    found = FoundValue(match.start("value"), match.end("value"), value)
    return [Property("ordinal", sentence.number, start, end, found)]


def _participants(reading: Reading) -> list[Property]:
    """The first sentence that says best who met: all principals, the contact as a verb and noun, and its date."""
    best: tuple[int, Property] | None = None
    for sentence in reading.sentences if len(reading.names.principal_names) > 1 else ():
        contact = CONTACT.search(reading.text, sentence.start, sentence.end)
        held = _HELD.search(reading.text, sentence.start, sentence.end)
        together = _together(reading, sentence) if contact or held else 0
        here = beginning_in(reading.values, sentence.start, sentence.end)
        if together < 2 or _is_of_earlier(reading, sentence, here):
            continue
        at = held.start() if held else contact.start() if contact else 0
        dates = [v for v in here if _is_day(reading, v) and not _is_of_saying(reading, sentence, v)]
        date = min(dates, key=lambda v: abs(v.start - at), default=None)
        title = is_heading(reading.text, sentence.start, sentence.end)
        weight = together + 2 * bool(held) + 2 * bool(date) + bool(contact) - title
        if best is None or weight > best[0]:
            start, end = _span_of_contact(reading, sentence, contact, date, held)
            best = weight, Property("participants", sentence.number, start, end, date)
    return [best[1]] if best else []


def _together(reading: Reading, sentence: Sentence) -> int:
    """How many principals a sentence names or, as in "her talks with X" and "the two met", means."""
    named = _named(reading, sentence.start, sentence.end)
    theirs = bool(_THEIRS.match(reading.text, sentence.start))
    return max(len(named) + theirs, 2 * bool(_MET.search(reading.text, sentence.start, sentence.end)))


def _is_of_earlier(reading: Reading, sentence: Sentence, values: Sequence[FoundValue]) -> bool:
    """Whether a sentence is about an earlier contact: the "last" one, or one that is dated by its year."""
    if _LAST_ONE.search(reading.text, sentence.start, sentence.end):
        return True
    return any(v.value.type is ValueType.DATE and len(v.value.iso or "") == len("2031") for v in values)


def _is_day(reading: Reading, value: FoundValue) -> bool:
    """Whether a value is a day, and not the one since when nothing like it has happened."""
    if value.value.type is not ValueType.DATE:
        return False
    since = reading.text[max(0, value.start - 6) : value.start] == "since "
    return not since and (value.value.iso is None or len(value.value.iso) == len("2031-01-31"))


def _is_of_saying(reading: Reading, sentence: Sentence, value: FoundValue) -> bool:
    """Whether a date is part of the attributing words: the day on which it was said."""
    frame = reading.frame_of(sentence)
    cue = frame.chain[-1].cue if frame else None
    return cue is not None and cue.start <= value.start < cue.end


def _span_of_contact(
    reading: Reading,
    sentence: Sentence,
    contact: re.Match[str] | None,
    date: FoundValue | None,
    held: re.Match[str] | None,
) -> tuple[int, int]:
    """The words that state the contact: from its subject or noun to the date, or to the other participant."""
    people = [m for m in reading.names.within(sentence.start, sentence.end) if m.type == "person"]
    if contact is None:
        told = max([m.end for m in people[:2]] + [date.end if date else 0]) if len(people) > 1 else sentence.start
        more = _NEXT_ACT.search(reading.text, told, sentence.end)
        return trimmed(reading.text, sentence.start, more.start() if more else sentence.end)
    if held and contact.start() - held.end() > _FAR_NOUN:
        contact = held
    if held and people and people[0].start < held.start():
        stop = max(contact.end(), *(m.end for m in people[:2]), date.end if date else 0)
        return trimmed(reading.text, people[0].start, min(stop, sentence.end))
    partners = [m.end for m in people if m.start > contact.end()] if _BETWEEN.match(reading.text, contact.end()) else []
    stop = max(contact.end(), *partners[:2], date.end if date else 0)
    start, end = _clause(reading.text, sentence, contact.start(), stop)
    return contact.start() if start < contact.start() - _FAR else start, max(end, stop)
