"""The claims of one contact in; sets of claims that tell one accord out.

"Both agreed", "he accepted" and "he supports the idea" may be one accord in several tellings, though they are several
claims. Claims are of one accord where they share an actor and most of an object, and no article tells them side by side
in one sentence, as two things.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reconcile.clusters import Claim, neighbours, shared_articles
from reconcile.divergences.finding import ACCORD, in_order, is_view, official
from reconcile.likeness import Rarity, topical
from reconcile.telling import Telling
from schemas import Kind

RELATED = 0.35
_OFFERED = ACCORD | {Kind.PROPOSAL}


@dataclass(frozen=True, eq=False)
class Accord:
    """Claims that tell one accord."""

    claims: tuple[Claim, ...]

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """All that is agreed, accepted or supported, in order."""
        return in_order(t for claim in self.claims for t in claim.tellings if t.kind in ACCORD)

    @cached_property
    def offers(self) -> tuple[Telling, ...]:
        """The same, and what is proposed."""
        return in_order(t for claim in self.claims for t in claim.tellings if t.kind in _OFFERED)

    def acts(self) -> Iterator[tuple[Telling, ...]]:
        """The tellings of each set of sides by itself: what both agreed on is not what one of them accepted."""
        groups: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
        for telling in self.tellings:
            groups[tuple(sorted(telling.countries or telling.actors))].append(telling)
        yield from (tuple(groups[actors]) for actors in sorted(groups))


def accords(claims: Sequence[Claim], rarity: Rarity) -> list[Accord]:
    """The accords of one contact, each with one claim or more."""
    found = [claim for claim in claims if any(t.kind in _OFFERED and not is_view(t) for t in claim.exemplars)]
    home = list(range(len(found)))
    for left, right in neighbours([claim.exemplars for claim in found]):
        if home[left] != home[right] and _one_accord(found[left], found[right], rarity):
            low, high = sorted((home[left], home[right]))
            home = [low if place == high else place for place in home]
    groups: dict[int, list[Claim]] = defaultdict(list)
    for place, claim in zip(home, found, strict=True):
        groups[place].append(claim)
    return [Accord(tuple(group)) for group in groups.values()]


def _one_accord(left: Claim, right: Claim, rarity: Rarity) -> bool:
    pairs = [(one, two) for one in left.exemplars for two in right.exemplars]
    if not any(_one_occasion(one, two) and topical(one, two, rarity) >= RELATED for one, two in pairs):
        return False
    both = shared_articles(left, right)
    return not any(
        _side_by_side(one, two) for name in both for one in left.by_article[name] for two in right.by_article[name]
    )


def _one_occasion(left: Telling, right: Telling) -> bool:
    """Whether they share an actor, and both stand in accounts of the contact or both outside them."""
    same = left.actors & right.actors or left.countries & right.countries
    return bool(same) and official(left) == official(right)


def _side_by_side(left: Telling, right: Telling) -> bool:
    """Whether an article tells both in one sentence, as two things."""
    return any(
        one.start < two.end + 3 and two.start < one.end + 3 for one in left.fact.evidence for two in right.fact.evidence
    )
