"""Articles in, records out, made in processes of their own: for runs that ask nobody, which the processor holds up.

The first few articles are read where the caller is, since a process takes longer to begin than they do. A worker leaves
Ctrl-C to its parent, and ends with it, however that ends. Where one is lost, what was under way fails, and new workers
read the rest.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from functools import partial

from extract.asking.meter import count, metered
from extract.batch import Strategy
from extract.errors import ReadoutsError, WorkerLost
from extract.settings import Settings
from schemas import Article, Record, Usage

FEW = 16  # articles


@asynccontextmanager
async def spread(settings: Settings, here: Strategy) -> AsyncIterator[Strategy]:
    """`here`, with `settings.workers` processes that do the same once there are more than a few articles."""
    workers = _Workers(settings)
    seen = 0

    async def read(article: Article) -> Record:
        nonlocal seen
        seen += 1
        return await (here(article) if seen <= FEW else workers.read(article))

    try:
        yield read
    finally:
        await asyncio.to_thread(workers.close)


class _Workers:
    """The processes of one run."""

    def __init__(self, settings: Settings) -> None:
        context = multiprocessing.get_context("spawn")
        self._begun = partial(ProcessPoolExecutor, settings.workers, context, _begin, (settings,))
        self._pool = self._begun()

    async def read(self, article: Article) -> Record:
        """The record of an article. Raises WorkerLost where the process that may have had it has ended."""
        pool = self._pool
        try:
            line, usage = await asyncio.get_running_loop().run_in_executor(pool, _read, article)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = self._begun()
            raise WorkerLost(
                "a process that read it, or another article beside it, has ended",
                "Run the same command again, with --workers 1 if it recurs.",
            ) from None
        count(usage)
        return Record.model_validate_json(line)

    def close(self) -> None:
        """End the processes, and what they have under way."""
        self._pool.shutdown(cancel_futures=True)


class _Worker:
    """What a worker holds: an event loop, and a strategy that is open on it until the process ends."""

    def __init__(self, settings: Settings) -> None:
        from extract.making import here  # noqa: PLC0415 - it imports this module

        self._loop = asyncio.new_event_loop()
        self._open = here(settings, None)
        self._strategy = self._loop.run_until_complete(self._open.__aenter__())

    def read(self, article: Article) -> tuple[str, Usage]:
        return self._loop.run_until_complete(self._read(article))

    async def _read(self, article: Article) -> tuple[str, Usage]:
        with metered() as meter:
            record = await self._strategy(article)
        return record.model_dump_json(), meter.usage


_worker: _Worker | ReadoutsError | None = None  # of this process, if it is one; or why it cannot be


def _begin(settings: Settings) -> None:
    """Make this process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _worker  # noqa: PLW0603 - a process is one worker
    try:
        _worker = _Worker(settings)
    except ReadoutsError as error:
        _worker = error
    gc.freeze()  # what imports made is never garbage: looking through it would cost time again and again


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(article: Article) -> tuple[str, Usage]:
    """The record of an article as JSON, and what was used for it."""
    if isinstance(_worker, ReadoutsError):
        raise _worker
    if _worker is None:
        raise RuntimeError("not a worker")
    return _worker.read(article)
