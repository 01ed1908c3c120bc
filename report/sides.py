"""Events in, which side of the contact each fact and claim is told from out."""

from collections.abc import Iterable

from reconcile.names import OTHER, PRESS
from schemas import Cluster, Divergence, DivergenceType, Event, FactRef

NO_SIDE = frozenset({PRESS, OTHER})
"""Sides of an account that stand for no party to the contact."""


def sides_of_facts(events: Iterable[Event]) -> dict[FactRef, str]:
    """The side whose account each fact belongs to; facts of no account are missing."""
    return {ref: account.side for event in events for account in event.accounts for ref in account.facts}


def parties(cluster: Cluster) -> tuple[str, ...]:
    """The sides of a claim that stand for a party to the contact, sorted."""
    return tuple(sorted(set(cluster.sides) - NO_SIDE))


def is_conflict(divergence: Divergence) -> bool:
    """Whether accounts part: one account's silence is no conflict."""
    return divergence.type is not DivergenceType.SILENCE


def parts_cells(divergence: Divergence) -> bool:
    """Whether its accounts differ in the matrix: what was overtaken by the event was no other account of it."""
    return divergence.type not in {DivergenceType.SILENCE, DivergenceType.STALE}
