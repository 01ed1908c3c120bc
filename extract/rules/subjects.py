"""An act and its surroundings in; who acts out."""

import re

from extract.reading.article import Reading
from extract.reading.chains import DOCUMENT, Frame
from extract.reading.gazetteer import country_names
from extract.reading.mentions import Mention
from extract.reading.segment import Sentence
from extract.reading.stretches import overlapping
from extract.reading.words import word_list
from extract.rules.acts import Act
from schemas import Kind

# A preposition before a name, which is then no subject.
_PREPOSITIONS = (
    r"\b(?:of|with|in|on|by|for|to|from|between|against|over|at|after|about|into|towards?|during|among|via|than|as)\s"
)
_WHERE = ("In ", "In the ", "At ", "From ")  # what opens an act by saying where
_PREPOSITION_ALONE = re.compile(rf"{_PREPOSITIONS}$")
_PREPOSITION = re.compile(
    rf"{_PREPOSITIONS}"
    r"(?:(?:the|an?|his|her|its|their|both|former|late|state)\s)?(?:(?!that\b|[A-Z]\w*day\b)[\w.-]+\s){0,2}$"
)
# Words for both principals, one person, a body, and the speaker's own side.
_BOTH = re.compile(
    r"\b(?:[Bb]oth|[Aa]ll (?:two|three|four)|[Tt]hey|[Ee]ach|[Nn]either (?:side|leader|party|man)"
    r"|[Tt]he (?:two|three|pair|[Ll]eaders|[Pp]residents|[Pp]remiers|[Cc]hancellors|[Pp]rime [Mm]inisters|[Mm]inisters"
    r"|[Hh]eads of (?:[Ss]tate|[Gg]overnment)|interlocutors|[Ss]ides|[Pp]arties)|[Tt]wo (?:[Ll]eaders|[Pp]residents))\b"
)
_SINGLE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_OPENING_PRONOUN = re.compile(r"(?:(?:But|And|Yet|Still|However),?\s)?(?:H|Sh)e\s")
_OPENING_REFERENCE = re.compile(
    r"(?:(?:But|And|Yet|Still|However),?\s)?"
    r"(?:They|He|She|Both(?:\s(?:leaders|sides|parties))?|The (?:two|leaders|sides))\s[a-z]"
)
_OWN = re.compile(r"\b(?:[Hh]is|[Hh]er|[Oo]ur|[Mm]y) (?:own )?(?:country|nation)\b")
_IT = re.compile(r"\b[Ii]t\b")
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Ww]e[’']re|I[’']m|[Oo]ur|[Mm]y)\b")
# "It is expected that …": of whom, stands behind.
_IT_IS_SAID = re.compile(r"[Ii]t (?:is|was|has been) (?:also |further |widely )?[a-z]+ed\b")
_TOLD_OF_NOBODY = (Kind.EXPECTATION, Kind.BACKGROUND_EVENT, Kind.ASSESSMENT)
_FIRST_REACH = 25  # code points from the start of an act within which "we" is its subject
_MODAL = re.compile(r"(?:must|should|needs?|ha(?:s|ve) to|would have to)\b")
# Behind a country or an office: a title and a name, so that it only says of what.
_TITLE_BEHIND = re.compile(
    r"\s(?:(?:of\s)?[A-Z][\w’-]*,?\s){1,5}(?=[A-Z])|\s(?:envoy|spokes\w+|adviser|advisor|minister|official)s?\b"
)
_POSSESSIVE = re.compile(r"[’']s?\s(?!has\b|had\b)")
# Between two names that act together.
JOIN = re.compile(r"^(?:’s|'s)?,?\s(?:and|&|,)\s(?:(?:[\w.’-]+),?\s){0,5}$|^,\s$")
# What nobody in particular is said to have talked about or agreed on.
_NEITHER = re.compile(r"[Nn]either (?:side|leader|party|man|government|would|could|did|has|had)\b")
_NO = re.compile(r"[Nn]o\s")  # "no agreement was reached"
_SHARED = (Kind.TOPIC, Kind.AGREEMENT)
_IMPERSONAL = re.compile(
    r"\b(?:[Ii]t|agreement|understanding|deal|accord|consensus|compromise) (?:was|has been|had been)\b"
)
# Who or what is scheduled, beside the contact itself.
_OF_OTHERS = re.compile(
    r"\b(?:commission|committee|council|group|teams?|delegations?|ministers|experts|officials|pause|truce|ceasefire|session"
    r"|dinner|ceremony|vote|election|work)\b"
)
_PASSIVE = re.compile(r"\b(?:was|were|been)\s(?:also\s|further\s)?$")
_ACTING = ("person", "country", "office", "group", "organisation")
_SPOKEN = (Kind.STATEMENT, Kind.REACTION)
# Verbs of telling, also with what is told behind them.
TELLING = "|".join([*word_list("telling"), "pointed out"])
_TELLS_THAT = re.compile(rf"\b(?:{TELLING}|told [^,.;]{{2,40}}?)\s(?:[a-z]+\s){{0,2}}?that\b")
# Verbs that say that somebody blames: any other cue of an accusation is what he blames for.
_SPOKEN_BLAME = re.compile(r"(?:accus|blam|denounc|condemn|slam|decr|alleg|fault|critici|lie|lying)")


def subjects(reading: Reading, act: Act, frame: Frame | None, previous: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Who acts: named before the cue, else a pronoun's or group word's referent, else the last subject or the source.

    `previous` is who acted last in the same sentence, or before it for a pronoun to refer to.
    """
    referred = _OPENING_REFERENCE.match(reading.text, act.start)
    if act.kind in _TOLD_OF_NOBODY and _IT_IS_SAID.match(reading.text, act.start):
        return _in_its_clause(reading, act)
    here = () if referred else named(reading, act.start, act.cue.start if act.cue else act.end)
    speaker = frame.speaker if frame else None
    if here and act.kind is Kind.ACCUSATION and is_of_wrongs(reading, act):
        return _who_blames(reading, act, speaker, previous)
    of_others = bool(act.cue and here) or _is_account_of(reading, speaker, here)
    if speaker and act.kind in _SPOKEN and not of_others:
        return (speaker,)
    if speaker and is_modal(reading, act):
        return (_principal_for(reading, speaker),)
    return here or _unnamed(reading, act, speaker, previous)


def _in_its_clause(reading: Reading, act: Act) -> tuple[Mention, ...]:
    """Who acts in what "it is expected that" is said of."""
    that = reading.text.find(" that ", act.start, act.end)
    found = named(reading, that, act.end) if that >= 0 else ()
    return found if found and found[0].start - that < _FIRST_REACH else ()


def _who_blames(
    reading: Reading, act: Act, speaker: Mention | None, previous: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Who says so in the act itself, else the speaker, else who acted last."""
    blamed = {m.name for m in accused(reading, act)}
    tells = tuple(m for m in named(reading, act.start, _wrong_begins(reading, act)) if m.name not in blamed)
    return tells or ((speaker,) if speaker else tuple(m for m in previous if m.name not in blamed))


def accused(reading: Reading, act: Act) -> tuple[Mention, ...]:
    """Who is blamed, for a cue that is what somebody is blamed for."""
    return named(reading, _wrong_begins(reading, act), act.cue.start if act.cue else act.end)


def _wrong_begins(reading: Reading, act: Act) -> int:
    """Where the clause of the wrong begins: behind a verb of telling and "that", if there is one before the cue."""
    tells = _TELLS_THAT.search(reading.text, act.start, act.cue.start if act.cue else act.end)
    return tells.end() if tells else act.start


def is_of_wrongs(reading: Reading, act: Act) -> bool:
    """Whether the cue is what somebody is blamed for, so that its subject is not who blames."""
    return act.cue is not None and not _SPOKEN_BLAME.match(reading.text, act.cue.start)


def _is_account_of(reading: Reading, speaker: Mention | None, named: tuple[Mention, ...]) -> bool:
    """Whether an office tells what parties of the contact did, even where its words for it are quoted."""
    of_parties = {m.name for m in named} <= reading.names.principal_names
    return bool(speaker and speaker.type == "office" and named and of_parties)


def meant_by_pronoun(reading: Reading, sentence: Sentence, words: str) -> tuple[Mention, ...]:
    """Whom a "he" or "she" that opens a sentence means: who spoke in the one before; nobody where that is not so."""
    if sentence.number == 1 or not _OPENING_PRONOUN.match(words):
        return ()
    before = reading.sentences[sentence.number - 2]
    frame = reading.frame_of(before)
    speaker = frame.speaker if frame else None
    return (speaker,) if speaker and speaker.type == "person" and before.paragraph >= sentence.paragraph - 1 else ()


def _unnamed(reading: Reading, act: Act, speaker: Mention | None, previous: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Who acts where the act names nobody."""
    window = reading.text[act.start : act.cue.start if act.cue else act.end]
    principals = reading.names.principals
    nobody = act.kind is Kind.NON_COMMITMENT and bool(_NO.match(reading.text, act.start))
    told = reading.text[act.start : act.cue.end if act.cue else act.end]  # "neither side mentioned" is all cue
    passive = act.kind in _SHARED and (_PASSIVE.search(window) or _IMPERSONAL.search(told))
    joint = (act.kind is Kind.SCHEDULING and not _OF_OTHERS.search(window)) or nobody or passive
    if _BOTH.search(window) or _NEITHER.match(told) or (joint and principals):
        return principals or previous
    if silent := _silent(reading, act, speaker, window):
        return (silent,)
    if speaker and (own := _self(reading, act, speaker, window)):
        return (own,)
    if _SINGLE.search(window):
        return previous[:1]
    if act.kind is Kind.BACKGROUND_EVENT and act.cue is None and speaker:
        return ()  # what has happened is not told of whoever tells it
    return (_principal_for(reading, speaker),) if speaker and not previous else previous


def _silent(reading: Reading, act: Act, speaker: Mention | None, window: str) -> Mention | None:
    """Who leaves something out or does not answer: whose paper it is, which spoke last, else who tells of it."""
    if act.kind is Kind.ABSENCE and DOCUMENT.search(window):
        own = [m for m in reading.names.within(act.start, act.start + len(window)) if m.type == "office"]
        if own:
            return own[0]
        sentence = next(iter(overlapping(reading.sentences, act.start, act.end)), None)
        before = reading.frames_around(sentence)[0] if sentence else None
        if before and before.speaker and before.speaker.type == "office":
            return before.speaker
    return speaker if act.kind in (Kind.ABSENCE, Kind.NO_COMMENT) and not _SINGLE.search(window) else None


def _self(reading: Reading, act: Act, speaker: Mention, window: str) -> Mention | None:
    """The speaker, or the speaker's side, where "it", "we", "he" or "his country" means them."""
    if _OWN.search(window):
        return _side(speaker)
    if _IT.search(window):
        return speaker
    if _FIRST.search(window) or _FIRST.search(reading.text[act.start : act.start + _FIRST_REACH]):
        return _side(speaker) if act.kind in (Kind.AGREEMENT, Kind.COMMITMENT) else speaker
    if overlapping(reading.quotations, act.start, act.start + 1):
        return None  # in somebody's own words "he" is somebody else
    return speaker if _SINGLE.search(window) and speaker.type == "person" else None


def is_modal(reading: Reading, act: Act) -> bool:
    """Whether the cue only says that something must be so: then whoever says it is the one who requires it."""
    return bool(act.cue and _MODAL.match(reading.text[act.cue.start : act.cue.end]))


def named(reading: Reading, start: int, end: int) -> tuple[Mention, ...]:
    """The first mention in [start, end) that is no prepositional object and no possessor, and those joined to it."""
    chosen: list[Mention] = []
    for mention in reading.names.within(start, end):
        if mention.type not in _ACTING or mention.form == "demonym" or mention.end > end:
            continue
        if not chosen:
            chosen += [mention] if _can_act(reading.text, mention, start) else []
        elif JOIN.match(reading.text[chosen[-1].end : mention.start]):
            chosen.append(mention)
        else:
            break
    return tuple({m.name: m for m in chosen}.values())


def _can_act(text: str, mention: Mention, start: int) -> bool:
    """Whether a mention can be the subject of the words that begin at `start`."""
    if mention.type in ("country", "office") and _TITLE_BEHIND.match(text, mention.end):
        return False  # "Ostria President Ilo Best": the country only says of what
    if _POSSESSIVE.match(text[mention.end : mention.end + 4]):
        return False
    before = text[max(start, mention.start - 40) : mention.start]
    if before in _WHERE and text[mention.end : mention.end + 1] == ",":
        return False
    # In "at the end of the talks the president left" the talks stand between.
    whole = before.endswith("the ") or text.startswith(("the ", "The "), mention.start)
    return not (_PREPOSITION_ALONE.search(before.removesuffix("the ")) if whole else _PREPOSITION.search(before))


def _side(speaker: Mention) -> Mention:
    """For whom "we" stands: the country of the one who speaks."""
    country = country_names().get(speaker.country or "")
    if country is None:
        home = speaker.of if speaker.type == "person" and speaker.is_head else None
        return speaker._replace(type="country", name=home) if home else speaker
    return speaker._replace(type="country", name=country.name, wikidata=country.wikidata)


def _principal_for(reading: Reading, speaker: Mention) -> Mention:
    """An office reports what its own leader did: the principal of its country, where that is known."""
    if speaker.type in ("office", "country") and speaker.country:
        for principal in reading.names.principals:
            if principal.country == speaker.country:
                return principal
    return speaker
