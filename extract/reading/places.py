"""Names that are no person's in; what they name out: places and their adjectives, seats, outlets, organisations."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from extract.reading.mentions import Mention
from extract.reading.persons import AFTER_SPEECH, LANDMARKS, Candidate, Persons, is_body, is_state, last_word
from extract.reading.words import word_list

_SEATS = frozenset(word_list("seats"))
# What only a country has: the possessive behind its name, and the word that follows.
_OWNED = re.compile(
    r"[’']s\s(?:\w+\s)?(?i:government|president|prime|premier|chancell|emir|king|foreign|army|navy|parliament|capital)"
)
_OWNER_WORD = re.compile(r"\b\w")
_LONGEST_WORD = 60  # code points of an owner's name
_ADJECTIVE_END = re.compile(r"(?:i|is|ian|ians|an|ans|ese|ish|ic|er|ers)$")
_STEM = 4  # letters that a place and its adjective share at least
# A word of the name of a newspaper, an agency or a broadcaster; and one of those words before a name.
_OUTLET = re.compile(
    r"\b(?:Wire|Radio|Times|Post|Journal|News|Herald|Press|Telegraph|Tribune|TV|Television|Daily|Media|Monitor"
    r"|Observer|Chronicle|Courier|Standard|Gazette|Review|Bulletin|Dispatch|Examiner|Register)\b"
)
_CITED = re.compile(r"\baccording to\s(?:the\s)?$")
_OUTLET_BEFORE = re.compile(
    r"\b(?:newspaper|agency|daily|broadcaster|channel|website|outlet|magazine|weekly)\s(?:the\s)?$"
)


def find_others(candidates: list[Candidate], persons: Persons, text: str) -> list[Mention]:
    """Mentions of names that are no person. A single word that stands only once is nothing yet."""
    places = _by_stem(sorted(_places(candidates, persons, text)))
    counted = Counter(c.mention.name for c in candidates)
    found = []
    for candidate in candidates:
        mention = candidate.mention
        if mention.type == "person" and persons.fullest(mention.name):
            continue
        place = _place_of(candidate, places[mention.name[:_STEM]])
        type_ = "country" if place else _type(candidate, counted[mention.name], text)
        if place:
            form = "name" if place == mention.name else "demonym"
            found.append(mention._replace(type="country", name=place, title="", of=None, form=form))
        elif type_:
            found.append(mention._replace(type=type_, title=""))
    return found


def _type(candidate: Candidate, count: int, text: str) -> str | None:
    """Office, outlet or organisation; None for a name that says too little."""
    mention, last = candidate.mention, last_word(candidate.mention.name)
    cited = _CITED.search(text[max(0, mention.start - 20) : mention.start])
    if last in _SEATS and (AFTER_SPEECH.match(text, mention.end) or cited or count > 1):
        return "office"
    if _OUTLET.search(mention.name) or _OUTLET_BEFORE.search(text[max(0, mention.start - 20) : mention.start]):
        return "outlet"
    if is_body(mention.name):
        return "office"
    known = count > 1 and mention.name.lower() not in LANDMARKS if candidate.run.single else last not in LANDMARKS
    return "organisation" if known else None


def _places(candidates: list[Candidate], persons: Persons, text: str) -> set[str]:
    """Names that the text treats as countries: "<title> of X", "X's government", and X with "Xian" beside it."""
    names = {c.mention.name for c in candidates if c.mention.type == "place" or is_state(c.mention.name)}
    singles = Counter(c.mention.name for c in candidates if c.run.single and not persons.fullest(c.mention.name))
    words = _by_stem(singles)
    owners = _owners(text)
    for name in singles:
        repeated = singles[name] > 1
        if name in owners or (repeated and any(_is_adjective(word, name) for word in words[name[:_STEM]])):
            names.add(name)
    return names


def _owners(text: str) -> set[str]:
    """Every word, and end of a compound, that has a government or the like."""
    found = set()
    for match in _OWNED.finditer(text):
        left = max(0, match.start() - _LONGEST_WORD)
        found |= {text[word.start() : match.start()] for word in _OWNER_WORD.finditer(text, left, match.start())}
    return found


def _by_stem(names: Iterable[str]) -> defaultdict[str, list[str]]:
    """The names by their first letters, so that each is compared with its likes only."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name[:_STEM]].append(name)
    return found


def _place_of(candidate: Candidate, places: list[str]) -> str | None:
    """The place that a name is, or is the adjective of."""
    name, single = candidate.mention.name, candidate.run.single
    return next((place for place in places if place == name or (single and _is_adjective(name, place))), None)


def _is_adjective(word: str, name: str) -> bool:
    """Whether `word` looks like the adjective of the place `name`: "Kelmi" of Kelm, "Norvanian" of Norvania."""
    stem = name.rstrip("aeiouy")
    return (
        len(stem) >= _STEM
        and word != name
        and word.startswith(stem[: max(_STEM, len(stem) - 1)])
        and bool(_ADJECTIVE_END.search(word))
    )
