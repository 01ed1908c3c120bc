"""Text in; its runs of capitalised words out: what the gazetteer knows, titles, and what may be a name.

Each token gets a one-letter class, and the runs are matches of one expression over the string of classes: "Foreign
Office" is E, "spokesman" T, "Ada" N, "van" P, "of" O, a comma C, a possessive S, and any other word X.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.reading.gazetteer import Entry, gazetteer
from extract.reading.mentions import HEADS, TITLES
from extract.reading.words import word_list

# An abbreviation, a word with its hyphens and apostrophes, a possessive, a mark, a line end, a number.
_TOKEN = re.compile(
    r"[a-z]+(?=[\s,.])"  # what most are, so tried first
    r"|(?:[A-Z]\.){2,}"
    r"|(?<=[a-z]\s)[A-Z]\.(?=\s[A-Z][a-z])"  # the initial inside a name
    r"|[^\W\d_]+(?:[-'’](?![sS]\b)[^\W\d_]+){0,9}"
    r"|[’'][sS]\b"
    r"|[^\w\s]"
    r"|[\r\n]+"
    r"|\d[\d.,:]*"
)
_PARTICLES = frozenset(word_list("particles"))
_PREFIXED = re.compile(r"(?:al|el|an|ar|as|at|ad|az|d|l|o)[-’'][A-Z]")
_STATES = ("Republic", "Kingdom", "Federation", "State", "Union", "Commonwealth")
_NO_NAME = frozenset(word_list("no_name"))
_OF_PERSONS = frozenset(word_list("titles_of_persons"))
_FIRST_NAMES = frozenset(word_list("first_names"))
_FIXED = dict.fromkeys(TITLES, "T") | {"’s": "S", "'s": "S", "of": "O", "for": "O", ",": "C"}
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
    Council") only where it does not end a longer name.
    """
    table = gazetteer()
    for length in range(min(_alias_lengths().get(words[at], 0), len(words) - at), 0, -1):
        entry = table.get(text[spans[at][0] : spans[at + length - 1][1]])
        if entry is None:
            continue
        following = words[at + length] if at + length < len(words) else ""
        if entry.ambiguous and entry.group != "country" and (following[:1].isupper() or _opens(words, at)):
            continue
        if entry.group == "organisation" and at and words[at - 1][:1].isupper() and words[at - 1] not in table:
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
    """The class of a mark or of a word in lower case: a title, a small word of names, or any other."""
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
    """The tokens of `text`; of other words that stand together the last two, which part runs as well as all do."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    classes = ["" if word[0].isalpha() and not word.islower() else _plain_class(word) for word in words]
    written = set(words)
    found: list[_Token] = []
    behind = 0  # of the last token's words
    for at in [i for i, cls in enumerate(classes) if cls != "X"]:
        if at < behind:
            continue
        found += [_Token(*spans[other], "X") for other in range(max(behind, at - 2), at)]
        behind = at + 1
        hit = _lookup(words, spans, at, text) if words[at][0].isupper() else None
        if hit and not (found and found[-1].cls == "N" and _goes_on_name(hit[1])):
            if hit[1].group == "country" and _is_of_the(found, text):
                found.pop()  # "President of the Seychelles"
            behind = at + hit[0]
            found.append(_Token(spans[at][0], spans[behind - 1][1], "E", hit[1]))
        elif words[at] == "of" and _is_state(found, text):
            del found[-2:]  # "President of the Republic of Kelm"
        else:
            found.append(_Token(*spans[at], classes[at] or _class(words, at, written)))
    return found


def _goes_on_name(entry: Entry) -> bool:
    """Whether the name of a country or outlet behind a name is a part of that name."""
    return entry.group in ("country", "outlet") and entry.form == "name"


def _is_of_the(tokens: list[_Token], text: str) -> bool:
    """Whether the last two tokens are "of the"."""
    return len(tokens) > 1 and tokens[-2].cls == "O" and text[tokens[-1].start : tokens[-1].end] == "the"


def _is_state(tokens: list[_Token], text: str) -> bool:
    """Whether the last three tokens are "of the Republic" or the like."""
    words = [text[token.start : token.end] for token in tokens[-3:]]
    return len(words) == 3 and words[:2] == ["of", "the"] and words[2] in _STATES


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
        entries=tuple((t.start, t.end, t.entry) for t in inside if t.entry),
        titles=tuple(text[t.start : t.end].lower().rstrip(".") for t in inside if t.cls == "T"),
        name=span("name"),
        place=span("place") or span("home") or span("realm"),
        single=sum(token.cls == "N" for token in tokens[left:right]) == 1,
    )
