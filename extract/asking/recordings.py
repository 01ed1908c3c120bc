"""What a recorded response is, under which key it is kept, and what every place that keeps some must offer.

The rule of the key. It is the sha256 of what is asked and the endpoint's identity, as compact JSON with sorted keys.
What is asked is all that changes the answer (model, messages, the mode that holds the answer to its form, that form,
token limit, temperature, seed) and nothing else, so neither the API key, nor a timeout, nor the name of an article's
file is in it, nor how a library's version spells a request. Only in a JSON Schema's `properties` does the order count:
a model that is held to a schema writes its fields in that order.

The rule of replay. With an endpoint configured, only what that endpoint answered is replayed. With none, the model's
name must have been recorded from one endpoint alone, and that one's identity is taken; from several, they are named and
one must be chosen. So a local and a hosted model of one name are never confused, and a recording needs no endpoint.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from extract.asking.endpoint import Dialect, Endpoint


@dataclass(frozen=True)
class Recording:
    """The raw body of one response, and who gave it."""

    key: str
    model: str
    identity: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Hex digest of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Recordings(Protocol):
    """Responses by key, and the dialect of each endpoint that gave some.

    Every call blocks and must be kept off event loops, but for those that are `read_only`: these lie in memory.
    """

    read_only: bool

    def get(self, key: str) -> bytes | None:
        """The body, None where there is none. Raises CacheError where it is not what was recorded."""

    def put(self, recording: Recording) -> None:
        """Keep it, durably before this returns. Raises CacheError."""

    def rows(self) -> Iterator[Recording]:
        """Every recording, in the order of the keys."""

    def dialects(self) -> dict[tuple[str, str], Dialect]:
        """The dialect of each (model, identity)."""

    def remember(self, model: str, identity: str, dialect: Dialect) -> None:
        """Keep the dialect of a model at an endpoint. Raises CacheError."""

    def close(self) -> None:
        """Let go of what this thread holds."""


def asked(
    endpoint: Endpoint, dialect: Dialect, messages: list[dict[str, str]], max_tokens: int, form: object
) -> dict[str, Any]:
    """What is asked, as JSON."""
    sampling = {"temperature": endpoint.temperature, "seed": endpoint.seed} if dialect.sampling else {}
    limit = {dialect.limit: max_tokens}
    return {"model": endpoint.model, "messages": messages, "mode": dialect.mode, "form": form, **limit, **sampling}


def request_key(identity: str, request: dict[str, Any]) -> str:
    """Hex sha256 by the rule above."""
    return hashlib.sha256(canonical({"identity": identity, "request": _ordered(request)})).hexdigest()


def canonical(value: object) -> bytes:
    """Compact JSON with sorted keys, in UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _ordered(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [[name, _ordered(item)] for name, item in inner.items()]
        if key == "properties" and isinstance(inner, dict)
        else _ordered(inner)
        for key, inner in value.items()
    }
