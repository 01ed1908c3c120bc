"""Many articles at a time: order, bounds, and errors that are everybody's."""

import asyncio
import gc
import threading
from collections.abc import Iterator

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
    NoSuchModel,
    ReadoutsError,
    Refusal,
)
from schemas import Article, Failure, Record
from tests.batches import articles, record


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

    async def test_one_thread_reads_and_ends(self) -> None:
        """All inputs are read in one thread, which is gone once they are."""
        readers: set[threading.Thread] = set()

        def items() -> Iterator[int]:
            for item in range(20):
                readers.add(threading.current_thread())
                yield item

        async def work(item: int) -> int:
            return item

        assert len([one async for one in in_order(items(), work, 2)]) == 20
        [reader] = readers
        await asyncio.to_thread(reader.join, 10)
        assert not reader.is_alive()

    async def test_what_is_under_way_is_finished_before_inputs_fail(self) -> None:
        """An input that cannot be read costs none of those before it: their results come first, then its error."""

        def items() -> Iterator[int]:
            yield from range(3)
            raise OSError("no more")

        async def work(item: int) -> int:
            await asyncio.sleep(0.01)
            return item

        results: list[int] = []

        async def collect() -> None:
            async for _, result in in_order(items(), work, 4):
                results.append(result)

        with pytest.raises(OSError, match="no more"):
            await collect()
        assert results == [0, 1, 2]

    async def test_what_fails_unwanted_is_no_complaint(self) -> None:
        """An input that fails when the caller has what it wants is not reported to anybody."""
        taken, failed, complaints = threading.Event(), threading.Event(), list[dict[str, object]]()
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

        def items() -> Iterator[int]:
            yield 1
            taken.wait()
            failed.set()
            raise OSError

        async def work(item: int) -> int:
            return item

        results = in_order(items(), work, 2)
        await anext(results)
        taken.set()
        await asyncio.to_thread(failed.wait)
        await asyncio.sleep(0.02)
        await results.aclose()
        del results
        gc.collect()
        assert complaints == []


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
