"""The key of an answer in; its recorded body out, or the one that asking brings, kept before anybody parses it.

Equal questions at one time become one: the later ones wait and find its response recorded.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from extract.asking.meter import count
from extract.asking.recordings import Recording, Recordings
from extract.errors import CacheMiss
from schemas import Usage

P = ParamSpec("P")
R = TypeVar("R")
Keep = Callable[[bytes], Awaitable[None]]


class BackgroundRecordings:
    """Recordings whose blocking calls run on one thread of their own, never on the event loop's.

    Read-only ones lie in memory: nothing of theirs blocks, and handing over would take longer than reading.
    """

    def __init__(self, kept: Recordings) -> None:
        self.kept = kept
        self._thread = None if kept.read_only else ThreadPoolExecutor(1, thread_name_prefix="recordings")

    async def run(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `call` returns or raises. It runs also when its caller is cancelled: the response was paid for."""
        if self._thread is None:
            return call(*args, **kwargs)
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(call, *args, **kwargs)))

    async def aclose(self) -> None:
        """Let go of the thread and of what it holds."""
        await self.run(self.kept.close)
        if self._thread is not None:
            self._thread.shutdown()


class Kept:
    """What one model at one endpoint answered."""

    def __init__(self, model: str, identity: str, recordings: BackgroundRecordings) -> None:
        self.model, self.identity = model, identity
        self._recordings = recordings
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, key: str, ask: Callable[[Keep], Awaitable[R]] | None, read: Callable[[bytes], R]) -> R:
        """What `read` makes of the recorded body; where there is none, what `ask` returns, which keeps what it gets.

        Raises CacheMiss without an `ask`, CacheError, and what `ask` and `read` raise.
        """
        lock = self._asking.setdefault(key, asyncio.Lock())
        async with lock:
            body = await self._recordings.run(self._recordings.kept.get, key)
            if body is not None:
                count(Usage(cached=1))
                return read(body)
            if ask is None:
                raise missing(f"model {self.model} at {self.identity}", self.model)

            async def keep(body: bytes) -> None:
                recording = Recording(key, self.model, self.identity, body)
                await self._recordings.run(self._recordings.kept.put, recording)

            return await ask(keep)


def missing(what: str, model: str) -> CacheMiss:
    """The error for a response that is not recorded, with the command that records it."""
    return CacheMiss(
        f"no recorded response of {what} answers this",
        f"record it: readouts extract INPUT -m {model} --base-url URL, without --offline",
    )
