"""Text in; its runs of capitalised words out: what the gazetteer knows, titles, and what may be a name.

Each token gets a one-letter class, and the runs are matches of one expression over the string of classes: "Foreign
Office" is E, "spokesman" T, "Ada" N, "van" P, "of" O, a comma C, a possessive S, and any other word X.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from extract.reading.gazetteer import Entry, gazetteer
from extract.reading.mentions import HEADS, TITLES
from extract.reading.words import word_list

# An abbreviation, a word with its hyphens and apostrophes, a possessive, a mark, a line end, a number.
_TOKEN = re.compile(
    r"[A-Z]?[a-z]+(?=[\s,.])"  # what most are, so tried first
    r"|(?:[A-Z]\.){2,}"
    r"|(?<=[a-z]\s)[A-Z]\.(?=\s[A-Z][a-z])"  # the initial inside a name
    r"|[A-Z][a-z]{2,30}s[’'](?=\s(?:Union|Party|Association|Federation|League|Council|Alliance|Congress|Front|Guild)\b)"
    r"|[^\W\d_]+(?:[-'’](?![sS]\b)[^\W\d_]+){0,9}"
    r"|[’'][sS]\b"
    r"|[^\w\s]"
    r"|[\r\n]+"
    r"|\d[\d.,:]*"
)
_PARTED = re.compile(f"({_TOKEN.pattern})")
_PARTICLES = frozenset(word_list("particles"))
_PREFIXED = re.compile(r"(?:al|el|an|ar|as|at|ad|az|d|l|o)[-’'][A-Z]")
_OF_THE = (["of", "the"], ["for", "the"])
_STATES = frozenset((*word_list("states"), "federation", "state", "union"))
_NO_NAME = frozenset(word_list("no_name"))
_OF_PERSONS = frozenset(word_list("titles_of_persons"))
_FIRST_NAMES = frozenset(word_list("first_names"))
_HONORIFICS = ("h.e", "h.h", "h.m", "h.r.h")
_FIXED = dict.fromkeys((*TITLES, *_HONORIFICS), "T") | {"’s": "S", "'s": "S", "of": "O", "for": "O", ",": "C"}
# A country or seat with titles behind it, then a name; titles with "of" and a place; a bare name; entries alone.
_RUN = re.compile(
    r"""(?P<entries>(?:ES?){0,12})
        (?: (?P<titles>T{1,12}) (?: O(?P<place>E|N{1,40}?)(?=C?N|[^N]|$) | O(?P<office>[TE]{1,12}) )? C? )?
        (?P<name>N(?:P{0,3}N)*)
        (?: O(?P<home>E|N{1,40})(?!N*S) )?
    |   (?P<only>(?:ES?)+)(?P<after>T+)?
    |   (?P<alone>T{1,12}) O(?P<realm>E|N+)""",
    re.VERBOSE,
)


class Run(NamedTuple):
    """One run: gazetteer entries with their spans, titles in lower case, spans of a name and of a place behind "of"."""

    entries: tuple[tuple[int, int, Entry], ...]
    titles: tuple[str, ...] = ()
    name: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    single: bool = False


class _Token(NamedTuple):
    start: int
    end: int
    cls: str
    entry: Entry | None = None


_OTHER = _Token(0, 0, "X")  # any number of other words: they part runs, wherever they stand


@lru_cache(maxsize=1)
def _alias_lengths() -> dict[str, int]:
    """First word of an alias -> how many words the longest alias has that begins with it."""
    longest: dict[str, int] = {}
    for alias in gazetteer():
        words = _TOKEN.findall(alias)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _lookup(words: list[str], spans: list[tuple[int, int]], at: int, text: str) -> tuple[int, Entry] | None:
    """The longest gazetteer alias that begins at word `at`: how many words, and the entry.

    An alias that is also another word counts only where no capitalised word goes on with it; a body ("Security
    Council") or a capital only where it does not end a longer name.
    """
    table = gazetteer()
    for length in range(min(_alias_lengths().get(words[at], 0), len(words) - at), 0, -1):
        entry = table.get(text[spans[at][0] : spans[at + length - 1][1]])
        if entry is None:
            continue
        following = words[at + length] if at + length < len(words) else ""
        if entry.ambiguous and entry.group != "country" and (following[:1].isupper() or _opens(words, at)):
            continue
        before = words[at - 1] if at and words[at - 1][:1].isupper() and words[at - 1] not in table else ""
        if before and (entry.group == "organisation" or (entry.form == "capital" and before.lower() not in _NO_NAME)):
            continue
        return length, entry
    return None


def _opens(words: list[str], at: int) -> bool:
    """Whether word `at` opens a sentence, a quotation or the text."""
    return at == 0 or words[at - 1][0] in ".!?“”‘’\"'•:–—-()["


def _class(words: list[str], at: int, written: set[str]) -> str:
    """The class of the capitalised word `at`, which is no entry; `written` are all words of the text."""
    word = words[at]
    if len(word) > 3 and word.isupper() and _shouted(words, at):
        return "X"
    low = word.lower().rstrip(".")
    if low == "first" and words[at + 1 : at + 2] == ["Minister"]:
        return "T"
    return _FIXED.get(low) or ("N" if _is_name(words, at, written) else "X")


@lru_cache(maxsize=1 << 14)
def _plain_class(word: str) -> str:
    """The class of a mark or of a word in lower case: a title, a small word of names, or any other. Else nothing."""
    if word[0].isalpha() and not word.islower():
        return ""
    return _FIXED.get(word.lower()) or ("P" if word in _PARTICLES else "X")


def _is_name(words: list[str], at: int, written: set[str]) -> bool:
    """Whether a word has a capital for no other reason than that it is a name."""
    word = words[at]
    low = word.lower().rstrip(".")
    first_name = low in _FIRST_NAMES and _named_on(words, at)
    if not (word[0].isupper() and (low not in _NO_NAME or first_name)) and not _PREFIXED.match(word):
        return False
    return low not in written or not _opens(words, at) or _named_on(words, at)


def _shouted(words: list[str], at: int) -> bool:
    """Whether a word stands in a line of capitals."""
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(len(word) > 1 and word.isupper() for word in beside)


def _named_on(words: list[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    return following[:1].isupper() and following.lower() not in _NO_NAME


def _tokens(text: str) -> list[_Token]:
    """The tokens of `text`; other words that stand together are one."""
    pieces = _PARTED.split(text)  # between two tokens, a token, and so on
    words, ends = pieces[1::2], list(accumulate(map(len, pieces)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    classes = list(map(_plain_class, words))
    written = set(words)
    found: list[_Token] = []
    behind = 0  # of the last token's words
    for at in [i for i, cls in enumerate(classes) if cls != "X"]:
        if at < behind:
            continue
        if at > behind:
            found.append(_OTHER)
        behind = at + 1
        hit = _lookup(words, spans, at, text) if words[at][0].isupper() else None
        if hit and not (found and found[-1].cls == "N" and _goes_on_name(hit[1])):
            if hit[1].group == "country" and words[at - 2 : at] in _OF_THE:
                found.pop()  # "President of the Seychelles"
            behind = at + hit[0]
            found.append(_Token(spans[at][0], spans[behind - 1][1], "E", hit[1]))
        elif words[at] == "of" and words[at - 3 : at - 1] == ["of", "the"] and words[at - 1].lower() in _STATES:
            del found[-2:]  # "President of the Republic of Kelm"
        else:
            found.append(_Token(*spans[at], classes[at] or _class(words, at, written)))
    return found


def _goes_on_name(entry: Entry) -> bool:
    """Whether the name of a country or outlet behind a name is a part of that name."""
    return entry.group in ("country", "outlet") and entry.form == "name"


def _classes(tokens: list[_Token], text: str) -> str:
    """The class of every token; a capitalised title inside a name is part of it ("National Security Council")."""
    classes = "".join(token.cls for token in tokens)

    def part_of_name(match: re.Match[str]) -> str:
        middle = [text[tokens[i].start : tokens[i].end] for i in range(match.start() + 1, match.end() - 1)]
        inside = all(word[0].isupper() and word.lower() not in HEADS for word in middle)
        return "N" * len(match[0]) if inside and middle[-1].lower() not in _OF_PERSONS else match[0]

    return re.sub(r"NT+N", part_of_name, classes)


def find_runs(text: str) -> Iterator[Run]:
    """Every run of `text`, in order. A sentence's full stop, a mark or a line end parts two runs."""
    tokens = _tokens(text)
    classes = _classes(tokens, text)
    at = 0
    while match := _RUN.search(classes, at):
        at = match.end()
        yield _run(match, tokens, text)


def _run(match: re.Match[str], tokens: list[_Token], text: str) -> Run:
    def span(group: str) -> tuple[int, int] | None:
        left, right = match.span(group)
        return (tokens[left].start, tokens[right - 1].end) if left < right else None

    inside = tokens[match.start() : match.end()]
    left, right = match.span("name")
    return Run(
        entries=tuple([(t.start, t.end, t.entry) for t in inside if t.entry]),
        titles=tuple([text[t.start : t.end].lower().rstrip(".") for t in inside if t.cls == "T"]),
        name=span("name"),
        place=span("place") or span("home") or span("realm"),
        single=left < right and match.string.count("N", left, right) == 1,
    )
