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
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TypeVar

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
    """
    free = asyncio.Semaphore(concurrency)

    async def one(item: T) -> R:
        async with free:
            return await work(item)

    source, ended = iter(items), False
    under_way: deque[tuple[T, asyncio.Task[R]]] = deque()
    coming: asyncio.Task[list[T]] | None = None
    try:
        while under_way or not ended:
            if not ended and coming is None and len(under_way) < concurrency * AHEAD:
                coming = asyncio.create_task(_next_of(source))
            head = under_way[0][1] if under_way else None
            await asyncio.wait([task for task in (head, coming) if task], return_when=asyncio.FIRST_COMPLETED)
            if coming and coming.done():
                found, coming = coming.result(), None
                ended = not found
                under_way.extend((item, asyncio.create_task(one(item))) for item in found)
            if head and head.done():
                yield under_way.popleft()[0], head.result()
    finally:
        tasks = [task for _, task in under_way] + ([coming] if coming else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _next_of(source: Iterator[T]) -> list[T]:
    """The next item, nothing at the end. Read in a thread that can be left behind, since a read may never return."""
    loop = asyncio.get_running_loop()
    read: asyncio.Future[list[T]] = loop.create_future()

    def settle(found: list[T], error: Exception | None) -> None:
        if not read.done():
            read.set_exception(error) if error else read.set_result(found)

    def run() -> None:
        found: list[T] = []
        failed_with: Exception | None = None
        try:
            found = list(islice(source, 1))
        except Exception as error:  # noqa: BLE001 - it is raised where the item is awaited
            failed_with = error
        with suppress(RuntimeError):  # nobody waits any more: the loop has ended
            loop.call_soon_threadsafe(settle, found, failed_with)

    threading.Thread(target=run, name="readouts-input", daemon=True).start()
    return await read


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
