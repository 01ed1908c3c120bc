"""English text in; the content stems that comparisons run on out, and word sequences for verbatim comparison.

Only general knowledge of the language: stop words, verbs of saying, Snowball stems, a small thesaurus of the field
(`lexicon.toml`), spellings of countries through the shipped alias table, durations by what they measure.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

from extract.reading.gazetteer import gazetteer
from extract.reading.values import find_values
from reconcile.intervals import DAY, interval
from schemas import ValueType

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’]s?$")
_LONGEST_NAME = 4


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, object]:
    return tomllib.loads(files("reconcile").joinpath("lexicon.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball stem of one lower-case word."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stop_stems() -> frozenset[str]:
    lexicon = _lexicon()
    return frozenset(word for key in ("function_words", "saying", "attitude") for word in str(lexicon[key]).split())


@lru_cache(maxsize=1)
def _senses() -> dict[str, str]:
    """Stem -> the first stem of its group in the thesaurus."""
    groups = [str(row).split() for row in _rows("same")]
    return {stem(word): stem(group[0]) for group in groups for word in group}


def _rows(key: str) -> list[object]:
    rows = _lexicon()[key]
    assert isinstance(rows, list)
    return rows


def words(text: str) -> list[str]:
    """The words of `text` in order: lower case, without accents, possessives and punctuation."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [_APOSTROPHE.sub("", match[0].casefold()).replace("’", "'") for match in _WORD.finditer(plain)]


@lru_cache(maxsize=16384)
def stems(text: str) -> tuple[str, ...]:
    """The content stems of `text` in order: `@XX` for a country however named, `~30d` for a length of time."""
    return tuple(_phrased(list(_content(text))))


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], str]:
    table = _lexicon()["phrases"]
    assert isinstance(table, dict)
    return {tuple(str(pair).split()): stem(str(word)) for pair, word in table.items()}


def _phrased(roots: list[str]) -> Iterator[str]:
    """The stems, with two in a row written as the one word that they name together."""
    at = 0
    while at < len(roots):
        named = _phrases().get(tuple(roots[at : at + 2]))
        yield named or roots[at]
        at += 2 if named else 1


def _content(text: str) -> Iterator[str]:
    position = 0
    for start, end, token in _measured(text):
        yield from _plain(text[position:start])
        yield token
        position = end
    yield from _plain(text[position:])


def _measured(text: str) -> Iterator[tuple[int, int, str]]:
    """Lengths of time of a day and more: a term is part of what an act is about, however it is spelt."""
    for found in find_values(text, None):
        span = interval(found.value) if found.value.type == ValueType.DURATION else None
        if span and span.low >= DAY and span.high < float("inf"):
            days = (span.low + span.high) / 2 / DAY
            yield found.start, found.end, f"~{30 if 28 <= days <= 31 else round(days)}d"


def _plain(text: str) -> Iterator[str]:
    tokens = [match[0] for match in _WORD.finditer(text)]
    at = 0
    while at < len(tokens):
        length, country = _country(tokens, at)
        if country:
            yield f"@{country}"
            at += length
            continue
        for word in words(tokens[at]):
            if word not in _stop_stems() and len(word) > 1:
                root = stem(word)
                yield _senses().get(root, root)
        at += 1


def _country(tokens: list[str], at: int) -> tuple[int, str | None]:
    """The longest name of a country, its people or its capital at token `at`."""
    if not tokens[at][0].isupper():
        return 1, None
    for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
        entry = gazetteer().get(_APOSTROPHE.sub("", " ".join(tokens[at : at + length])))
        if entry and entry.group == "country":
            return length, entry.country
    return 1, None


def runs(sequence: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` consecutive words."""
    return [tuple(sequence[at : at + size]) for at in range(len(sequence) - size + 1)]


@lru_cache(maxsize=1)
def _contact_stems() -> frozenset[str]:
    return frozenset(stems(str(_lexicon()["contact"])))


def is_contact(roots: tuple[str, ...]) -> bool:
    """Whether these stems speak of a call, a visit or a meeting."""
    return not _contact_stems().isdisjoint(roots)


@lru_cache(maxsize=1)
def _talk_stems() -> frozenset[str]:
    return frozenset(stems(str(_lexicon()["talk"])))


def is_talk(roots: tuple[str, ...]) -> bool:
    """Whether these stems speak of talks yet to be held about something."""
    return not _talk_stems().isdisjoint(roots)


@lru_cache(maxsize=1)
def property_words() -> dict[str, frozenset[str]]:
    """Property of a contact -> the stems that name it."""
    return _table("properties")


@lru_cache(maxsize=1)
def awaited_words() -> dict[str, frozenset[str]]:
    """Kind of fact -> the stems by which a forecast says that it waits for one."""
    return _table("awaited")


def _table(key: str) -> dict[str, frozenset[str]]:
    table = _lexicon()[key]
    assert isinstance(table, dict)
    return {name: frozenset(stems(str(row))) for name, row in table.items()}


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` that are no stop words."""
    return tuple(word for word in words(text) if word not in _stop_stems())
