"""What is asked, of whom, and what comes back: endpoint, question, answer. Nothing here talks to anybody.

Identity. Two endpoints that serve one model name are two models, so the identity stands in every cache key:

- hosted: `host[:port]/path`, lower case, without the scheme, its default port, a trailing slash or a query;
- loopback (127.0.0.0/8, ::1, localhost): `loopback/path`. The port is left out, since a local server takes whichever is
  free and the same weights on another port give the same answers. Two local engines that serve different weights must
  not share one model name; the name is what separates them.
"""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel

from extract.errors import ConfigError
from schemas import Usage

OPENAI = "https://api.openai.com/v1"

T = TypeVar("T", bound=BaseModel)


class Mode(StrEnum):
    """How an answer is held to a schema, strongest first: the order of the ladder."""

    JSON_SCHEMA = "json_schema"
    TOOLS = "tools"
    JSON_OBJECT = "json_object"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class Dialect:
    """What an endpoint honours: a mode, the name of its token limit, and whether temperature and seed may be sent."""

    mode: Mode
    limit: str = "max_tokens"
    sampling: bool = True


@dataclass(frozen=True)
class Endpoint:
    """A model and where it is served.

    `base_url` None means that none is configured: only a recording can answer. `context` is in tokens, `deadline` in
    seconds for one request, connection to last byte, `longest_wait` the most between two attempts after a fault. A
    fixed `mode` is used unprobed.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    context: int | None = None
    deadline: float = 120.0
    longest_wait: float = 60.0
    mode: Mode | None = None
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Question:
    """One question: `system` is its fixed first part, `user` its varying last; `article` is an id, for errors only."""

    article: str
    system: str
    user: str
    max_tokens: int


@dataclass(frozen=True)
class Answer(Generic[T]):
    """An answer that fits its schema, and what it took, retries and re-asking included."""

    parsed: T
    usage: Usage


def identity(endpoint: Endpoint) -> str | None:
    """What separates this endpoint from another that serves the same model name; None where none is configured.

    Raises ConfigError for a base URL that is no http(s) URL or that carries credentials.
    """
    if endpoint.base_url is None:
        return None
    scheme, host, port, path = _parts(endpoint.base_url)
    if is_loopback(endpoint.base_url):
        return f"loopback{path}"
    default = {"http": 80, "https": 443}[scheme]
    return f"{host}{path}" if port in (None, default) else f"{host}:{port}{path}"


def is_loopback(base_url: str) -> bool:
    """Whether this machine itself serves the URL."""
    host = _parts(base_url)[1]
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(base_url: str) -> str:
    """The host a key is configured for."""
    return _parts(base_url)[1]


def _parts(base_url: str) -> tuple[str, str, int | None, str]:
    try:
        url = urlsplit(base_url)
        port = url.port
    except ValueError:
        url, port = urlsplit(""), None
    advice = "give it as in --base-url https://host/v1"
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ConfigError("the base URL is not an http or https address", advice)
    if url.username or url.password or url.query:
        raise ConfigError("the base URL carries credentials or a query", f"{advice}, the key in OPENAI_API_KEY")
    return url.scheme, url.hostname.lower().rstrip("."), port, url.path.rstrip("/")
