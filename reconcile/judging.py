"""What a judge said of borderline pairs, in a form that reconciliation can look up without asking anybody."""

from dataclasses import dataclass
from typing import Protocol

from reconcile.telling import Telling

Pair = frozenset[tuple[str, str]]  # the first fact of each of two claims, by article and fact id


@dataclass(frozen=True)
class Judged:
    """Who was asked, and which pairs were called one claim."""

    model: str
    same: frozenset[Pair] = frozenset()


class HasTellings(Protocol):
    """A claim, as far as naming it goes."""

    tellings: list[Telling]


def pair_of(left: HasTellings, right: HasTellings) -> Pair:
    """The name of a pair of claims, whichever comes first."""
    return frozenset(min(telling.key for telling in claim.tellings) for claim in (left, right))
