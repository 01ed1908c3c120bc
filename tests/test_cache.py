"""The response cache: what was paid for is kept, checked, private, and never the way in for somebody else's code."""

import asyncio
import os
import pickle
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.asking.cache import DIALECT, FOLDER, ResponseCache
from extract.asking.endpoint import Dialect, Mode
from extract.asking.kept import BackgroundRecordings
from extract.asking.packs import Pack, export_pack
from extract.asking.recordings import Recording
from extract.errors import CacheError
from tests.fakes import MODEL

KEY = "ab" * 32
ROW = Recording(KEY, MODEL, "models.example/v1", b'{"choices": []}\n\x00 any bytes \xff')


def tamper(directory: Path, statement: str, *values: object) -> None:
    """Change the database behind the cache's back."""
    with sqlite3.connect(directory / FOLDER / "cache.db") as database:
        database.execute(statement, values)
    database.close()


def test_what_is_put_is_got_byte_for_byte(cache: ResponseCache, tmp_path: Path) -> None:
    """A body comes back as it was, also from a cache opened anew, and an unknown key is None."""
    cache.put(ROW)
    assert cache.get(KEY) == ROW.body
    assert ResponseCache(tmp_path).get(KEY) == ROW.body
    assert cache.get("cd" * 32) is None
    assert list(cache.rows()) == [ROW]


def test_large_bodies_stay_in_the_database(cache: ResponseCache, tmp_path: Path) -> None:
    """No body becomes a file of its own, whatever its size."""
    cache.put(Recording(KEY, MODEL, "x", b"x" * 3_000_000))
    assert {path.name.split("-")[0] for path in (tmp_path / FOLDER).rglob("*")} == {"cache.db"}
    assert len(cache.get(KEY) or b"") == 3_000_000


def test_nothing_is_ever_evicted(cache: ResponseCache, tmp_path: Path) -> None:
    """Neither a size nor a policy in the database, also one that somebody wrote there, makes responses vanish."""
    tamper(tmp_path, "UPDATE Settings SET value = 'least-recently-stored' WHERE key = 'eviction_policy'")
    tamper(tmp_path, "UPDATE Settings SET value = 1000 WHERE key = 'size_limit'")
    cache = ResponseCache(tmp_path)
    for n in range(40):
        cache.put(Recording(f"{n:064x}", MODEL, "x", b"y" * 1000))
    assert cache.stats().responses == 40


def test_the_directory_is_the_owners_alone(tmp_path: Path) -> None:
    """It is made 0700, and tightened where it was open; the directory around it is left alone."""
    tmp_path.chmod(0o755)
    (tmp_path / FOLDER).mkdir(mode=0o755)
    ResponseCache(tmp_path)
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


class Planted:
    """What a pickle can do when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Make a file."""
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize(
    ("column", "value"), [("mode", 2), ("mode", 3), ("mode", 4), ("value", "text"), ("value", None)]
)
def test_a_row_of_another_kind_is_refused(cache: ResponseCache, tmp_path: Path, column: str, value: object) -> None:
    """Only bytes in the row are ever read: pickles, files and text are a CacheError, and `verify` lists the row."""
    cache.put(ROW)
    tamper(tmp_path, f"UPDATE Cache SET {column} = ?", value)
    with pytest.raises(CacheError):
        cache.get(KEY)
    [problem] = cache.verify()
    assert KEY in problem


def test_a_planted_pickle_is_never_loaded(cache: ResponseCache, tmp_path: Path) -> None:
    """A pickle in a value or as a key is refused unread, in every way of reading."""
    made = tmp_path / "made"
    cache.put(ROW)
    tamper(tmp_path, "UPDATE Cache SET mode = 4, value = ?", pickle.dumps(Planted(made)))
    with pytest.raises(CacheError):
        cache.get(KEY)
    tamper(tmp_path, "UPDATE Cache SET raw = 0, key = ?", pickle.dumps(Planted(made)))
    with pytest.raises(CacheError):
        list(cache.rows())
    assert cache.verify()
    assert not made.exists()


def test_a_planted_file_name_deletes_and_reads_nothing(cache: ResponseCache, tmp_path: Path) -> None:
    """A row that names a file is refused on reading; writing over it heals the row and leaves the file."""
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    cache.put(ROW)
    tamper(tmp_path, "UPDATE Cache SET filename = ?", "../victim.txt")
    with pytest.raises(CacheError):
        cache.get(KEY)
    cache.put(ROW)
    assert victim.read_text() == "precious"
    assert cache.get(KEY) == ROW.body


def test_a_changed_body_is_noticed(cache: ResponseCache, tmp_path: Path) -> None:
    """A body that is not what was recorded is a CacheError, never an answer."""
    cache.put(ROW)
    tamper(tmp_path, "UPDATE Cache SET value = CAST(replace(CAST(value AS TEXT), 'any', 'own') AS BLOB)")
    with pytest.raises(CacheError, match="not what was recorded"):
        cache.get(KEY)
    assert KEY in cache.verify()[0]


def test_an_emptied_database_is_said(cache: ResponseCache, tmp_path: Path) -> None:
    """A database of no bytes is an error, not a cache in which nothing was ever recorded."""
    cache.put(ROW)
    cache.close()
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(b"")
    with pytest.raises(CacheError, match="empty"):
        ResponseCache(tmp_path)


@pytest.mark.parametrize(
    "rubbish", [b"not a database, but long enough to be taken for one" * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_damaged_database_is_said(cache: ResponseCache, tmp_path: Path, rubbish: bytes) -> None:
    """Bytes that are no database are an error that names the directory."""
    cache.put(ROW)
    cache.close()
    for path in (tmp_path / FOLDER).iterdir():
        path.unlink()
    (tmp_path / FOLDER / "cache.db").write_bytes(rubbish)
    with pytest.raises(CacheError, match=FOLDER):
        ResponseCache(tmp_path)


def test_pages_damaged_later_are_said(tmp_path: Path) -> None:
    """Damage in the middle of a database is a CacheError on reading, or at the latest in `verify`."""
    cache = ResponseCache(tmp_path)
    for n in range(50):
        cache.put(Recording(f"{n:064x}", MODEL, "x", b"y" * 4000))
    cache._cache._sql("PRAGMA wal_checkpoint(TRUNCATE)")
    cache.close()
    database = tmp_path / FOLDER / "cache.db"
    body = bytearray(database.read_bytes())
    body[30_000:90_000] = b"\xaa" * 60_000
    database.write_bytes(body)
    try:
        problems = ResponseCache(tmp_path).verify()
    except CacheError as error:
        problems = [str(error)]
    assert problems


@pytest.mark.parametrize("place", ["/proc/readouts-cache", "/dev/null/cache"])
def test_a_place_that_cannot_be_written_is_said(place: str) -> None:
    """Where no directory can be made the error says so and what to do."""
    with pytest.raises(CacheError, match="cannot be used") as caught:
        ResponseCache(Path(place))
    assert caught.value.advice


def test_a_link_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    """Responses are not written where a link leads."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / FOLDER).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CacheError):
        ResponseCache(tmp_path)


def test_a_full_disk_is_said(cache: ResponseCache) -> None:
    """A response that cannot be kept is an error, since it would be paid for again."""
    cache._cache._sql("PRAGMA max_page_count = 20")
    with pytest.raises(CacheError, match="full"):
        cache.put(Recording(KEY, MODEL, "x", b"x" * 1_000_000))


async def test_it_is_never_called_on_the_event_loops_thread(cache: ResponseCache) -> None:
    """A blocking call on the loop's thread is refused, so that none can slip in."""
    for call in (lambda: cache.get(KEY), lambda: cache.put(ROW), cache.dialects, cache.stats, cache.verify):
        with pytest.raises(CacheError, match="event loop"):
            call()


async def test_only_what_is_written_to_is_read_in_another_thread(cache: ResponseCache, tmp_path: Path) -> None:
    """A pack lies in memory and is read at once; the cache never is."""
    pack = tmp_path / "pack.jsonl"
    await asyncio.to_thread(export_pack, cache, pack)
    for recordings, is_at_once in ((Pack(pack), True), (cache, False)):
        reading = BackgroundRecordings(recordings)
        assert (await reading.run(threading.get_ident) == threading.get_ident()) is is_at_once
        await reading.aclose()


async def test_a_put_outlives_the_cancelling_of_its_caller(cache: ResponseCache) -> None:
    """What was paid for is kept, also when whoever asked has gone."""
    recordings = BackgroundRecordings(cache)
    busy = threading.Event()
    earlier = asyncio.create_task(recordings.run(busy.wait))
    task = asyncio.create_task(recordings.run(cache.put, ROW))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    busy.set()
    await earlier
    assert await recordings.run(cache.get, KEY) == ROW.body
    await recordings.aclose()


def test_dialects_are_remembered_beside_the_responses(cache: ResponseCache, tmp_path: Path) -> None:
    """A dialect comes back for its model and endpoint, is no response, and a damaged one is an error."""
    dialect = Dialect(Mode.TOOLS, "max_completion_tokens", sampling=False)
    cache.remember(MODEL, "models.example/v1", dialect)
    assert cache.dialects() == {(MODEL, "models.example/v1"): dialect}
    assert cache.stats().responses == 0
    assert not list(cache.rows())
    tamper(tmp_path, "UPDATE Cache SET value = ? WHERE key LIKE ?", b"{}", DIALECT + "%")
    with pytest.raises(CacheError):
        cache.dialects()


def test_stats_count_by_model_and_endpoint(cache: ResponseCache) -> None:
    """Responses and bytes in all, responses by who gave them."""
    for n, model in enumerate(["a", "a", "b"]):
        cache.put(Recording(f"{n:064x}", model, "x", b"12345"))
    stats = cache.stats()
    assert (stats.responses, stats.bytes) == (3, 15)
    assert stats.endpoints == {("a", "x"): 2, ("b", "x"): 1}
