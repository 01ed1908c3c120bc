"""Recordings in, a text file out, and back: a pack is JSON lines that diff well in git.

The first line says what the file is: format, endpoints with their dialects, and what the recorder says of engine, date
and parameters. Each further line is one response, in the order of the keys, with sorted keys itself:

    {"dialects": [...], "meta": {...}, "readouts_pack": 1}
    {"body": "<the response as it came>", "identity": "...", "key": "...", "model": "...", "sha256": "..."}
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from extract.asking.completion import read_completion
from extract.asking.endpoint import Dialect, Mode
from extract.asking.recordings import Recording, Recordings
from extract.errors import CacheError, ReadoutsError

FORMAT = 1
KEY = re.compile(r"[0-9a-f]{64}")
R = TypeVar("R")
ROW = {"body", "identity", "key", "model", "sha256"}


@dataclass(frozen=True)
class Imported:
    """How many responses were added, and how many were there already (`other`: with another body, which was kept)."""

    added: int = 0
    present: int = 0
    other: int = 0


class Pack:
    """A pack opened as recordings: read whole, checked, and never written. Raises CacheError as `read_pack` does."""

    read_only = True

    def __init__(self, path: Path) -> None:
        self.meta, self._dialects, rows = read_pack(path)
        self._rows = {row.key: row for row in rows}

    def get(self, key: str) -> bytes | None:
        """The body under `key`, None where there is none."""
        row = self._rows.get(key)
        return row.body if row else None

    def put(self, recording: Recording) -> None:
        """Refused: CacheError."""
        raise CacheError(f"a pack is not written to ({recording.key[:12]}…)", "import it: readouts cache import FILE")

    def rows(self) -> Iterator[Recording]:
        """Every response, in the order of the file."""
        return iter(self._rows.values())

    def dialects(self) -> dict[tuple[str, str], Dialect]:
        """The dialect of each (model, identity)."""
        return self._dialects

    def remember(self, model: str, identity: str, dialect: Dialect) -> None:  # noqa: ARG002
        """Refused: CacheError."""
        raise CacheError(f"a pack is not written to ({model})", "import it: readouts cache import FILE")

    def close(self) -> None:
        """Nothing is held."""


def export_pack(recordings: Recordings, path: Path, meta: Mapping[str, Any] | None = None) -> int:
    """Write every response to `path`, and return how many. Replaces the file only once the new one is whole.

    Raises CacheError where the recordings are damaged or the file cannot be written.
    """
    dialects = [
        {"identity": identity, "model": model, **asdict(dialect)}
        for (model, identity), dialect in sorted(recordings.dialects().items())
    ]
    written = 0
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_line({"readouts_pack": FORMAT, "meta": dict(meta or {}), "dialects": dialects}))
            for row in recordings.rows():
                file.write(_line(_fields(row)))
                written += 1
        draft.replace(path)
    except OSError as error:
        raise CacheError(f"the pack {path} cannot be written: {error}", "choose a writable place") from None
    finally:
        draft.unlink(missing_ok=True)
    return written


def import_pack(recordings: Recordings, path: Path) -> Imported:
    """Add the responses of a pack that are not there yet, and its dialects. A damaged pack adds nothing.

    Raises CacheError for a damaged line, by its number, and where the pack's answers were asked for in another dialect
    than what is kept, since only one can be in force.
    """
    _, dialects, rows = read_pack(path)
    known = recordings.dialects()
    for (model, identity), dialect in dialects.items():
        if known.get((model, identity), dialect) != dialect:
            raise CacheError(
                f"{path} asked {model} at {identity} in mode {dialect.mode}, this cache in "
                f"{known[model, identity].mode}",
                "import it into a cache of its own, with --cache-dir",
            )
    result = Imported()
    for row in rows:
        there = recordings.get(row.key)
        if there is None:
            recordings.put(row)
        result = Imported(
            result.added + (there is None),
            result.present + (there == row.body),
            result.other + (there not in (None, row.body)),
        )
    for (model, identity), dialect in dialects.items():
        recordings.remember(model, identity, dialect)
    return result


def read_pack(path: Path) -> tuple[dict[str, Any], dict[tuple[str, str], Dialect], list[Recording]]:
    """Meta, dialects by (model, identity), and the checked responses. Raises CacheError that names the damaged line."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise CacheError(f"the pack {path} cannot be read: {error}", "check its path") from None
    if lines[-1] == b"":
        lines.pop()
    meta, dialects = _checked(path, 1, _head, lines[0] if lines else b"")
    return meta, dialects, [_checked(path, number, _row, line) for number, line in enumerate(lines[1:], start=2)]


def _checked(path: Path, number: int, read: Callable[[Any], R], line: bytes) -> R:
    try:
        return read(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ReadoutsError):
        advice = "restore the file; nothing was imported"
        raise CacheError(f"line {number} of the pack {path} is damaged", advice) from None


def _head(value: Any) -> tuple[dict[str, Any], dict[tuple[str, str], Dialect]]:  # noqa: ANN401
    if value["readouts_pack"] != FORMAT:
        raise ValueError
    dialects = {
        (str(known["model"]), str(known["identity"])): Dialect(
            Mode(known["mode"]), str(known["limit"]), bool(known["sampling"])
        )
        for known in value["dialects"]
    }
    return dict(value["meta"]), dialects


def _row(value: Any) -> Recording:  # noqa: ANN401
    if set(value) != ROW or not KEY.fullmatch(value["key"]):
        raise ValueError
    row = Recording(value["key"], str(value["model"]), str(value["identity"]), value["body"].encode())
    if row.sha256 != value["sha256"]:
        raise ValueError
    read_completion(row.body)
    return row


def _fields(row: Recording) -> dict[str, str]:
    return {
        "body": row.body.decode(),
        "identity": row.identity,
        "key": row.key,
        "model": row.model,
        "sha256": row.sha256,
    }


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False) + "\n"
