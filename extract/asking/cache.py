"""A directory in; responses kept in it and read back, each with its sha256.

diskcache, held to what is safe: values are bytes in the row itself, a row of another mode or one that names a file is
refused before anything is unpickled or deleted, and nothing is ever evicted. The directory is the owner's alone (0700).
"""

import asyncio
import functools
import hashlib
import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import diskcache
from diskcache.core import DBNAME, ENOVAL, MODE_RAW, UNKNOWN

from extract.asking.endpoint import Dialect, Mode
from extract.asking.recordings import Recording, canonical
from extract.errors import CacheError

FOLDER = "responses"
SETTINGS = {
    "eviction_policy": "none",
    "size_limit": 2**62,  # without eviction it only bounds; a paid response is never dropped
    "cull_limit": 0,
    "statistics": 0,
    "tag_index": 0,
    "disk_min_file_size": 2**62,  # so that no value goes to a file
    "sqlite_synchronous": 2,  # FULL: what was acknowledged outlives a power cut
}
GROWING = 0.5  # seconds that another process may take to write the first page
DIALECT = "dialect "
VERIFY = "run `readouts cache verify`"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Stats:
    """What a cache holds: responses, their bytes, and responses by (model, identity)."""

    responses: int
    bytes: int
    endpoints: dict[tuple[str, str], int]


class RawDisk(diskcache.Disk):  # type: ignore[misc]
    """Keys are text, values bytes, both in the row. Everything else is refused, read or written."""

    def put(self, key: object) -> tuple[str, bool]:
        """The key as it is stored."""
        if type(key) is not str:
            raise CacheError(f"a cache key must be text, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key as it was stored; a pickled one is refused."""
        if not raw or type(key) is not str:
            raise CacheError("the cache holds a row under a key that readouts never writes", VERIFY)
        return key

    def store(self, value: object, read: bool, key: object = UNKNOWN) -> tuple[int, int, None, sqlite3.Binary]:  # noqa: ARG002, FBT001
        """Size, mode, file name and value of the row."""
        if type(value) is not bytes:
            raise CacheError(f"a cache value must be bytes, not {type(value).__name__}")
        return len(value), MODE_RAW, None, sqlite3.Binary(value)

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> bytes:  # noqa: ARG002, FBT001
        """The value of a row, unless it is pickled, names a file or is no bytes."""
        if mode != MODE_RAW or filename is not None or type(value) is not bytes:
            raise CacheError("the cache holds a row that readouts never writes", VERIFY)
        return value

    def remove(self, file_path: object) -> None:
        """Nothing: no row of ours names a file, so a name found in one was planted."""


def _guarded(
    method: Callable[Concatenate["ResponseCache", P], R],
) -> Callable[Concatenate["ResponseCache", P], R]:
    """Keep a blocking call off the event loop's thread, and say what the database says as a CacheError."""

    @functools.wraps(method)
    def call(self: "ResponseCache", *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            raise CacheError("the response cache was called on the event loop's thread")
        try:
            return method(self, *args, **kwargs)
        except (sqlite3.Error, OSError, diskcache.Timeout) as error:
            raise _unusable(self.directory, error) from None

    return cast("Callable[Concatenate[ResponseCache, P], R]", call)


class ResponseCache:
    """Recorded responses in `directory`. Raises CacheError where that is no place to keep them."""

    read_only = False

    def __init__(self, directory: Path) -> None:
        self.directory = directory / FOLDER
        self._cache = self._open()

    @_guarded
    def _open(self) -> Any:  # noqa: ANN401
        _private(self.directory)
        _not_emptied(self.directory / DBNAME)
        try:
            cache = diskcache.Cache(str(self.directory), disk=RawDisk, **SETTINGS)
        except (TypeError, ValueError) as error:
            raise _unusable(self.directory, error) from None
        cache.close()  # this thread's connection; each that reads or writes opens its own
        return cache

    @_guarded
    def get(self, key: str) -> bytes | None:
        """The body under `key`, None where there is none. Raises CacheError where its sha256 does not hold."""
        value = self._cache.get(key, default=ENOVAL)
        return None if value is ENOVAL else _unpack(key, value).body

    @_guarded
    def put(self, recording: Recording) -> None:
        """Keep a response; it is on the disk when this returns."""
        head = {"identity": recording.identity, "model": recording.model, "sha256": recording.sha256}
        self._cache.set(recording.key, canonical(head) + b"\n" + recording.body)

    def rows(self) -> Iterator[Recording]:
        """Every response, in the order of the keys. Raises CacheError at the first damaged one."""
        for key in self._keys():
            if not key.startswith(DIALECT):
                yield _unpack(key, self._value(key))

    @_guarded
    def dialects(self) -> dict[tuple[str, str], Dialect]:
        """The dialect of each (model, identity)."""
        keys = [key for key in self._keys() if key.startswith(DIALECT)]
        return {_endpoint(key): _dialect(self._value(key)) for key in keys}

    @_guarded
    def remember(self, model: str, identity: str, dialect: Dialect) -> None:
        """Keep the dialect of a model at an endpoint."""
        self._cache.set(DIALECT + json.dumps([model, identity]), canonical(asdict(dialect)))

    @_guarded
    def stats(self) -> Stats:
        """How much is kept, and from whom."""
        total, endpoints = 0, dict[tuple[str, str], int]()
        for row in self.rows():
            total += len(row.body)
            endpoints[row.model, row.identity] = endpoints.get((row.model, row.identity), 0) + 1
        return Stats(sum(endpoints.values()), total, endpoints)

    @_guarded
    def verify(self) -> list[str]:
        """What is wrong, a line for each damaged row; empty where every sha256 holds."""
        problems = [f"database: {line}" for (line,) in self._cache._sql("PRAGMA quick_check") if line != "ok"]  # noqa: SLF001
        try:
            keys = self._keys()
        except CacheError as error:
            return [*problems, str(error)]
        for key in keys:
            try:
                value = self._value(key)
                _dialect(value) if key.startswith(DIALECT) else _unpack(key, value)
            except CacheError as error:
                problems.append(f"{key}: {error}")
        return problems

    def close(self) -> None:
        """Close this thread's connection."""
        self._cache.close()

    @_guarded
    def _keys(self) -> list[str]:
        return list(self._cache.iterkeys())

    @_guarded
    def _value(self, key: str) -> bytes:
        value: bytes = self._cache[key]
        return value


def _unpack(key: str, value: bytes) -> Recording:
    head, _, body = value.partition(b"\n")
    try:
        known = json.loads(head)
        recording = Recording(key, str(known["model"]), str(known["identity"]), body)
        whole = known["sha256"] == hashlib.sha256(body).hexdigest()
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise CacheError(f"the recorded response {key[:12]}… is not what was recorded", VERIFY)
    return recording


def _endpoint(key: str) -> tuple[str, str]:
    try:
        model, identity = json.loads(key.removeprefix(DIALECT))
    except ValueError:
        raise CacheError("the cache holds a row under a key that readouts never writes", VERIFY) from None
    return str(model), str(identity)


def _dialect(value: bytes) -> Dialect:
    try:
        known = json.loads(value)
        return Dialect(Mode(known["mode"]), str(known["limit"]), bool(known["sampling"]))
    except (ValueError, KeyError, TypeError):
        raise CacheError("what an endpoint honours is not readable in the cache", VERIFY) from None


def _private(directory: Path) -> None:
    """Make the directory, or tighten it: recorded responses repeat what was asked."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise CacheError(f"{directory} is not a directory of this user", "choose another with --cache-dir")
    if stat.S_IMODE(status.st_mode) != 0o700:
        directory.chmod(0o700)


def _not_emptied(database: Path) -> None:
    """Refuse a database of no bytes: it would be taken for a new one, and every paid response be a silent miss."""
    until = time.monotonic() + GROWING
    while database.exists() and database.stat().st_size == 0:
        if time.monotonic() > until:
            raise CacheError(f"{database} is empty: the recorded responses in it are lost", "restore it, or delete it")
        time.sleep(0.02)


def _unusable(directory: Path, error: Exception) -> CacheError:
    return CacheError(
        f"the response cache {directory} cannot be used: {error}",
        "check that the directory is writable and the disk not full, restore or delete it, or choose another",
    )
