"""A stretch of text in, cue phrases out: which words report which kind of act, and whether they are negated.

The phrases live in `lexicon.toml`; this module expands verbs to their forms, and tries a phrase only where a word
stands that it begins with.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from extract.reading.keyed import Keyed, words_of
from extract.reading.stretches import START, beginning_in
from schemas import Kind

_VERB = re.compile(r"\{([^{}\d,]+)\}")  # {agree}, but no quantifier
_OPENING = re.compile(r"[A-Z](?=[a-z])(?:(?<=^.)|(?<=[.!?:]\s.)|(?<=[.!?][”\"’]\s.)|(?<=[“\"‘].))", re.MULTILINE)
_LONGEST = 200  # code points of a cue
SPACE = r"\s[“\"]?"  # between two words of a cue a quotation may open
# Up to four words between the parts of a cue, none of which begins another phrase.
_BETWEEN = r" (?:(?!(?:for|that|over|about|with|at|after|and|but|which|who)\b)[\w’'-]+ ){0,4}?"
_HISSING = re.compile(r"(?:s|sh|ch|x|z)$")
_NEGATION_REACH = 40  # code points before a cue
# A negation with up to two words between it and the cue.
_NEGATION = Keyed(
    r"\b(?:not|never|no longer|neither|nor|cannot|without|n[’']t|can[’']t|won[’']t"
    r"|(?:did|do|does|has|have|had|would|will|could|is|was|were|are|should|must)n[’']t)\s(?:\w+\s){0,2}$",
    "not never longer neither nor cannot without t",
    re.IGNORECASE,
)
# The same act with a negation before it is another kind of act.
_NEGATED = {
    Kind.AGREEMENT: Kind.NON_COMMITMENT,
    Kind.COMMITMENT: Kind.NON_COMMITMENT,
    Kind.DIRECTIVE: Kind.ABSENCE,
    Kind.PROPOSAL: Kind.ABSENCE,
    Kind.CONDITION: Kind.ABSENCE,
    Kind.REQUEST: Kind.ABSENCE,
    Kind.TOPIC: Kind.ABSENCE,
}


class Cue(NamedTuple):
    """The words [start, end) report an act of `kind`; `negated` if a negation precedes them."""

    start: int
    end: int
    kind: Kind
    negated: bool = False


def inflections(verb: str) -> str:
    """An expression for all forms of an English verb: irregular ones from the lexicon, the others by rule."""
    irregular = lexicon()["forms"].get(verb)
    if irregular is not None:
        return "(?:" + "|".join([*irregular.split(), verb]) + ")"
    if verb.endswith("e"):
        return f"{verb[:-1]}(?:es|ed|ing|e)"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}(?:ies|ied|ying|y)"
    if _HISSING.search(verb):
        return f"{verb}(?:es|ed|ing|)"
    return f"{verb}(?:s|ed|ing|)"


@lru_cache(maxsize=1)
def lexicon() -> dict[str, dict[str, str]]:
    """The parsed lexicon file."""
    return tomllib.loads(files("extract.reading").joinpath("lexicon.toml").read_text(encoding="utf-8"))


def expression(phrase: str) -> str:
    """A phrase of the lexicon as a regular expression."""
    phrase = _VERB.sub(lambda verb: inflections(verb[1]), phrase)
    return phrase.replace(" ~ ", _BETWEEN).replace(" ", SPACE)


class _Phrase(NamedTuple):
    """A phrase of the lexicon as an expression, and one for the first word of what that matches."""

    cue: str
    first: re.Pattern[str]


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[Kind, tuple[_Phrase, ...], re.Pattern[str]], ...]:
    """A row a kind: its phrases, the longest first, and an expression for the first word of any of them."""
    rows = []
    for kind, phrases in lexicon()["cues"].items():
        cues = [expression(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
        known = tuple(_Phrase(cue, re.compile(first_word(cue))) for cue in cues)
        rows.append((Kind(kind), known, re.compile("|".join(phrase.first.pattern for phrase in known))))
    return tuple(rows)


def first_word(expression: str) -> str:
    """An expression for the first word of what `expression` matches: each of its branches up to what ends a word.

    What has to stand before the word or behind it, or must not, is left to `expression` itself.
    """
    depth, kept, skipping, whole = 0, "", 0, False
    for at, mark in enumerate(expression):
        looks = expression.startswith(("(?!", "(?=", "(?<"), at)
        ends = expression.startswith((SPACE, "-", "[’']"), at)
        depth += (mark == "(") - (mark == ")")
        if ends and depth == 0:
            return kept
        if not skipping and (looks or ends):
            skipping, whole = depth, looks
        elif skipping and (depth < skipping or (mark == "|" and depth == skipping and not whole)):
            skipping = 0
            kept += "" if whole else mark
        elif not skipping:
            kept += mark
    return kept


@lru_cache(maxsize=1 << 14)
def _begun_by(word: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The kinds that have cues which begin with `word`, with one expression for those of each."""
    return tuple(
        (kind, re.compile(rf"(?:{'|'.join(p.cue for p in phrases if p.first.fullmatch(word))})(?![\w-])"))
        for kind, phrases, first in _phrases()
        if first.fullmatch(word)
    )


class Cues:
    """Every cue of one text. Made once an article; each word is looked up once, however many stretches ask.

    A stretch is asked about by rules, checks and strategies alike, so what is in it is worked out once, too.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Cue] = []
        self._asked: dict[tuple[int, int], tuple[Cue, ...]] = {}
        for word, places in words_of(text).at.items():
            if kinds := _begun_by(word):
                for at in places:
                    self._add(at, kinds)
        self._found.sort(key=START)

    def _add(self, at: int, kinds: tuple[tuple[Kind, re.Pattern[str]], ...]) -> None:
        """The cues of these kinds that begin at `at`: in lower case, or with a capital that opens a sentence."""
        text, offset = self._text, 0
        before = text[at - 1] if at else " "
        if before in "-_" or before.isalnum():
            return
        if not text[at].islower() and _OPENING.match(text, at):
            text, offset = text[at].lower() + text[at + 1 : at + _LONGEST], at
        for kind, pattern in kinds:
            match = pattern.match(text, at - offset)
            if match:
                self._found.append(Cue(at, offset + match.end(), kind))

    def within(self, start: int, end: int) -> tuple[Cue, ...]:
        """Every cue in [start, end), in order; of two that overlap, the longer, and of two alike the first kind."""
        if (start, end) not in self._asked:
            self._asked[start, end] = self._within(start, end)
        return self._asked[start, end]

    def _within(self, start: int, end: int) -> tuple[Cue, ...]:
        found = [cue for cue in beginning_in(self._found, start, end) if cue.end <= end]
        kept = _longest(found) if len(found) > 1 else found
        return tuple([_with_negation(self._text, start, cue) for cue in kept])


def _longest(cues: list[Cue]) -> list[Cue]:
    """Of those that overlap the longest, in order. They come in order of their beginnings."""
    if all(one.end <= other.start for one, other in pairwise(cues)):
        return cues
    kept: list[Cue] = []
    for cue in sorted(cues, key=_length, reverse=True):
        if not any(cue.start < other.end and other.start < cue.end for other in kept):
            kept.append(cue)
    return sorted(kept, key=START)


def _length(cue: Cue) -> int:
    return cue.end - cue.start


def _with_negation(text: str, start: int, cue: Cue) -> Cue:
    if not _NEGATION.search(text, max(start, cue.start - _NEGATION_REACH), cue.start):
        return cue
    return Cue(cue.start, cue.end, _NEGATED.get(cue.kind, cue.kind), negated=True)
