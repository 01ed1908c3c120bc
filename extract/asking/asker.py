"""Questions and schemas in, validated answers out: `Asker` ties endpoint, recordings, modes and retries together."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

import httpx2
from pydantic import BaseModel

from extract.asking.answers import read_answer
from extract.asking.completion import Malformed
from extract.asking.endpoint import Answer, Dialect, Endpoint, Question, identity
from extract.asking.faults import Fault
from extract.asking.forms import Form, form_of
from extract.asking.kept import BackgroundRecordings, Keep, Kept, missing
from extract.asking.meter import apart, metered
from extract.asking.prices import MaxCost
from extract.asking.recordings import Recordings, asked, request_key
from extract.asking.retry import persist
from extract.asking.wire import Wire
from extract.errors import ConfigError, EndpointDown, InvalidAnswer, ReadoutsError
from schemas import Usage

if TYPE_CHECKING:
    import openai

    from extract.asking.ladder import Trial

Messages = list[dict[str, str]]
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class _Known:
    """How an endpoint is spoken to, what it has answered so far, and the client that leads there; None offline."""

    dialect: Dialect
    kept: Kept
    client: "openai.AsyncOpenAI | None"


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
        self._known: _Known | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wire is not None:
            await self._wire.aclose()
        await self._recordings.aclose()

    async def ask(self, question: Question, schema: type[T] | Form[T]) -> Answer[T]:
        """The answer to `question`, validated against `schema`: a pydantic model that forbids extra keys, or a form.

        Raises the errors of `extract.errors`, each naming the article; none holds a key or the question.
        """
        failed: ReadoutsError
        with metered() as meter:
            try:
                form = form_of(schema) if isinstance(schema, type) else schema
                return Answer(await self._persistently(question, form), meter.usage)
            except ReadoutsError as error:
                failed = _named(error, question.article)
        raise failed

    async def _persistently(self, question: Question, form: Form[T]) -> T:
        known = await self._connected()

        async def attempt(correction: Malformed | None) -> T:
            return await self._answer(known, form, _messages(question, correction), question.max_tokens)

        return await persist(attempt, self.endpoint.longest_wait)

    async def _answer(self, known: _Known, form: Form[T], messages: Messages, max_tokens: int) -> T:
        """The recorded answer, or the one that the endpoint gives now."""
        dialect, client = known.dialect, known.client

        async def ask(keep: Keep) -> T:
            from extract.asking.modes import Line, ask_once  # noqa: PLC0415 - a replay needs none of what it imports

            assert client is not None
            return await ask_once(Line(client, self.endpoint, dialect), form.model(), messages, max_tokens, keep)

        key = request_key(known.kept.identity, asked(self.endpoint, dialect, messages, max_tokens, form.key))
        return await known.kept.answer(
            key, ask if client else None, lambda body: read_answer(body, form, dialect.mode, max_tokens)
        )

    async def _connected(self) -> _Known:
        """The way to the endpoint or to its recordings, found once."""
        async with self._ready:
            if self._known is None:
                known = await self._recordings.run(self._recordings.kept.dialects)
                who = self._identity(known)
                dialect = await self._choose(who, known.get((self.endpoint.model, who)))
                kept = Kept(self.endpoint.model, who, self._recordings)
                self._known = _Known(dialect, kept, _client(self.endpoint, self._wire) if self._wire else None)
            return self._known

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
            from extract.asking.ladder import climb_down  # noqa: PLC0415 - slow to import, and seldom needed

            with apart() as meter:
                dialect = await climb_down(_client(self.endpoint, self._wire), self.endpoint)
            self.probing = meter.usage
        await self._recordings.run(self._recordings.kept.remember, self.endpoint.model, who, dialect)
        return dialect


async def describe_modes(endpoint: Endpoint, transport: httpx2.AsyncBaseTransport | None = None) -> "list[Trial]":
    """How each mode fares at the endpoint now, strongest first; asks it, and keeps nothing. Raises ConfigError."""
    from extract.asking.ladder import try_modes  # noqa: PLC0415 - slow to import

    wire = Wire(endpoint, transport)
    try:
        return await try_modes(_client(endpoint, wire), endpoint)
    finally:
        await wire.aclose()


def _client(endpoint: Endpoint, wire: Wire) -> "openai.AsyncOpenAI":
    """The openai client over our wire alone: no retries, redirects, proxies or key of its own."""
    import openai  # noqa: PLC0415 - slow to import; a replay does without

    return openai.AsyncOpenAI(
        api_key="set by the wire",
        base_url=endpoint.base_url,
        max_retries=0,
        timeout=None,
        http_client=httpx2.AsyncClient(transport=wire, follow_redirects=False, trust_env=False, timeout=None),
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
