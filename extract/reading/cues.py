"""A stretch of text in, cue phrases out: which words report which kind of act, and whether they are negated.

The phrases live in `lexicon.toml`; this module expands verbs to their forms and compiles one expression a kind.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from schemas import Kind

_VERB = re.compile(r"\{([^{}\d,]+)\}")  # {agree}, but no quantifier
_HISSING = re.compile(r"(?:s|sh|ch|x|z)$")
# A negation with up to two words between it and the cue.
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|neither|nor|cannot|without|n[’']t|can[’']t|won[’']t"
    r"|(?:did|do|does|has|have|had|would|will|could|is|was|were|are|should|must)n[’']t)\s(?:\w+\s){0,2}$",
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
}


@dataclass(frozen=True, slots=True)
class Cue:
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
    return phrase.replace(" ~ ", r" (?:[\w’'-]+ ){0,4}?").replace(" ", r"\s[“\"]?")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """One expression a kind."""
    groups = []
    for kind, phrases in lexicon()["cues"].items():
        alternatives = "|".join(expression(p) for p in sorted(phrases, key=len, reverse=True))
        groups.append((Kind(kind), re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")))
    return tuple(groups)


@lru_cache(maxsize=512)
def find_cues(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """Every cue in [start, end), in order; of two that overlap, the longer."""
    found: list[Cue] = []
    for kind, pattern in _patterns():
        found += [Cue(match.start(), match.end(), kind) for match in pattern.finditer(text, start, end)]
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda c: c.start - c.end):
        if all(cue.end <= other.start or other.end <= cue.start for other in kept):
            kept.append(cue)
    return tuple(_with_negation(text, start, cue) for cue in sorted(kept, key=lambda c: c.start))


def _with_negation(text: str, start: int, cue: Cue) -> Cue:
    if not _NEGATION.search(text[max(start, cue.start - 40) : cue.start]):
        return cue
    return Cue(cue.start, cue.end, _NEGATED.get(cue.kind, cue.kind), negated=True)
