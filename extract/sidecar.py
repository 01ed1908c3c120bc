"""A folder's `index.toml` in, what it says of each file out: id, title, outlet, anchor date and digest.

[[article]]
file = "call.txt"            # a name in the same folder
id = "call-1"                # all that follows is optional
sha256 = "4473c9d3…"         # of the file's bytes, as `sha256sum` prints it
title = "…"
outlet = "…"
anchor_date = 2025-01-31     # the day that "Tuesday" and "last week" resolve against
"""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationError

from extract.errors import InputError
from schemas import Schema

INDEX = "index.toml"


def parse_date(value: object) -> date | None:
    """A day given as a date or as text in ISO 8601 (`2025-01-31`), None as None.

    Raises:
        ValueError: anything else, a time of day included.

    """
    if isinstance(value, str):
        return date.fromisoformat(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ValueError("not a day in the form 2025-01-31")


class Entry(Schema):
    """What `index.toml` says of one file."""

    file: str
    id: str | None = None
    sha256: str | None = None
    title: str | None = None
    outlet: str | None = None
    anchor_date: Annotated[date | None, BeforeValidator(parse_date)] = None


class _Index(Schema):
    article: tuple[Entry, ...]


def load_index(folder: Path) -> dict[str, Entry]:
    """The entries of `folder`'s index by file name; empty where there is no index.

    Raises:
        InputError: the index cannot be read, or says something that is not known.

    """
    path = folder / INDEX
    if not path.exists():
        return {}
    try:
        index = _Index.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(error)}", f"Mend {path}.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}", f"Mend {path}, or move it away.") from None
    return {entry.file: entry for entry in index.article}


def first_problem(error: ValidationError) -> str:
    """The first problem of a failed validation as "field: what is wrong", without the value."""
    problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    wrong = problem["msg"].removeprefix("Value error, ")
    return f"{where}: {wrong}" if where else wrong
