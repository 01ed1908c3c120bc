"""What a judge said of borderline pairs, in a form that reconciliation can look up without asking anybody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconcile.clusters import Claim

Pair = frozenset[tuple[str, str]]  # the first fact of each of two claims, by article and fact id


@dataclass(frozen=True)
class Judged:
    """Who was asked, and which pairs were called one claim."""

    model: str
    same: frozenset[Pair] = frozenset()


def pair_of(left: "Claim", right: "Claim") -> Pair:
    """The name of a pair of claims, whichever comes first."""
    return frozenset(min(telling.key for telling in claim.tellings) for claim in (left, right))
