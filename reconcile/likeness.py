"""Two tellings in; how much alike they are out, 0 to 1, and the name of the rule that says so.

What counts: the object first, then the article's words, weighted by how rare a stem is in this story (inverse document
frequency), the kind, and who acts. What never counts: who tells it, for that is what accounts are compared by.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from reconcile.names import is_person
from reconcile.telling import Telling
from schemas import Kind

OBJECT_WEIGHT = 0.7
NEAR_KIND = 0.85
SAME_SIDE = 0.9
SAME_WORDS = 0.75
FEWEST_WORDS = 5
K = Kind
_FAMILIES = (
    {K.AGREEMENT, K.COMMITMENT, K.POSITION, K.REACTION},
    {K.AGREEMENT, K.SCHEDULING},
    {K.AGREEMENT, K.TOPIC},
    {K.SCHEDULING, K.EXPECTATION},
    {K.MEETING, K.SCHEDULING},
    {K.CONDITION, K.REQUEST, K.PROPOSAL, K.POSITION, K.CONCERN},
    {K.TOPIC, K.POSITION, K.STATEMENT},
    {K.STATEMENT, K.REACTION, K.ASSESSMENT, K.POSITION, K.CONCERN, K.ACCUSATION},
    {K.EXPECTATION, K.ASSESSMENT, K.CONCERN, K.STATEMENT, K.REACTION},
    {K.REFUSAL, K.NON_COMMITMENT},
    {K.BACKGROUND_EVENT, K.COMMITMENT, K.DIRECTIVE, K.AGREEMENT},
)


@lru_cache(maxsize=1024)
def near(left: Kind, right: Kind) -> bool:
    """Whether one act may be told as either kind."""
    return left == right or any(left in family and right in family for family in _FAMILIES)


class Rarity:
    """How much a stem tells two claims of a story apart: log(1 + claims / claims that have it)."""

    def __init__(self, tellings: Iterable[Telling]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for telling in tellings:
            counts.update({*telling.about, *telling.said})
            total += 1
        self._weights = {stem: math.log(1 + total / count) for stem, count in counts.items()}
        self._unseen = math.log(1 + total)

    def of(self, stem: str) -> float:
        """The weight of `stem`."""
        return self._weights.get(stem, self._unseen)

    def weight(self, stems: Iterable[str]) -> float:
        """The weight of several stems together."""
        return sum(self.of(stem) for stem in sorted(stems))

    def cosine(self, left: Iterable[str], right: Iterable[str]) -> float:
        """The cosine of two sets of stems, 0 where either is empty."""
        one, two = set(left), set(right)
        shared = sum(self.of(stem) ** 2 for stem in sorted(one & two))
        norms = (sum(self.of(stem) ** 2 for stem in sorted(stems)) for stems in (one, two))
        length = math.sqrt(math.prod(norms))
        return shared / length if length else 0.0


def likeness(left: Telling, right: Telling, rarity: Rarity) -> tuple[float, str]:
    """How much alike two tellings are, and the rule. Symmetrical."""
    if not near(left.kind, right.kind):
        return 0.0, "kinds apart"
    who = _who(left, right)
    verbatim = who * overlap(left.uttered, right.uttered)
    if verbatim >= SAME_WORDS:
        return verbatim, "same words"
    kinds, rule = (1.0, "same act and object") if left.kind == right.kind else (NEAR_KIND, "near kinds, same object")
    return kinds * who * topical(left, right, rarity), rule


def topical(left: Telling, right: Telling, rarity: Rarity) -> float:
    """How much alike object and words are, whoever acts and in whatever kind."""
    about = rarity.cosine(left.about, right.about)
    said = rarity.cosine(left.said, right.said)
    return OBJECT_WEIGHT * about + (1 - OBJECT_WEIGHT) * said


def _who(left: Telling, right: Telling) -> float:
    if not left.actors or not right.actors or left.actors & right.actors:
        return 1.0
    if all(is_person(name) for name in (*left.actors, *right.actors)):
        return 0.0
    return SAME_SIDE if left.countries & right.countries else 0.0


def overlap(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """How much of the shorter run of words stands in the longer, in order; 0 for fewer than `FEWEST_WORDS` words."""
    shorter = min(len(left), len(right))
    return LCSseq.similarity(left, right) / shorter if shorter >= FEWEST_WORDS else 0.0
