"""HTTP requests of a peer's own client in; the same requests sent, and every answer kept as it came."""

import json
from time import monotonic
from typing import Any

import httpx2

from evals.peers.recording import Exchange

DEADLINE = 1800  # seconds for one request: a small machine generates a few tokens a second


class Recorder(httpx2.BaseTransport):
    """A transport that keeps the body of each answer. No redirect is followed below a client that is told so."""

    def __init__(self) -> None:
        self.inner = httpx2.HTTPTransport()
        self.exchanges: list[Exchange] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, keep the answer, pass it on."""
        started = monotonic()
        response = self.inner.handle_request(request)
        response.read()
        self.exchanges.append(
            Exchange(status=response.status_code, seconds=round(monotonic() - started, 2), body=_body(response))
        )
        return response

    def client(self) -> httpx2.Client:
        """A client for `openai.OpenAI(http_client=...)`."""
        return httpx2.Client(transport=self, timeout=DEADLINE, follow_redirects=False)

    def taken(self) -> tuple[Exchange, ...]:
        """The exchanges since the last call."""
        exchanges, self.exchanges = tuple(self.exchanges), []
        return exchanges


def _body(response: httpx2.Response) -> Any:  # noqa: ANN401 - whatever JSON the endpoint sent
    try:
        return response.json()
    except json.JSONDecodeError:
        return response.text
