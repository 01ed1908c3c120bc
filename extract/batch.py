"""A stream of articles in, one record or failure for each out, in the same order, with a bounded number under way.

Nothing is kept of an article that has been handed on, and the inputs are read only a window ahead, so that memory does
not grow with their number. An error that would meet every article (wrong key, no such model, damaged cache, an endpoint
that is down at the start or time after time) is not paid for twice: the first article goes ahead alone, and after such
an error the others fail with the same cause, unasked.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import Generic, TypeVar

from extract.articles import failed
from extract.errors import (
    AccessDenied,
    CacheError,
    CacheMiss,
    ConfigError,
    EndpointDown,
    NoSuchModel,
    ReadoutsError,
)
from schemas import Article, Failure, Record

AHEAD = 4  # articles started or waiting for each that may be under way, so that a slow one does not hold up the others
DOWN = 3  # articles in a row that find the endpoint down before no more are tried

T = TypeVar("T")
R = TypeVar("R")
Result = Record | Failure
Strategy = Callable[[Article], Awaitable[Record]]  # raises ReadoutsError where it cannot make a record

_log = logging.getLogger(__name__)


async def in_order(
    items: Iterable[T], work: Callable[[T], Awaitable[R]], concurrency: int
) -> AsyncGenerator[tuple[T, R], None]:
    """Each item with what `work` makes of it, in order. Closing the iterator cancels what is under way.

    A result does not wait for an item that is yet to come: what is read may be a terminal, or another program's output.
    Where reading the items fails, what is under way is finished first.
    """
    free = asyncio.Semaphore(concurrency)

    async def one(item: T) -> R:
        async with free:
            return await work(item)

    source, ended = _Source(items), False
    under_way: deque[tuple[T, asyncio.Task[R]]] = deque()
    coming: asyncio.Future[list[T]] | None = None
    failed_with: BaseException | None = None
    try:
        while under_way or not ended:
            if not ended and coming is None and len(under_way) < concurrency * AHEAD:
                coming = source.read()
            head = under_way[0][1] if under_way else None
            await asyncio.wait([task for task in (head, coming) if task], return_when=asyncio.FIRST_COMPLETED)
            if coming and coming.done():
                failed_with = coming.exception()
                found = [] if failed_with else coming.result()
                coming, ended = None, not found
                under_way.extend((item, asyncio.create_task(one(item))) for item in found)
            if head and head.done():
                yield under_way.popleft()[0], head.result()
        if failed_with:
            raise failed_with
    finally:
        source.close()
        left: list[asyncio.Future[R] | asyncio.Future[list[T]]] = [task for _, task in under_way]
        left += [coming] if coming else []
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)


class _Source(Generic[T]):
    """Items, one at a time, read in a thread of their own that can be left behind, since a read may never return."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self._loop = asyncio.get_running_loop()
        self._wanted: SimpleQueue[asyncio.Future[list[T]] | None] = SimpleQueue()
        threading.Thread(target=self._run, name="readouts-input", daemon=True).start()

    def read(self) -> asyncio.Future[list[T]]:
        """The next item, nothing at the end."""
        item: asyncio.Future[list[T]] = self._loop.create_future()
        self._wanted.put(item)
        return item

    def close(self) -> None:
        """Read no more."""
        self._wanted.put(None)

    def _run(self) -> None:
        while (item := self._wanted.get()) is not None:
            found: list[T] = []
            failed_with: Exception | None = None
            try:
                found = list(islice(self._items, 1))
            except Exception as error:  # noqa: BLE001 - it is raised where the item is awaited
                failed_with = error
            with suppress(RuntimeError):  # nobody waits any more: the loop has ended
                self._loop.call_soon_threadsafe(_settle, item, found, failed_with)
            del item, found, failed_with  # nothing is held while it waits


def _settle(item: asyncio.Future[list[T]], found: list[T], error: Exception | None) -> None:
    if not item.done():
        item.set_exception(error) if error else item.set_result(found)


class Attempt:
    """`strategy` with its errors made failures, which stops asking once an error is everybody's."""

    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self._stopped: ReadoutsError | None = None
        self._down = DOWN - 1  # at the start, once is enough
        self._led = False
        self._leader_through = asyncio.Event()

    async def __call__(self, article: Article) -> Result:
        """The record of `article`, or why there is none."""
        if self._led:
            await self._leader_through.wait()
            return await self._try(article)
        self._led = True
        try:
            return await self._try(article)
        finally:
            self._leader_through.set()

    async def _try(self, article: Article) -> Result:
        if self._stopped is not None:
            return failed(article.id, article.id, self._stopped)
        try:
            record = await self._strategy(article)
        except ReadoutsError as error:
            self._note(error, article)
            return failed(article.id, article.id, error)
        except Exception as error:  # noqa: BLE001 - one article's misfortune must not end the others' run
            _log.debug("%s", article.id, exc_info=True)
            return failed(article.id, article.id, error)
        self._down = 0
        return record

    def _note(self, error: ReadoutsError, article: Article) -> None:
        self._down = self._down + 1 if isinstance(error, EndpointDown) else 0
        everybodys = isinstance(error, AccessDenied | NoSuchModel | ConfigError | CacheError)
        if (everybodys and not isinstance(error, CacheMiss)) or self._down >= DOWN:
            bare = str(error).removeprefix(f"article {article.id}: ")
            self._stopped = type(error)(f"not asked, as for the article before: {bare}", error.advice)
