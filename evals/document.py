"""What a command has to say, in neutral form: tables, lists and pass/fail cases that every output format renders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """A heading, a note and rows. None is a figure that could not be computed; a float is printed to three places."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Case:
    """One check. `failure` says in a line what is wrong, None where it passed; `details` says more, a line each."""

    group: str
    name: str
    failure: str | None = None
    details: Sequence[str] = ()


@dataclass(frozen=True)
class Document:
    """Everything a command found. `data` is the same for machines; it must be what `json.dumps` takes."""

    title: str
    tables: Sequence[Table] = ()
    cases: Sequence[Case] = ()
    data: Any = field(default_factory=dict)


def shown(cell: Cell) -> str:
    """A cell as text, without control characters, which could drive a terminal or break a file."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return "".join(c if c.isprintable() else " " for c in str(cell))
