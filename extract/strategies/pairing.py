"""What the rules and what a model report of one sentence in; which of them mean the same act out."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, utils

from extract.strategies.trust import ALIKE
from schemas import Fact
from schemas.answer import AnswerFact

_WORD = re.compile(r"\w+")
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE)


def pair(rules: Sequence[Fact], told: Sequence[AnswerFact]) -> dict[int, int]:
    """Index of a fact of the rules -> index of the model's that means the same act; both are of one sentence.

    The most alike pair goes first: the same kind before the same actor, and that before likeness of words, which alone
    makes no pair below `ALIKE`.
    """
    ranked = sorted(
        ((_likeness(fact, said), -i, -j) for i, fact in enumerate(rules) for j, said in enumerate(told)), reverse=True
    )
    pairs: dict[int, int] = {}
    for (same_kind, same_actor, words), i, j in ranked:
        if -i not in pairs and -j not in pairs.values() and (same_kind or same_actor or words >= ALIKE):
            pairs[-i] = -j
    return pairs


def _likeness(fact: Fact, said: AnswerFact) -> tuple[bool, bool, float]:
    words = " ".join(span.exact for span in fact.evidence)
    return fact.kind is said.kind, said.actor in {actor.name for actor in fact.actor}, alike(said.about, words)


def alike(about: str, words: str) -> float:
    """How far `about` is a piece of `words`, from 0 to 100, whatever the case and punctuation."""
    return fuzz.partial_ratio(about, words, processor=utils.default_process) if about.strip() else 0.0


def stands_in(about: str, words: str) -> bool:
    """Whether `about` is a piece of `words`, whole words in a row, whatever the case, marks and spaces.

    Words picked from here and there could say anything: "sell people" stands in "do not sell and do not buy people" in
    no such way.
    """
    wanted, text = _plain(about), _plain(words)
    return bool(wanted.strip()) and wanted in text


def drops_negation(about: str, words: str) -> bool:
    """Whether `words` deny something and `about` does not, so that it could say the opposite."""
    return bool(_NEGATION.search(words)) and not _NEGATION.search(about)


def _plain(words: str) -> str:
    """The words in lower case with one space around each."""
    return f" {' '.join(_WORD.findall(words.casefold()))} "
