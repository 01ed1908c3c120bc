"""Many articles: order, bounds, interruptions, and a directory that the same command goes on with."""

import asyncio
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.batch import AHEAD, DOWN, Attempt, in_order
from extract.errors import (
    AccessDenied,
    BudgetSpent,
    CacheError,
    CacheMiss,
    EndpointDown,
    InputError,
    NoSuchModel,
    OutputError,
    ReadoutsError,
    Refusal,
)
from extract.extractor import Extractor
from extract.journal import Journal
from extract.output import Output, json_line
from schemas import Article, Failure, Provenance, Record

ROOT = Path(__file__).parent.parent


def article(name: str, text: str = "They spoke for an hour, the minister said.") -> Article:
    """An article of that id."""
    return Article(id=name, text=text)


def articles(count: int) -> list[Article]:
    """So many of them."""
    return [article(f"a{number}") for number in range(count)]


def record(of: Article, model: str = "rules") -> Record:
    """A record of nothing found."""
    made = Provenance(
        model=model, endpoint_host=None, strategy="rules", prompt_digest=None, schema_digest="s", tool_version="0"
    )
    return Record(article=of.info, provenance=made)


def read_lines(path: Path) -> list[dict[str, object]]:
    """What stands in a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def ids(directory: Path, name: str = "records.jsonl") -> list[object]:
    """The ids of its lines, in order."""
    return [line["article"]["id"] if "article" in line else line["id"] for line in read_lines(directory / name)]  # type: ignore[index]


def into(directory: Path, *given: Article | Failure) -> list[Record | Failure | None]:
    """What the rules make of these, kept in `directory`."""
    return list(Extractor("rules").extract_into(directory, given))


class TestInOrder:
    """`in_order`."""

    @given(delays=st.lists(st.integers(0, 5), max_size=30), concurrency=st.integers(1, 6))
    @settings(deadline=None)
    async def test_order_is_that_of_the_inputs(self, delays: list[int], concurrency: int) -> None:
        """Whichever ends first, results come in the order of the items, and no more than allowed run at a time."""
        running = most = 0

        async def work(item: tuple[int, int]) -> int:
            nonlocal running, most
            running += 1
            most = max(most, running)
            for _ in range(item[1]):
                await asyncio.sleep(0)
            running -= 1
            return item[0]

        items = list(enumerate(delays))
        results = [(item, result) async for item, result in in_order(items, work, concurrency)]
        assert results == [(item, item[0]) for item in items]
        assert most <= concurrency

    async def test_inputs_are_read_a_window_ahead(self) -> None:
        """However many inputs there are, only a bounded number has been read beyond what was handed on."""
        read = 0

        def endless() -> Iterator[int]:
            nonlocal read
            while True:
                read += 1
                yield read

        async def work(item: int) -> int:
            await asyncio.sleep(0)
            return item

        results = in_order(endless(), work, 2)
        for handed_on in range(100):
            await anext(results)
            assert read - handed_on <= 2 * AHEAD
        await results.aclose()

    async def test_results_do_not_wait_for_inputs(self) -> None:
        """A result is handed on although the next item is yet to come, and stopping does not wait for it either."""
        never = threading.Event()

        def slow() -> Iterator[int]:
            yield 1
            never.wait()

        async def work(item: int) -> int:
            return item

        results = in_order(slow(), work, 4)
        assert await anext(results) == (1, 1)
        await results.aclose()
        never.set()

    async def test_closing_cancels(self) -> None:
        """When the caller stops, nothing stays under way."""
        started = asyncio.Semaphore(0)
        cancelled = 0

        async def work(item: int) -> int:
            nonlocal cancelled
            if item == 0:
                await started.acquire()
                await started.acquire()
                return item
            started.release()
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                cancelled += 1
                raise
            return item

        results = in_order(range(3), work, 3)
        await anext(results)
        await results.aclose()
        assert cancelled == 2


class TestAttempt:
    """Errors of one article, and errors of all."""

    async def outcomes(self, error: Exception, count: int) -> tuple[int, list[Record | Failure]]:
        """How many of `count` articles were asked, and what came of all, where each ask raises `error`."""
        asked = 0

        async def strategy(_: Article) -> Record:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0)
            raise error

        attempt = Attempt(strategy)
        results = [result async for _, result in in_order(articles(count), attempt, 4)]
        return asked, results

    @pytest.mark.parametrize("kind", [AccessDenied, NoSuchModel, CacheError])
    async def test_an_error_of_all_is_met_once(self, kind: type[ReadoutsError]) -> None:
        """A wrong key, no such model or a damaged cache costs one ask, and every article has its failure."""
        asked, results = await self.outcomes(kind("no", "do this"), 9)
        assert asked == 1
        assert [result.article for result in results if isinstance(result, Failure)] == [f"a{n}" for n in range(9)]
        assert {(result.error, result.advice) for result in results if isinstance(result, Failure)} == {
            (kind.__name__, "do this")
        }

    @pytest.mark.parametrize("kind", [Refusal, CacheMiss, BudgetSpent])
    async def test_an_error_of_one_is_its_own(self, kind: type[ReadoutsError]) -> None:
        """A refusal, a missing recording or a spent budget fails that article; the others are tried."""
        assert (await self.outcomes(kind("no"), 9))[0] == 9

    async def test_endpoint_that_is_down_at_the_start(self) -> None:
        """An endpoint that is down for the first article is left alone."""
        assert (await self.outcomes(EndpointDown("down"), 40))[0] == 1

    async def test_endpoint_that_stays_down(self) -> None:
        """An endpoint that goes down is tried for a few articles more, in case it comes back."""
        asked = 0

        async def strategy(of: Article) -> Record:
            nonlocal asked
            asked += 1
            if asked in (1, 3):
                return record(of)
            raise EndpointDown("down")

        results = [result async for _, result in in_order(articles(40), Attempt(strategy), 1)]
        assert asked == 3 + DOWN
        assert sum(isinstance(result, Record) for result in results) == 2
        assert len(results) == 40

    async def test_fault_of_ours_is_a_failure(self) -> None:
        """An error that nobody foresaw ends one article, not the run, and asks to be reported."""
        _, results = await self.outcomes(ZeroDivisionError("oops"), 3)
        assert all(isinstance(each, Failure) and "report" in each.advice for each in results)


class TestJournal:
    """Lines that survive."""

    def key(self, line: bytes) -> str:
        """The key of `{"k": …}`."""
        key = json.loads(line).get("k")
        if key is None:
            raise ValueError("no k")
        return str(key)

    def fill(self, path: Path, keys: str) -> None:
        """Append a line for each letter."""
        with Journal(path, self.key) as journal:
            for letter in keys:
                journal.append(letter, json.dumps({"k": letter}))

    @given(
        keys=st.lists(st.sampled_from("abcdef"), max_size=12), order=st.permutations("abcdef"), part=st.integers(0, 6)
    )
    def test_arrange(
        self, tmp_path_factory: pytest.TempPathFactory, keys: list[str], order: list[str], part: int
    ) -> None:
        """One line a key is left; those named are in that order, the others where they were."""
        path = tmp_path_factory.mktemp("journal") / "j.jsonl"
        self.fill(path, "".join(keys))
        named = order[:part]
        with Journal(path, self.key) as journal:
            journal.arrange(named)
        found = [str(line["k"]) for line in read_lines(path)]
        before = sorted(set(keys), key=lambda key: max(i for i, each in enumerate(keys) if each == key))
        assert [key for key in found if key in named] == [key for key in named if key in keys]
        assert [key if key not in named else "*" for key in found] == [
            key if key not in named else "*" for key in before
        ]

    @given(cut=st.integers(1, 11))
    def test_torn_line(self, tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
        """Wherever the last line was cut, it is dropped, the ones before it stay, and writing goes on."""
        path = tmp_path_factory.mktemp("journal") / "j.jsonl"
        self.fill(path, "abc")
        path.write_bytes(path.read_bytes()[:-cut])
        with Journal(path, self.key) as journal:
            assert "c" not in journal
        self.fill(path, "d")
        assert [line["k"] for line in read_lines(path)] == ["a", "b", "d"]

    def test_arranged_file_is_not_touched(self, tmp_path: Path) -> None:
        """A file that is in order already is not written again."""
        path = tmp_path / "j.jsonl"
        self.fill(path, "abc")
        inode = path.stat().st_ino
        with Journal(path, self.key) as journal:
            journal.arrange("abc")
        assert path.stat().st_ino == inode

    def test_line_of_something_else(self, tmp_path: Path) -> None:
        """A whole line that is none of ours is named, not dropped."""
        path = tmp_path / "j.jsonl"
        path.write_text('{"k": 1}\n{"other": 1}\n')
        with pytest.raises(OutputError, match=r"j\.jsonl:2.*no k"):
            Journal(path, self.key)


class TestOutput:
    """A directory of results."""

    def test_finished_directory_stays_as_it_is(self, tmp_path: Path) -> None:
        """A second run over a finished directory does nothing and changes no byte of the records."""
        into(tmp_path, *articles(5))
        before = (tmp_path / "records.jsonl").read_bytes(), (tmp_path / "texts.jsonl").read_bytes()
        assert into(tmp_path, *articles(5)) == [None] * 5
        assert before == ((tmp_path / "records.jsonl").read_bytes(), (tmp_path / "texts.jsonl").read_bytes())

    @given(done=st.sets(st.integers(0, 7)), limit=st.integers(0, 8))
    @settings(deadline=None, max_examples=10)
    def test_resumed_is_as_in_one_go(
        self, tmp_path_factory: pytest.TempPathFactory, done: set[int], limit: int
    ) -> None:
        """Whatever was done before and in which order, the end is the same bytes as a run in one go."""
        whole, parts = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("parts")
        every = articles(8)
        into(whole, *every)
        into(parts, *(every[number] for number in sorted(done, reverse=True)))
        into(parts, *every[:limit])
        assert into(parts, *every).count(None) == len(done | set(range(limit)))
        for name in ("records.jsonl", "texts.jsonl"):
            assert (parts / name).read_bytes() == (whole / name).read_bytes()

    def test_changed_text_is_extracted_again(self, tmp_path: Path) -> None:
        """Another text under a known id takes the place of the old one, record and text."""
        into(tmp_path, article("a"), article("b"))
        changed = article("a", "They met for two hours, the minister said.")
        made, kept = into(tmp_path, changed, article("b"))
        assert isinstance(made, Record)
        assert kept is None
        assert ids(tmp_path) == ids(tmp_path, "texts.jsonl") == ["a", "b"]
        assert read_lines(tmp_path / "texts.jsonl")[0]["text"] == changed.text

    def test_other_making_is_extracted_again(self, tmp_path: Path) -> None:
        """A record that other settings made does not count as done."""
        with Output(tmp_path, lambda _: True) as output:
            output.add(article("a"), record(article("a"), "other"))
        assert isinstance(into(tmp_path, article("a"))[0], Record)
        assert into(tmp_path, article("a")) == [None]

    def test_other_inputs_leave_records_alone(self, tmp_path: Path) -> None:
        """A run over other articles adds to a directory and takes nothing away."""
        into(tmp_path, article("a"), article("b"))
        into(tmp_path, article("c"))
        into(tmp_path, article("b"))
        assert ids(tmp_path) == ["a", "b", "c"]

    def test_failures_are_tried_again(self, tmp_path: Path) -> None:
        """failures.jsonl holds what the last run could not do; an article that works the next time is in its place."""
        bad = Failure(article="a0", origin="a0.txt", error="InputError", cause="the text is empty", advice="x")
        into(tmp_path, bad, article("a1"))
        assert [line["article"] for line in read_lines(tmp_path / "failures.jsonl")] == ["a0"]
        into(tmp_path, article("a0"), article("a1"))
        assert (tmp_path / "failures.jsonl").read_text() == ""
        assert ids(tmp_path) == ["a0", "a1"]

    def test_lost_text_is_written_again(self, tmp_path: Path) -> None:
        """A record without its text is not done."""
        into(tmp_path, article("a"))
        (tmp_path / "texts.jsonl").unlink()
        assert isinstance(into(tmp_path, article("a"))[0], Record)
        assert ids(tmp_path, "texts.jsonl") == ["a"]

    def test_two_runs_at_once(self, tmp_path: Path) -> None:
        """A second run over a directory in use is refused; after the first it is not."""
        with Output(tmp_path, lambda _: True), pytest.raises(OutputError, match="another run"):
            Output(tmp_path, lambda _: True)
        Output(tmp_path, lambda _: True).__exit__()

    def test_unwritable(self, tmp_path: Path) -> None:
        """Where nothing can be written, nothing is read or asked."""
        (tmp_path / "file").write_text("x")

        def unread() -> Iterator[Article]:
            raise AssertionError
            yield

        with pytest.raises(OutputError, match="cannot be written"):
            list(Extractor("rules").extract_into(tmp_path / "file", unread()))

    def test_run_json_says_what_ran(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """run.json has inputs, settings without keys, the tally and the status."""
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-the-tests")
        list(Extractor("rules").extract_into(tmp_path, articles(2), ["some.jsonl"]))
        run = json.loads((tmp_path / "run.json").read_text())
        assert (run["status"], run["inputs"], run["settings"]["model"]) == ("finished", ["some.jsonl"], "rules")
        assert (run["tally"]["extracted"], run["tally"]["kept"], run["tally"]["failed"]) == (2, 0, 0)
        assert "sk-secret" not in json.dumps(run)

    def test_stopping_early_is_an_interruption(self, tmp_path: Path) -> None:
        """A caller that stops leaves what is done, and says that it stopped."""
        results = Extractor("rules").extract_into(tmp_path, articles(50))
        next(results)
        results.close()
        assert json.loads((tmp_path / "run.json").read_text())["status"] == "interrupted"
        assert ids(tmp_path) == ["a0"]
        assert into(tmp_path, *articles(50)).count(None) == 1

    def test_odd_line_ends_stay_inside_a_line(self, tmp_path: Path) -> None:
        """A text with U+2028 or U+0085 in it is one line for every reader, and read back as it was."""
        odd = article("a", "One\u2028two\x85three\u2029, she said.\r\n")
        into(tmp_path, odd)
        (line,) = (tmp_path / "texts.jsonl").read_text().splitlines()
        assert json.loads(line)["text"] == odd.text
        assert len(json_line(record(odd)).splitlines()) == 1


class TestExtractor:
    """The Python interface."""

    def test_text(self) -> None:
        """A text is enough."""
        assert Extractor().extract_article("They spoke for an hour, the minister said.").article.id == "article"

    def test_failures_pass_through(self) -> None:
        """Failures among the articles come out in their place."""
        bad = Failure(article="b", origin="b.txt", error="InputError", cause="x")
        first, second, third = Extractor().extract_articles([article("a"), bad, article("c")])
        assert isinstance(first, Record)
        assert second == bad
        assert isinstance(third, Record)

    async def test_inside_a_running_loop(self) -> None:
        """It works where an event loop is running already, as in a notebook."""
        assert Extractor().extract_article("They spoke.").article.chars == 11

    @pytest.mark.parametrize("text", [" \n", "half \ud800 a pair", "\0"])
    def test_text_that_is_none(self, text: str) -> None:
        """What cannot be an article raises, with what to do."""
        with pytest.raises(InputError) as refused:
            Extractor().extract_article(text)
        assert refused.value.advice


SLOW = """
import sys, time
from extract.extractor import Extractor
from schemas import Article

def articles():
    for number in range(50):
        time.sleep(0.005)
        yield Article(id=f"a{number}", text=f"They spoke for {number} minutes, the minister said.")

for result in Extractor("rules").extract_into(sys.argv[1], articles()):
    print("one", flush=True)
"""


def run_and_stop(directory: Path, stop: Callable[[subprocess.Popen[bytes]], None], after: int) -> int:
    """Extract 50 articles slowly in another process and stop it after so many; its exit code."""
    with subprocess.Popen([sys.executable, "-c", SLOW, directory], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        stop(process)
        process.stdout.read()
        return process.wait(30)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """After kill -9, time after time, the same command ends with the bytes of a run in one go, and nothing twice."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run_and_stop(whole, lambda process: None, 50)
    for after in (1, 25):
        assert run_and_stop(killed, lambda process: process.kill(), after) == -signal.SIGKILL
        there = ids(killed)
        assert len(there) == len(set(there)) >= after
    run_and_stop(killed, lambda process: None, 50)
    for name in ("records.jsonl", "texts.jsonl"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes()


def test_memory_does_not_grow(tmp_path: Path) -> None:
    """Ten times the articles take about the same memory."""
    code = """
import resource, sys
from extract.extractor import Extractor
from schemas import Article

def articles(count):
    for number in range(count):
        yield Article(id=str(number), text="They spoke." + " " * 40_000)

for _ in Extractor("rules").extract_into(sys.argv[1], articles(int(sys.argv[2]))): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", code, tmp_path / count, count], cwd=ROOT))
        for count in ("10", "60")
    ]
    assert peaks[1] - peaks[0] < 50 * 40 / 2
