"""A request in; at most so many bytes of one response out, in at most so many seconds, from the configured host alone.

httpx2's own limits do not do: its timeout is for each read, so a dripping server never times out; it inflates a gzip
body whole; and openai adds headers from its environment. Redirects are not followed: the question stays where it was
sent.
"""

import asyncio
import json
import urllib.request
import zlib
from typing import Any
from urllib.parse import urlsplit

import httpx2

from extract.asking.completion import read_completion
from extract.asking.endpoint import Endpoint, host_of, is_loopback
from extract.asking.faults import Fault, Secrets, fault_of
from extract.asking.meter import count
from extract.asking.prices import MaxCost
from extract.errors import ConfigError, DeadlinePassed, EndpointError, ResponseTooLarge
from schemas import Usage

CAP = 8 * 2**20  # bytes of a body as inflated: a chat completion of a million tokens is smaller
CONNECT = 10.0  # seconds
OWN_HEADERS = ("host", "accept", "content-type", "content-length", "user-agent", "connection")
OPENAI_HEADERS = ("openai-organization", "openai-project")


class Wire(httpx2.AsyncBaseTransport):
    """One bounded request a call. Gives a usable chat completion with status 200, or raises the error it is.

    `inner` is the transport below; None makes a real one.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        inner: httpx2.AsyncBaseTransport | None = None,
        max_cost: MaxCost | None = None,
        cap: int = CAP,
    ) -> None:
        if endpoint.base_url is None:
            raise ConfigError("no endpoint is configured", "give --base-url, OPENAI_BASE_URL or a profile")
        self._host = host_of(endpoint.base_url)
        self._place = urlsplit(endpoint.base_url).netloc
        self._key = _key(endpoint.api_key)
        self._deadline = endpoint.deadline
        self._max_cost = max_cost
        self._cap = cap
        self._inner = inner or _network(endpoint.base_url)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it once. Raises EndpointError and AnswerError in their kinds, BudgetSpent before anything is sent."""
        sent = await self._outgoing(request)
        asked = json.loads(sent.content)
        reserved = self._reserve(sent.content, asked)
        count(Usage(requests=1))
        failed: Exception
        try:
            async with asyncio.timeout(self._deadline):
                response, body = await self._exchange(sent)
        except TimeoutError:
            failed = DeadlinePassed(
                f"no complete response within {self._deadline:g} s",
                "raise the deadline, or ask about less text at a time",
            )
        except httpx2.TransportError as error:
            if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
                self._settle(reserved, Usage())
            what = "the connection broke"
            if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
                what = "cannot connect"
            failed = Fault(f"no response from {self._place}: {what} ({type(error).__name__})")
        else:
            if response.status_code == 200:
                return self._usable(body, reserved)
            self._settle(reserved, Usage())
            words = "\n".join(message["content"] for message in asked["messages"])
            retry_after = response.headers.get("retry-after")
            failed = fault_of(response.status_code, retry_after, body, Secrets(self._key, words))
        raise failed

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _usable(self, body: bytes, reserved: float) -> httpx2.Response:
        completion = read_completion(body)
        count(completion.spent())
        if completion.usage is not None:
            self._settle(reserved, completion.spent())
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=body)

    def _reserve(self, content: bytes, asked: dict[str, Any]) -> float:
        if self._max_cost is None:
            return 0.0
        return self._max_cost.reserve(len(content), asked.get("max_tokens") or asked["max_completion_tokens"])

    def _settle(self, reserved: float, usage: Usage) -> None:
        """Only for a request whose cost is known: one that broke off may have been billed, and stays set aside."""
        if self._max_cost is not None:
            self._max_cost.settle(reserved, usage)

    async def _outgoing(self, request: httpx2.Request) -> httpx2.Request:
        """The request with our headers only: what openai finds in its environment belongs to another host."""
        if request.url.host != self._host:
            raise ConfigError(f"a request for {request.url.host} was stopped", f"the endpoint is {self._host}")
        kept = OWN_HEADERS + (OPENAI_HEADERS if self._host == "api.openai.com" else ())
        headers = [(name, value) for name, value in request.headers.items() if name.lower() in kept]
        headers.append(("accept-encoding", "identity"))
        if self._key:
            headers.append(("authorization", f"Bearer {self._key}"))
        extensions = {"timeout": {"connect": min(CONNECT, self._deadline)}}
        content = await request.aread()
        return httpx2.Request(request.method, request.url, headers=headers, content=content, extensions=extensions)

    async def _exchange(self, request: httpx2.Request) -> tuple[httpx2.Response, bytes]:
        response = await self._inner.handle_async_request(request)
        try:
            return response, await self._body(response)
        finally:
            await response.aclose()

    async def _body(self, response: httpx2.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "deflate"):
            raise EndpointError(f"the endpoint encodes its response as {encoding[:20]!r}", "only gzip is understood")
        inflate = None if encoding == "identity" else zlib.decompressobj(wbits=47)
        body = bytearray()
        async for chunk in response.stream:  # type: ignore[union-attr]
            body += chunk if inflate is None else _inflated(inflate, chunk, self._cap + 1 - len(body))
            if len(body) > self._cap:
                raise ResponseTooLarge(f"the response passed {self._cap} bytes", "check what --base-url points to")
        return bytes(body)


def _inflated(inflate: Any, chunk: bytes, room: int) -> bytes:  # noqa: ANN401
    """At most `room` bytes of what the chunk holds."""
    try:
        data: bytes = inflate.decompress(inflate.unconsumed_tail + chunk, room)
    except zlib.error:
        raise EndpointError("the response is damaged: it says gzip and is none", "try again") from None
    return data


def _key(key: str | None) -> str | None:
    """The key, unless no header can carry it: the error of the library below would repeat it."""
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigError("the API key holds a space, a line break or a letter that no key has", "set it again")
    return key or None


def _network(base_url: str) -> httpx2.AsyncBaseTransport:
    try:
        return httpx2.AsyncHTTPTransport(proxy=_proxy(base_url))
    except (ValueError, ImportError, httpx2.InvalidURL):
        raise ConfigError(
            "the proxy that the environment names cannot be used", "HTTPS_PROXY takes an http or https address"
        ) from None


def _proxy(base_url: str) -> str | None:
    """The proxy that the environment names for this host; none for this machine."""
    if is_loopback(base_url) or urllib.request.proxy_bypass(host_of(base_url)):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(base_url.split(":", 1)[0].lower()) or proxies.get("all")
