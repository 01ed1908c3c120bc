"""An act, its actors and its source in; a whole fact out: object, summary, value, quote, certainty, evidence."""

import re

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.mentions import Mention
from extract.reading.stretches import beginning_in, overlapping
from extract.reading.values import FoundValue
from extract.rules.acts import Act
from extract.rules.contact import Property
from schemas import Actor, Certainty, Comparator, Evidence, Fact, Kind, Quote, QuoteMode, Realis, Value, ValueType

# Small words before what an act is about.
_LEADING = re.compile(
    r"^(?:(?:to|on|that|for|of|with|about|in|into|the|an?|whether|is|was|be|been|also|:)\s+)+", re.IGNORECASE
)
_OBJECT_WORDS = 16
_TERMS = frozenset(
    {
        Kind.AGREEMENT,
        Kind.COMMITMENT,
        Kind.PROPOSAL,
        Kind.CONDITION,
        Kind.REQUEST,
        Kind.POSITION,
        Kind.NON_COMMITMENT,
        Kind.REFUSAL,
    }
)
# Behind a duration: it is the age of something, no term.
_NO_TERM = re.compile(
    r"\s?(?:old\b|(?:(?!(?:in|of|on|to)\b)\w+\s){0,2}(?:war|conflict|invasion|occupation|fighting)\b)"
)
_POSSESSIVE = re.compile(r"[’']s\b")
_RATE = re.compile(r"an?\s\w+$")
_COUNTED = re.compile(r"\d[\d.,]*\s(?:\w+\s){1,6}$|\b(?:barrels|tonnes|tons|metres|meters|times|flights|hours)\s$")
# Signs of realis and certainty.
_CONDITIONAL = re.compile(r"\b(?:only if|[Ii]f|unless|provided that|on condition|as long as|should [A-Z]\w+)\b")
_WILL = re.compile(r"\b(?:will|shall|going to|set to|due to|to (?:begin|start|resume))\b|[’']ll\b")
_MOVED = re.compile(
    r"\b(?:postpon|delay|cancel|called off|reschedul|moved|brought forward|put off|pushed back|than planned)"
    r"|\bhad been (?:initially |originally )?(?:scheduled|planned|due)"
)
_HOPED = re.compile(r"\bhop(?:es?|ed|ing)\b")
_POSSIBLE = re.compile(r"\b(?:could|may|might|possibl[ey]|potentially|can|in theory|hopes?|hoped)\b")
_PROBABLE = re.compile(r"\b(?:expected|likely|probabl[ey]|apparently|think|believe|seems?|appears?)\b")
_PRESENT = re.compile(
    r"^(?:is|are|has been|have been|wants?|fears?|insists?|supports?|backs?|says?|seeks?|believes?|opposes?|\w+ing)\b"
)
_SINCE = re.compile(r"\bsince\b[^,;.]*$")
_LEFT_OUT = re.compile(r"\b(?:not been|(?:was|were) (?:not|never))\b")
_UNDECIDED = re.compile(r"\b(?:considering|weighing|mulling|possibility)\b")
_BOUND = re.compile(r"\b(?:until|till|by|before|from)\s(?:the\s)?$")
# Between attributing words and an act that touches them.
_TOUCHING = re.compile(r"[\s,:“\"]*(?:that\s)?[“\"]?")
_EVALUATING = frozenset({Kind.REACTION, Kind.STATEMENT})  # whose words need not be about who speaks them
_NON_EVENTS = frozenset({Kind.NON_COMMITMENT, Kind.NO_COMMENT, Kind.ABSENCE})
_TOLD = {
    "participants": "{names} were in contact{value}.",
    "duration": "The contact of {names} lasted {value}.",
    "start": "The contact of {names} began at {value}.",
    "end": "The contact of {names} ended at {value}.",
    "status": "The contact of {names} was still going on at {value}.",
    "ordinal": "The contact of {names} was the {value}.",
}
_RATED_BY_CLAIM = frozenset(
    {Kind.EXPECTATION, Kind.ASSESSMENT, Kind.BACKGROUND_EVENT, Kind.STATEMENT, Kind.TOPIC, Kind.SCHEDULING}
)


def compose(
    reading: Reading, act: Act, actors: tuple[Mention, ...], towards: tuple[Mention, ...], frame: Frame | None
) -> Fact:
    """The fact that `act` states."""
    words = reading.text[act.start : act.end]
    start = _with_cue(reading, act, frame)
    spans = [Evidence.of(reading.text, start, act.end)]
    if act.cue and act.head is not None:  # a second object: its verb stands further ahead
        spans.insert(0, Evidence.of(reading.text, act.head, act.cue.end))
    if frame and not frame.chain[:-1] and _is_seen_by_the_writer(act, frame, words):
        frame = None
    item = object_of(reading, act)
    value = _value(reading, act)
    return Fact(
        id="new",
        kind=act.kind,
        actor=_actors(reading, actors),
        target=_actors(reading, towards),
        object=item,
        summary=_summary(reading, act, actors),
        attribution=(reading.publisher, *(frame.chain if frame else ())),
        certainty=certainty(act.kind, words),
        realis=realis(act, words, reading.text),
        value=value,
        quote=_quote(reading, start, act.end, frame, actors),
        denies=item if act.kind is Kind.DENIAL else None,
        evidence=tuple(spans),
    )


def compose_property(reading: Reading, found: Property, frame: Frame | None) -> Fact:
    """The `meeting` fact for one property of the contact."""
    names = " and ".join(m.name for m in reading.names.principals)
    label = "participants and day" if found.aspect == "participants" else found.aspect
    value = found.value.value if found.value else None
    return Fact(
        id="new",
        kind=Kind.MEETING,
        actor=_actors(reading, reading.names.principals),
        object=f"contact of {names}: {label}" if names else f"contact: {label}",
        summary=_told(reading, found, names or "the parties"),
        attribution=(reading.publisher, *(frame.chain if frame else ())),
        realis=Realis.ONGOING if found.ongoing else Realis.OCCURRED,
        value=value,
        quote=_quote(reading, found.start, found.end, frame, ()),
        evidence=(Evidence.of(reading.text, found.start, found.end),),
    )


def _is_seen_by_the_writer(act: Act, frame: Frame, words: str) -> bool:
    """Whether nobody tells of an act but the writer: of a silence, unless somebody says that a thing was left out."""
    cue = frame.chain[-1].cue
    told = cue is not None and cue.end <= act.start and act.end <= frame.end and _LEFT_OUT.search(words)
    return act.kind is Kind.NO_COMMENT or (act.kind is Kind.ABSENCE and not told)


def _told(reading: Reading, found: Property, names: str) -> str:
    """The property in a sentence: by its value where it has one, else in the words of the article."""
    if found.value is None and found.aspect != "participants":
        return f"Of the contact of {names}: {reading.text[found.start : found.end]}."
    value = found.value.value.as_written if found.value else ""
    day = f" ({value})" if value else ""
    return _TOLD[found.aspect].format(names=names, value=day if found.aspect == "participants" else value)


def _actors(reading: Reading, mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    return tuple(m.actor(reading.text) for m in mentions)


def _with_cue(reading: Reading, act: Act, frame: Frame | None) -> int:
    """Where the evidence begins: with the attributing words if they touch the act, else with the act."""
    cue = frame.chain[-1].cue if frame and frame.chain else None
    if cue and cue.end <= act.start and _TOUCHING.fullmatch(reading.text, cue.end, act.start):
        return cue.start
    return act.start


def object_of(reading: Reading, act: Act) -> str:
    """What the act is about: the words behind its cue, or all of them where it has none."""
    start = act.cue.end if act.cue and act.start <= act.cue.start and act.cue.end < act.end - 3 else act.start
    words = _LEADING.sub("", reading.text[start : act.end].strip(' ,.“”"’:;—'))
    return " ".join(words.split()[:_OBJECT_WORDS]).strip(' ,.“”"') or reading.text[act.start : act.end]


def _summary(reading: Reading, act: Act, actors: tuple[Mention, ...]) -> str:
    """One sentence in the article's own words, with the actors' full names."""
    words = reading.text[act.start : act.end]
    who = " and ".join(m.name for m in actors)
    named = any(m.start >= act.start and act.cue and m.end <= act.cue.start for m in actors)
    if act.cue is None or not who or (act.kind in _EVALUATING and not named):
        return words + "."
    return f"{who} {reading.text[act.cue.start : act.end]}".strip(" ,") + "."


def certainty(kind: Kind, words: str) -> Certainty:
    """FactBank's value from the innermost source's view: the claim's for forecasts and reports, else the act's."""
    if kind in _NON_EVENTS:
        return Certainty.CERTAIN_NOT
    if kind not in _RATED_BY_CLAIM:
        return Certainty.CERTAIN
    if _POSSIBLE.search(words):
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if _PROBABLE.search(words) else Certainty.CERTAIN


def realis(act: Act, words: str, text: str) -> Realis:
    """Whether the act occurred, goes on, or lies ahead."""
    if act.kind in (Kind.COMMITMENT, Kind.THREAT, Kind.EXPECTATION) and _CONDITIONAL.search(words):
        return Realis.CONDITIONAL
    if act.kind is Kind.EXPECTATION:
        unsure = _PROBABLE.search(words) or _HOPED.search(words)
        return Realis.SCHEDULED if _WILL.search(words) and not unsure else Realis.EXPECTED
    if act.kind is Kind.SCHEDULING:
        return Realis.OCCURRED if _MOVED.search(words) else Realis.SCHEDULED
    if act.kind is Kind.PROPOSAL and _UNDECIDED.search(words):
        return Realis.HYPOTHETICAL
    if act.kind is Kind.ASSESSMENT:
        return Realis.ONGOING
    cue = text[act.cue.start : act.cue.end] if act.cue else ""
    return Realis.ONGOING if _PRESENT.match(cue) else Realis.OCCURRED


def _value(reading: Reading, act: Act) -> Value | None:
    """The term of a bound or wanted thing, or the date of a background event."""
    here = [v for v in beginning_in(reading.values, act.start, act.end) if v.end <= act.end]
    if act.kind in _TERMS:
        terms = [v.value for v in here if _is_term(reading, v)]
        bounds = [v.value for v in here if _is_deadline(reading, v)]
        days = [v.value for v in here if act.cue and v.start >= act.cue.end and _lies_ahead(reading, v)]
        return next(iter([*terms, *bounds, *days]), None)
    if act.kind in (Kind.DIRECTIVE, Kind.THREAT):
        return next((v.value for v in here if _is_deadline(reading, v)), None)
    if act.kind in (Kind.BACKGROUND_EVENT, Kind.EXPECTATION):
        dates = (v for v in here if v.value.type is ValueType.DATE)
        fit = (v for v in dates if act.kind is not Kind.EXPECTATION or _is_to_come(reading, v))
        day = next((v.value for v in fit if not _POSSESSIVE.match(reading.text, v.end)), None)
        return day or next((v.value for v in here if v.value.type is ValueType.NUMBER), None)
    if act.kind is Kind.SCHEDULING:
        return next((v.value for v in here if v.value.type is not ValueType.DURATION), None)
    return None


def _is_term(reading: Reading, value: FoundValue) -> bool:
    """Whether a value says for how long, or how much."""
    return value.value.type is ValueType.NUMBER or (
        value.value.type is ValueType.DURATION and not _is_age(reading, value)
    )


def _is_deadline(reading: Reading, value: FoundValue) -> bool:
    """Whether a date bounds what is promised or wanted ("until 31 March", "by Friday")."""
    before = reading.text[max(0, value.start - 12) : value.start]
    if value.value.comparator is Comparator.AT_MOST:
        return value.value.type in (ValueType.DATE, ValueType.DURATION)
    return value.value.type is ValueType.DATE and bool(_BOUND.search(before))


def _is_to_come(reading: Reading, value: FoundValue) -> bool:
    """Whether a date does not lie before the article's day, where that is known."""
    iso, anchor = value.value.iso, reading.article.anchor_date
    return iso is None or anchor is None or iso >= anchor.isoformat()[: len(iso)]


def _lies_ahead(reading: Reading, value: FoundValue) -> bool:
    """Whether a date is known to lie behind the article's day, or is the evening of that day."""
    iso, anchor = value.value.iso, reading.article.anchor_date
    if value.value.type is not ValueType.DATE or iso is None or anchor is None:
        return False
    if _SINCE.search(reading.text[max(0, value.start - 40) : value.start]):
        return False
    return value.value.as_written.lower().startswith(("tonight", "next ")) or (
        "W" not in iso and iso > anchor.isoformat()[: len(iso)]
    )


def _is_age(reading: Reading, value: FoundValue) -> bool:
    """Whether a duration is no term but the age of something, or what a rate is given by ("40 tonnes a day")."""
    before = reading.text[max(0, value.start - 40) : value.start]
    rate = _RATE.match(value.value.as_written) and _COUNTED.search(before)
    return bool(rate or _NO_TERM.match(reading.text, value.end))


def _quote(reading: Reading, start: int, end: int, frame: Frame | None, actors: tuple[Mention, ...]) -> Quote | None:
    """The longest stretch of [start, end) inside quotation marks, and who speaks it."""
    inside = [(max(q.start, start), min(q.end, end)) for q in overlapping(reading.quotations, start, end)]
    if not inside:
        return None
    left, right = max(inside, key=lambda pair: pair[1] - pair[0])
    text = reading.text[left:right].strip()
    if len(text) < 2:
        return None
    mode = QuoteMode.DIRECT if right - left >= 0.8 * (end - start) else QuoteMode.MIXED
    speaker = frame.chain[-1].name if frame else (actors[0].name if actors else None)
    return Quote(mode=mode, text=text, speaker=speaker)
