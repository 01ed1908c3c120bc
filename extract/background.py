"""An async iterator in, a plain one out: for callers that are not async, or that run an event loop of their own."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def iterate(results: Callable[[], AsyncGenerator[T, None]]) -> Generator[T, None, None]:
    """What `results()` gives, made on an event loop in a thread of its own: it goes on while the caller is at work.

    When the caller stops, early or by Ctrl-C, all that is under way is cancelled.
    """
    with _loop_elsewhere() as loop:
        source = results()

        async def advance() -> list[T]:
            try:
                return [await anext(source)]
            except StopAsyncIteration:
                return []

        try:
            while found := asyncio.run_coroutine_threadsafe(advance(), loop).result():
                yield found[0]
        finally:
            asyncio.run_coroutine_threadsafe(_close(source), loop).result()


def complete(work: Coroutine[None, None, T]) -> T:
    """What `work` returns or raises."""
    with _loop_elsewhere() as loop:
        return asyncio.run_coroutine_threadsafe(work, loop).result()


@contextmanager
def _loop_elsewhere() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="readouts", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(source: AsyncGenerator[T, None]) -> None:
    """End what is under way, then what it was opened for, from the outside in."""
    await _cancel_others()
    await source.aclose()


async def _end() -> None:
    await _cancel_others()
    await asyncio.get_running_loop().shutdown_asyncgens()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
