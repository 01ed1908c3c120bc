"""Packs: recordings as a text file that diffs well, checked line by line, and replayed as they are."""

import asyncio
import json
from pathlib import Path

import pytest

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Dialect, Endpoint, Mode, Question
from extract.asking.packs import Imported, Pack, export_pack, import_pack
from extract.asking.recordings import Recording
from extract.errors import CacheError, CacheMiss
from tests.fakes import HOSTED, MODEL, FakeModel, completion
from tests.test_asking import GOOD, NOTE, QUESTION, Note

META = {"engine": "a test", "date": "2025-03-18"}
BODY = json.dumps(completion("Zürich\u2028 \U0001f600 \\n </script>"), ensure_ascii=False).encode()


@pytest.fixture
def cache(tmp_path: Path) -> ResponseCache:
    """A cache with three responses and a dialect."""
    cache = ResponseCache(tmp_path / "cache")
    for n in (3, 1, 2):
        cache.put(Recording(f"{n:064x}", MODEL, "models.example/v1", BODY + b" " * n))
    cache.remember(MODEL, "models.example/v1", Dialect(Mode.TOOLS))
    return cache


@pytest.fixture
def pack(cache: ResponseCache, tmp_path: Path) -> Path:
    """Its pack."""
    path = tmp_path / "pack.jsonl"
    assert export_pack(cache, path, META) == 3
    return path


def test_a_pack_is_sorted_plain_json_lines(pack: Path, cache: ResponseCache, tmp_path: Path) -> None:
    """A header and a line a response, keys sorted in and between lines; the same recordings give the same bytes."""
    head, *rows = (json.loads(line) for line in pack.read_text(encoding="utf-8").split("\n")[:-1])
    assert head["meta"] == META
    assert head["dialects"] == [
        {"identity": "models.example/v1", "limit": "max_tokens", "mode": "tools", "model": MODEL, "sampling": True}
    ]
    assert [row["key"][-1] for row in rows] == ["1", "2", "3"]
    assert all(list(row) == sorted(row) for row in [head, *rows])
    assert "Zürich" in pack.read_text(encoding="utf-8")
    export_pack(cache, tmp_path / "again.jsonl", META)
    assert (tmp_path / "again.jsonl").read_bytes() == pack.read_bytes()


def test_what_is_exported_is_imported_whole(pack: Path, cache: ResponseCache, tmp_path: Path) -> None:
    """A round trip gives the same recordings and dialects; a second import adds nothing."""
    other = ResponseCache(tmp_path / "other")
    assert import_pack(other, pack) == Imported(added=3)
    assert list(other.rows()) == list(cache.rows()) == list(Pack(pack).rows())
    assert other.dialects() == cache.dialects() == Pack(pack).dialects()
    assert import_pack(other, pack) == Imported(present=3)


def test_an_import_never_overwrites(pack: Path, tmp_path: Path) -> None:
    """A response that is there already stays; how many differed is said."""
    other = ResponseCache(tmp_path / "other")
    other.put(Recording(f"{1:064x}", MODEL, "models.example/v1", b"mine"))
    assert import_pack(other, pack) == Imported(added=2, other=1)
    assert other.get(f"{1:064x}") == b"mine"


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (1, '"readouts_pack": 1', '"readouts_pack": 2'),
        (1, '"tools"', '"telepathy"'),
        (2, "Zürich", "Zurich"),
        (3, '"sha256": "', '"sha256": "0'),
        (3, '"key": "0', '"key": "../'),
        (4, '"model"', '"modal"'),
        (4, "{", "{{"),
        (2, '{"body"', '[{"body"'),
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_imported(
    pack: Path, tmp_path: Path, number: int, old: str, new: str
) -> None:
    """Any damage is a CacheError with the number of the line, before the first response is added."""
    lines = pack.read_text(encoding="utf-8").split("\n")
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    pack.write_text("\n".join(lines), encoding="utf-8")
    other = ResponseCache(tmp_path / "other")
    with pytest.raises(CacheError, match=f"line {number} of"):
        import_pack(other, pack)
    assert other.stats().responses == 0
    with pytest.raises(CacheError, match=f"line {number} of"):
        Pack(pack)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"[]\n", b"null\n"])
def test_what_is_no_pack_is_said(tmp_path: Path, content: bytes) -> None:
    """An empty file, binary or other JSON is a damaged first line; a file that is not there is an error too."""
    (tmp_path / "no.jsonl").write_bytes(content)
    with pytest.raises(CacheError, match="line 1 of"):
        Pack(tmp_path / "no.jsonl")
    with pytest.raises(CacheError, match="cannot be read"):
        Pack(tmp_path / "missing.jsonl")


def test_a_cut_pack_is_noticed(pack: Path) -> None:
    """A file that lost its end in the middle of a line is damaged there."""
    pack.write_bytes(pack.read_bytes()[:-20])
    with pytest.raises(CacheError, match="line 4 of"):
        Pack(pack)


def test_an_error_body_is_no_response_in_a_pack(cache: ResponseCache, tmp_path: Path) -> None:
    """A body that no wire would have kept is damage, also with a fitting digest."""
    cache.put(Recording(f"{9:064x}", MODEL, "x", b'{"error": "overloaded"}'))
    export_pack(cache, tmp_path / "bad.jsonl")
    with pytest.raises(CacheError, match="line 5 of"):
        Pack(tmp_path / "bad.jsonl")


def test_a_pack_in_another_dialect_is_refused(pack: Path, tmp_path: Path) -> None:
    """Answers asked for in another mode would never be found again, so the import says so instead."""
    other = ResponseCache(tmp_path / "other")
    other.remember(MODEL, "models.example/v1", Dialect(Mode.JSON_OBJECT))
    with pytest.raises(CacheError, match=r"mode tools.*json_object"):
        import_pack(other, pack)
    assert other.stats().responses == 0


def test_an_export_replaces_a_file_only_when_whole(cache: ResponseCache, pack: Path, tmp_path: Path) -> None:
    """An export that fails leaves the old pack, and no draft beside it."""
    before = pack.read_bytes()
    cache._cache.set("ff" * 32, b"damaged")
    with pytest.raises(CacheError):
        export_pack(cache, pack)
    assert pack.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["pack.jsonl"]
    with pytest.raises(CacheError, match="cannot be written"):
        export_pack(ResponseCache(tmp_path / "empty"), tmp_path / "no" / "pack.jsonl")


async def test_a_pack_replays_with_no_endpoint_and_no_probe(tmp_path: Path) -> None:
    """What was recorded answers from the file alone, offline whatever is asked for; a miss is a miss."""
    cache = await asyncio.to_thread(ResponseCache, tmp_path)
    async with Asker(HOSTED, cache, transport=FakeModel(lambda _: GOOD, modes=[Mode.JSON_OBJECT])) as asker:
        await asker.ask(QUESTION, Note)
    await asyncio.to_thread(export_pack, cache, tmp_path / "pack.jsonl")
    model = FakeModel(lambda _: GOOD)
    async with Asker(Endpoint(MODEL), Pack(tmp_path / "pack.jsonl"), transport=model) as asker:
        answer = await asker.ask(QUESTION, Note)
        with pytest.raises(CacheMiss, match="article b"):
            await asker.ask(Question("b", "Read.", "Other.", 9), Note)
    assert answer.parsed == NOTE
    assert (answer.usage.requests, answer.usage.cached) == (0, 1)
    assert not model.requests
    assert not model.probes


def test_a_pack_is_never_written(pack: Path) -> None:
    """As recordings a pack takes no response and no dialect."""
    opened = Pack(pack)
    with pytest.raises(CacheError):
        opened.put(next(opened.rows()))
    with pytest.raises(CacheError):
        opened.remember(MODEL, "x", Dialect(Mode.TOOLS))
