"""An event in, its matrix out: claims by accounts, those of one side together; a cell agrees, differs or is silent."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from reconcile.names import OTHER, PRESS
from schemas import Account, Cluster, DivergenceType, Event, FactRef

_PARTS = frozenset(DivergenceType) - {DivergenceType.SILENCE, DivergenceType.STALE}


class State(StrEnum):
    """What an account does with a claim."""

    AGREE = "agree"
    DIFFERS = "differs"
    SILENT = "silent"


class Cell(NamedTuple):
    """One account's part in one claim: its facts, in order."""

    state: State
    facts: tuple[FactRef, ...] = ()


class Row(NamedTuple):
    """One claim; a cell for each account of the matrix."""

    cluster: Cluster
    cells: tuple[Cell, ...]


class Matrix(NamedTuple):
    """Accounts as columns, claims as rows, in the order of the event."""

    accounts: tuple[Account, ...]
    rows: tuple[Row, ...]


def matrix(event: Event) -> Matrix:
    """The matrix of `event`: parties' sides first, the one with most facts leading, then press and others."""
    weight: dict[str, int] = {}
    for account in event.accounts:
        weight[account.side] = weight.get(account.side, 0) + len(account.facts)
    accounts = tuple(
        sorted(
            event.accounts,
            key=lambda a: (a.side in (PRESS, OTHER), a.side == OTHER, -weight[a.side], a.side, a.article),
        )
    )
    home = {ref: account.id for account in accounts for ref in account.facts}
    parted = set(_parted(event))
    return Matrix(accounts, tuple(_row(cluster, accounts, home, parted) for cluster in event.clusters))


def _parted(event: Event) -> Iterator[FactRef]:
    for divergence in event.divergences:
        if divergence.type in _PARTS:
            yield from divergence.facts


def _row(cluster: Cluster, accounts: tuple[Account, ...], home: dict[FactRef, str], parted: set[FactRef]) -> Row:
    told: dict[str, list[FactRef]] = {}
    for ref in cluster.facts:
        told.setdefault(home[ref], []).append(ref)
    return Row(cluster, tuple(_cell(told.get(account.id, []), parted) for account in accounts))


def _cell(refs: list[FactRef], parted: set[FactRef]) -> Cell:
    if not refs:
        return Cell(State.SILENT)
    return Cell(State.DIFFERS if parted.intersection(refs) else State.AGREE, tuple(refs))
