"""Two names in, whether they name the same actor or source out. Knows no list of people or countries.

The scorer must not lean on what it scores, so this shares nothing with the extractor's alias table: it knows spelling,
titles, last names and initialisms. Other aliases (a capital for its country) come from the labels' `as_written`.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from evals.criteria import CRITERIA
from schemas import Actor, Anonymity, Fact, GoldFact, SourceLink, SourceType


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "president premier minister chancellor king queen prince princess emir sultan secretary ambassador envoy senator "
    "governor mr mrs ms dr sir dame lord lady"
)
_ARTICLES = frozenset({"the", "a", "an"})
# The last word of a body's name stands for no body: "House" is not the White House as "Ruun" is Ada Ruun.
_BODIES = _set(
    "house palace ministry office council party union republic kingdom states nations agency administration government "
    "parliament army forces department service commission bank court news times post daily journal press"
)
# Words within a person's name that are often left out, and are lower case as often as not.
_PARTICLES = _set("van von der den de di da dos del la le el al bin ibn bint ben abu af av zu ter")
_PAPERS = frozenset({"readout", "statement", "summary", "translation", "report", "post", "transcript"})
_FILLERS = frozenset(
    {"unnamed", "anonymous", "unidentified", "some", "several", "two", "of", "in", "for", "to", "with", "on"}
)


@cache
def _tokens(name: str) -> tuple[str, ...]:
    """The words of `name` without diacritics, points, possessive 's, or a leading article; in their own case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    found = re.findall(r"\w+", re.sub(r"['’]s\b", "", plain).replace(".", ""))
    return tuple(found[1:] if len(found) > 1 and found[0].casefold() in _ARTICLES else found)


def words(name: str) -> tuple[str, ...]:
    """`name` in lower-case words, without what spelling and typography add."""
    return tuple(word.casefold() for word in _tokens(name))


def _without_particles(found: tuple[str, ...]) -> list[str]:
    return [word for word in found if word.casefold() not in _PARTICLES]


def _person(name: str) -> tuple[str, ...]:
    """What follows the titles in `name`, if it may be a person: up to four capitalised words, none a body's."""
    found = _tokens(name)
    start = max((i + 1 for i, word in enumerate(found) if word.casefold() in _TITLES), default=0)
    if start and found[start : start + 1] == ("of",):  # "Secretary of State"
        start += 2
    first = found[start : start + 1]  # "Ben Ruun" has a first name, "bin Ruun" has none
    rest = [*(word for word in first if word not in _PARTICLES), *_without_particles(found[start + 1 :])]
    capitalised = all(word[0].isupper() for word in rest)
    if 1 <= len(rest) <= 4 and capitalised and not _BODIES & {word.casefold() for word in rest}:
        return tuple(word.casefold() for word in rest)
    return ()


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    long_enough = min(len(a), len(b)) >= CRITERIA.spelled_out
    return long_enough and fuzz.ratio(a, b) >= 100 * CRITERIA.same_spelling


def _same_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A last name for a full one, another spelling of the first, or names in the middle left out."""
    if not short or not _same_word(short[-1], full[-1]):
        return False
    if len(short) == 1:
        return True
    if len(short) == len(full) == 2:
        return short[0][0] == full[0][0] and fuzz.ratio(short[0], full[0]) >= 100 * CRITERIA.same_first_name
    return short == full or (len(short) == 2 and short[0] == full[0])


def _initialism(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    initials = "".join(word[0] for word in re.findall(r"\w+", full) if word[0].isupper())
    return letters.isupper() and 2 <= len(letters) == len(initials) and letters == initials


@cache
def same_name(a: str, b: str) -> bool:
    """Whether `a` and `b` name one actor: same words, spelling aside; last name for full name; initials for a body."""
    left, right = words(a), words(b)
    if left and len(left) == len(right) and all(map(_same_word, left, right)):
        return True
    if _initialism(a, b) or _initialism(b, a):
        return True
    short, full = sorted((_person(a), _person(b)), key=len)
    return _same_person(short, full)


def same_actor(predicted: Actor, gold: Actor) -> bool:
    """Whether the predicted canonical name is the labelled one, or the name that the labelled article uses for it."""
    if same_name(predicted.name, gold.name):
        return True
    return bool(_person(gold.as_written)) and same_name(predicted.name, gold.as_written)


def actors_in_common(predicted: Sequence[Actor], gold: Sequence[Actor]) -> int:
    """How many predicted actors are labelled ones, each counted once."""
    left = list(gold)
    for actor in predicted:
        match = next((other for other in left if same_actor(actor, other)), None)
        if match is not None:
            left.remove(match)
    return len(gold) - len(left)


def same_actors(predicted: Sequence[Actor], gold: Sequence[Actor]) -> bool:
    """Whether both name the same actors, in any order, none more and none fewer."""
    return len(predicted) == len(gold) == actors_in_common(predicted, gold)


def told_by(fact: Fact | GoldFact) -> tuple[SourceLink, ...]:
    """The attribution chain after the article itself; empty where the writer speaks in his own voice."""
    chain = fact.attribution
    return chain[1:] if chain[0].type is SourceType.WRITER else chain


def _issuer(name: str) -> str:
    """The body that issued a paper: "Rose Palace readout" is the Rose Palace speaking."""
    found = name.split()
    while len(found) > 1 and found[-1].casefold() in _PAPERS:
        found.pop()
    return " ".join(found)


def _description(name: str) -> set[str]:
    return {word.removesuffix("s") for word in words(name) if word not in _FILLERS | _ARTICLES}


def same_source(predicted: SourceLink, gold: SourceLink) -> bool:
    """Whether two links name one source. Nameless ones agree if one description holds all the words of the other."""
    if predicted.type is gold.type is SourceType.ANONYMOUS:
        if predicted.anonymity is gold.anonymity is Anonymity.UNNAMED:
            return True
        few, many = sorted((_description(predicted.name), _description(gold.name)), key=len)
        return few == many or (len(few) >= 2 and few <= many)
    return same_name(_issuer(predicted.name), _issuer(gold.name))


def same_primary_source(predicted: Fact, gold: Fact) -> bool:
    """Whether both chains end at the same source, or both are the writer's own."""
    ours, theirs = told_by(predicted), told_by(gold)
    if not ours or not theirs:
        return not ours and not theirs
    return same_source(ours[-1], theirs[-1])


def same_chain(predicted: Fact, gold: Fact) -> bool:
    """Whether both chains have the same links in the same order, the article itself aside."""
    ours, theirs = told_by(predicted), told_by(gold)
    return len(ours) == len(theirs) and all(map(same_source, ours, theirs))
