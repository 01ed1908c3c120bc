"""A reading in; what it says of the contact itself out: participants and day, start, end, duration, ordinal, status."""

import re
from dataclasses import dataclass

from extract.reading.article import Reading
from extract.reading.segment import Sentence
from extract.reading.values import FoundValue
from extract.rules.acts import trimmed
from schemas import Value, ValueType

CONTACT = re.compile(
    r"\b(?:phone\s|telephone\s|video\s)?(?:call|conversation|meeting|talks|summit|discussion|encounter|audience|conference)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:(?:h[eo]ld|had|having|engaged in)\s(?:[\w’'-]+\s){0,5}?(?:call|conversation|meeting|talks|summit|discussion)s?"
    r"|spoke|spoken|sat down|met|talked|phoned|hosted|received|conferred)\b"
)
_MET = re.compile(
    r"\b(?:They|[Tt]he (?:two|three|pair|leaders)|[Ll]eaders of [^,.]*)\s(?:met|spoke|talked|sat down|rose)\b|\b[Mm]et (?:for|by)\b"
)
_LASTED = re.compile(
    r"\b(?:last(?:s|ed|ing)|continued|has continued|ran|went on|took|spoke|talked|met|wrapped|after it (?:started|began|had begun)|continued)\b"
)
_HELD_FOR = re.compile(
    r"\b(?:talks|call|conversation|meeting|discussions?|spoke|met|talked)\s(?:for|of|that (?:ran|went on) for)\s$"
)
_BEGAN = re.compile(r"\b(?:sat down|began|begun|started?|opened|got under way|kicked off)\b")
_ENDED = re.compile(r"\b(?:rose|broke up|parted|hung up|ended|wrapped|concluded|finished|over|closed)\b")
_ONGOING = re.compile(r"\b(?:still (?:in progress|ongoing|going|under way|talking)|in progress|under way|underway)\b")
_COMPLETED = re.compile(r"\b(?:had|has|have)?\s?(?:been )?(?:completed|concluded|ended|finished)\b")
_ORDINAL = re.compile(
    r"\b(?:the\s)?(?P<value>first|second|third|fourth|fifth|sixth|latest)\s(?:\w+\s){0,2}?(?:call|conversation|meeting|talks|summit"
    r"|contact|encounter|phone call)\b[^,.;]*"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_CLAUSE = re.compile(r"[,;—–][”\"]?\s|\sand\s|\sbut\s|\swith\s|\swhich\s|\safter\s(?=an?\s)|(?<=\s)[“\"](?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of the contact: `aspect` is participants, start, end, duration, ordinal or status."""

    aspect: str
    start: int
    end: int
    value: FoundValue | None = None
    ongoing: bool = False


def _clause(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end): out to the nearest boundaries on either side."""
    left = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, start)), default=sentence.start)
    right = next((m.start() for m in _CLAUSE.finditer(text, end, sentence.end)), sentence.end)
    return trimmed(text, left, right)


def find_properties(reading: Reading) -> list[Property]:
    """Every property of the contact that the text states, in order."""
    found: list[Property] = []
    about = False  # whether the sentence before was about the contact, so that "It lasted …" is too
    for sentence in reading.sentences:
        words = reading.text[sentence.start : sentence.end]
        mentions = bool(CONTACT.search(words)) or bool(_MET.search(words))
        if mentions or (about and re.match(r"(?:It|They|The\s(?:two|pair))\b", words)):
            found += _timed(reading, sentence) + _status(reading, sentence) + _ordinal(reading, sentence)
        about = mentions
    return sorted([*_participants(reading), *found], key=lambda p: p.start)


def _timed(reading: Reading, sentence: Sentence) -> list[Property]:
    text, found = reading.text, []
    for value in reading.values:
        if not sentence.start <= value.start < sentence.end:
            continue
        aspect = _aspect(text, sentence, value)
        if aspect:
            start, end = _clause(text, sentence, value.start, value.end)
            contact = CONTACT.search(text, value.end, min(sentence.end, value.end + 25))
            if contact and contact.end() > end:
                end = contact.end()
            found.append(Property(aspect, start, end, value))
    return found


def _aspect(text: str, sentence: Sentence, value: FoundValue) -> str | None:
    near = text[max(sentence.start, value.start - 60) : min(sentence.end, value.end + 40)]
    before = text[max(sentence.start, value.start - 45) : value.start]
    behind = text[value.end : min(sentence.end, value.end + 45)]
    if value.value.type is ValueType.DURATION:
        if re.match(r"(?:-long)?[\s-](?:\w+\s){0,2}(?:call|conversation|meeting|talks|summit|discussion)\b", behind):
            return "duration"
        if re.match(r"\s(?:after|into)\s(?:it|the (?:call|talks|meeting))", behind):
            return "duration"
        if _HELD_FOR.search(before):
            return "duration"
        return "duration" if re.search(_LASTED.pattern + r"[^,;.]{0,25}$", before) else None
    if value.value.type is ValueType.INSTANT:
        if _ONGOING.search(before):
            return "status"
        verbs = [(m.start(), "start") for m in _BEGAN.finditer(before)] + [
            (m.start(), "end") for m in _ENDED.finditer(before)
        ]
        if verbs:
            return max(verbs)[1]
        return "start" if _BEGAN.search(near) else None
    return None


def _status(reading: Reading, sentence: Sentence) -> list[Property]:
    text = reading.text
    for pattern, ongoing in (
        (_ONGOING, True),
        (re.compile(r"\bha[sd] (?:been )?(?:completed|concluded|ended|finished)\b"), False),
    ):
        match = pattern.search(text, sentence.start, sentence.end)
        if match and not any(
            v.value.type is ValueType.INSTANT and match.end() <= v.start < match.end() + 20 for v in reading.values
        ):
            start, end = _clause(text, sentence, match.start(), match.end())
            return [Property("status", start, end, None, ongoing)]
    return []


def _ordinal(reading: Reading, sentence: Sentence) -> list[Property]:
    match = _ORDINAL.search(reading.text, sentence.start, sentence.end)
    if not match:
        return []
    start, end = trimmed(reading.text, match.start(), match.end())
    if match["value"] not in _ORDINALS:
        return [Property("ordinal", start, end)]
    value = Value(type=ValueType.NUMBER, iso=str(_ORDINALS.index(match["value"]) + 1), as_written=match["value"])
    return [Property("ordinal", start, end, FoundValue(match.start("value"), match.end("value"), value))]


def _participants(reading: Reading) -> list[Property]:
    """The first sentence that has both principals and the contact in it, with its date."""
    names = {m.name for m in reading.names.principals}
    if len(names) < 2:
        return []
    best: tuple[int, Property] | None = None
    for sentence in reading.sentences:
        here = [m for m in reading.names.within(sentence.start, sentence.end) if m.name in names]
        contact = CONTACT.search(reading.text, sentence.start, sentence.end)
        held = _HELD.search(reading.text, sentence.start, sentence.end)
        together = len({m.name for m in here})
        if together < 2 or not (contact or held):
            continue
        date = next(
            (v for v in reading.values if sentence.start <= v.start < sentence.end and v.value.type is ValueType.DATE),
            None,
        )
        weight = together + 2 * bool(held) + 2 * bool(date) + bool(contact)
        if best is None or weight > best[0]:
            start, end = _span_of_contact(reading, sentence, contact, date, held)
            best = weight, Property("participants", start, end, date)
    return [best[1]] if best else []


def _span_of_contact(
    reading: Reading,
    sentence: Sentence,
    contact: re.Match[str] | None,
    date: FoundValue | None,
    held: re.Match[str] | None,
) -> tuple[int, int]:
    """The words that state the contact: from its subject or noun to the date, or to the other participant."""
    people = [m for m in reading.names.within(sentence.start, sentence.end) if m.type == "person"]
    if held and people and people[0].start < held.start() and contact:
        stop = max(contact.end(), *(m.end for m in people[:2]), date.end if date else 0)
        return trimmed(reading.text, people[0].start, min(stop, sentence.end))
    if contact:
        stop = date.end if date and date.end > contact.end() else contact.end()
        clause = _clause(reading.text, sentence, contact.start(), stop)
        return contact.start() if clause[0] < contact.start() - 80 else clause[0], max(clause[1], stop)
    return trimmed(reading.text, sentence.start, sentence.end)
