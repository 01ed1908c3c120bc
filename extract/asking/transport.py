"""A request in; the recorded response out, or the one that the wire brings, kept before anybody parses it.

The cache is a transport so that openai and instructor run unchanged on a replay, and a new parser re-reads what was
paid for. Equal requests at one time become one: the later ones wait and find its response recorded.
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

import httpx2

from extract.asking.endpoint import Endpoint
from extract.asking.meter import count
from extract.asking.recordings import Recording, Recordings, request_key
from extract.errors import CacheMiss
from schemas import Usage

P = ParamSpec("P")
R = TypeVar("R")


class RecordingTransport(httpx2.AsyncBaseTransport):
    """Replays what is recorded and records what is not. Without a `wire` it is offline: a miss raises CacheMiss."""

    def __init__(
        self,
        endpoint: Endpoint,
        identity: str,
        recordings: "BackgroundRecordings",
        wire: httpx2.AsyncBaseTransport | None,
    ) -> None:
        self._model = endpoint.model
        self._identity = identity
        self._recordings = recordings
        self._wire = wire
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, with status 200. Raises CacheMiss, CacheError, and what the wire raises."""
        key = request_key(self._identity, json.loads(await request.aread()))
        lock = self._asking.setdefault(key, asyncio.Lock())
        async with lock:
            body = await self._recordings.run(self._recordings.kept.get, key)
            if body is not None:
                count(Usage(cached=1))
                return httpx2.Response(200, headers={"content-type": "application/json"}, content=body)
            if self._wire is None:
                raise missing(f"model {self._model} at {self._identity}", self._model)
            response = await self._wire.handle_async_request(request)
            recording = Recording(key, self._model, self._identity, await response.aread())
            await self._recordings.run(self._recordings.kept.put, recording)
            return response


class BackgroundRecordings:
    """Recordings whose blocking calls run on one thread of their own, never on the event loop's."""

    def __init__(self, kept: Recordings) -> None:
        self.kept = kept
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recordings")

    async def run(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `call` returns or raises. It runs also when its caller is cancelled: the response was paid for."""
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(call, *args, **kwargs)))

    async def aclose(self) -> None:
        """Let go of the thread and of what it holds."""
        await self.run(self.kept.close)
        self._thread.shutdown()


def missing(what: str, model: str) -> CacheMiss:
    """The error for a response that is not recorded, with the command that records it."""
    return CacheMiss(
        f"no recorded response of {what} answers this",
        f"record it: readouts extract INPUT -m {model} --base-url URL, without --offline",
    )
