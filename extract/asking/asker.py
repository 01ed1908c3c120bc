"""Questions and schemas in, validated answers out: `Asker` ties endpoint, recordings, modes and retries together."""

import asyncio
from types import TracebackType
from typing import Self, TypeVar

import httpx2
import openai
from pydantic import BaseModel

from extract.asking.completion import Malformed
from extract.asking.endpoint import Answer, Dialect, Endpoint, Question, identity
from extract.asking.faults import Fault
from extract.asking.ladder import Trial, climb_down, try_modes
from extract.asking.meter import apart, metered
from extract.asking.modes import Line, Messages, ask_once
from extract.asking.prices import MaxCost
from extract.asking.recordings import Recordings
from extract.asking.retry import persist
from extract.asking.transport import BackgroundRecordings, RecordingTransport, missing
from extract.asking.wire import Wire
from extract.errors import ConfigError, EndpointDown, InvalidAnswer, ReadoutsError
from schemas import Usage

NOWHERE = "http://offline.invalid/v1"  # never connected to

T = TypeVar("T", bound=BaseModel)


class Asker:
    """Asks one endpoint, or its recordings. Use as `async with Asker(...) as asker`.

    `offline` opens no socket; read-only recordings are always replayed offline. `max_cost` bounds what is spent.
    `transport` stands in for the network.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        recordings: Recordings,
        *,
        offline: bool = False,
        max_cost: MaxCost | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.probing = Usage()  # what finding the mode took; no article asked for it
        self._recordings = BackgroundRecordings(recordings)
        self._wire = None if offline or recordings.read_only else Wire(endpoint, transport, max_cost)
        self._ready = asyncio.Lock()
        self._line: Line | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wire is not None:
            await self._wire.aclose()
        await self._recordings.aclose()

    async def ask(self, question: Question, schema: type[T]) -> Answer[T]:
        """The answer to `question`, validated against `schema`, a pydantic model that forbids extra keys.

        Raises the errors of `extract.errors`, each naming the article; none holds a key or the question.
        """
        failed: ReadoutsError
        with metered() as meter:
            try:
                return Answer(await self._persistently(question, schema), meter.usage)
            except ReadoutsError as error:
                failed = _named(error, question.article)
        raise failed

    async def _persistently(self, question: Question, schema: type[T]) -> T:
        line = await self._connected()

        async def attempt(correction: Malformed | None) -> T:
            messages = _messages(question, correction)
            return await ask_once(line, schema, messages, question.max_tokens)

        return await persist(attempt, self.endpoint.longest_wait)

    async def _connected(self) -> Line:
        """The way to the endpoint or to its recordings, found once."""
        async with self._ready:
            if self._line is None:
                known = await self._recordings.run(self._recordings.kept.dialects)
                who = self._identity(known)
                dialect = await self._choose(who, known.get((self.endpoint.model, who)))
                transport = RecordingTransport(self.endpoint, who, self._recordings, self._wire)
                self._line = Line(_client(self.endpoint, transport), self.endpoint, dialect)
            return self._line

    def _identity(self, known: dict[tuple[str, str], Dialect]) -> str:
        """The endpoint's identity; where none is configured, the only one that was recorded for the model."""
        configured = identity(self.endpoint)
        if configured is not None:
            return configured
        recorded = sorted(who for model, who in known if model == self.endpoint.model)
        if len(recorded) > 1:
            raise ConfigError(
                f"the model {self.endpoint.model} was recorded from {' and '.join(recorded)}", "choose with --base-url"
            )
        if not recorded:
            raise missing(f"model {self.endpoint.model}", self.endpoint.model)
        return recorded[0]

    async def _choose(self, who: str, known: Dialect | None) -> Dialect:
        """The fixed mode, the remembered dialect or a probed one, and remember it."""
        fixed = self.endpoint.mode
        if known is not None and fixed in (None, known.mode):
            return known
        if self._wire is None:
            if fixed is None:
                raise missing(f"model {self.endpoint.model} at {who}", self.endpoint.model)
            return Dialect(fixed)
        if fixed is not None:
            dialect = Dialect(fixed)
        else:
            with apart() as meter:
                dialect = await climb_down(_client(self.endpoint, self._wire), self.endpoint)
            self.probing = meter.usage
        await self._recordings.run(self._recordings.kept.remember, self.endpoint.model, who, dialect)
        return dialect


async def describe_modes(endpoint: Endpoint, transport: httpx2.AsyncBaseTransport | None = None) -> list[Trial]:
    """How each mode fares at the endpoint now, strongest first; asks it, and keeps nothing. Raises ConfigError."""
    wire = Wire(endpoint, transport)
    try:
        return await try_modes(_client(endpoint, wire), endpoint)
    finally:
        await wire.aclose()


def _client(endpoint: Endpoint, transport: httpx2.AsyncBaseTransport) -> openai.AsyncOpenAI:
    """The openai client over our transport alone: no retries, redirects, proxies or key of its own."""
    return openai.AsyncOpenAI(
        api_key="set by the wire",
        base_url=endpoint.base_url or NOWHERE,
        max_retries=0,
        timeout=None,
        http_client=httpx2.AsyncClient(transport=transport, follow_redirects=False, trust_env=False, timeout=None),
    )


def _messages(question: Question, correction: Malformed | None) -> Messages:
    messages = [
        {"role": "system", "content": _encodable(question.system)},
        {"role": "user", "content": _encodable(question.user)},
    ]
    if correction is None:
        return messages
    if correction.text.strip():
        messages.append({"role": "assistant", "content": _encodable(correction.text)})
    told = (
        f"That answer does not fit: {correction.problems}. Answer the same question again, in full, without this fault."
    )
    return [*messages, {"role": "user", "content": _encodable(told)}]


def _encodable(text: str) -> str:
    """`text` without lone surrogates, which no request can carry."""
    return text.encode("utf-8", "replace").decode()


def _named(error: ReadoutsError, article: str) -> ReadoutsError:
    """A new error of the public kind that names the article and drags along no request."""
    kind: type[ReadoutsError] = type(error)
    if isinstance(error, Fault):
        kind = EndpointDown
    elif isinstance(error, Malformed):
        kind = InvalidAnswer
    return kind(f"article {article}: {error}", error.advice)
