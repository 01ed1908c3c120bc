"""An event in, its matrix's columns and the sides of its facts out."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas import Cluster, Event, FactRef

NO_SIDE = frozenset({"press", "other"})
"""Sides of an account that stand for no party to the contact."""


class Column(NamedTuple):
    """One account: what an article relays from one side."""

    side: str
    article: str


def columns(event: Event) -> list[Column]:
    """The accounts of an event, those of one side together: parties with the most facts first, then press and other."""
    weight: dict[str, int] = {}
    for account in event.accounts:
        weight[account.side] = weight.get(account.side, 0) + len(account.facts)
    order = {article: place for place, article in enumerate(event.articles)}
    return sorted(
        {Column(account.side, account.article) for account in event.accounts},
        key=lambda column: (
            column.side in NO_SIDE,
            column.side == "other",
            -weight[column.side],
            column.side,
            order.get(column.article, len(order)),
            column.article,
        ),
    )


def sides_of_facts(events: Iterable[Event]) -> dict[FactRef, str]:
    """The side whose account each fact belongs to; facts of no account are missing."""
    return {ref: account.side for event in events for account in event.accounts for ref in account.facts}


def parties(cluster: Cluster) -> tuple[str, ...]:
    """The sides of a claim that stand for a party to the contact, sorted."""
    return tuple(sorted(set(cluster.sides) - NO_SIDE))
