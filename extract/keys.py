"""Environment, file and endpoint in, the one API key that may go to this endpoint out: a key stays with its host.

- `OPENAI_API_KEY` is for the endpoint in OPENAI_BASE_URL, or for api.openai.com where that is not set.
- The variable that `api_key_env` names is for the `base_url` beside it in `readouts.toml`.

Endpoints are the same where scheme, host and port are. Any other endpoint gets no key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class KeyFor:
    """A variable that holds a key, the endpoint that the key is for, and where that was said."""

    variable: str
    base_url: str
    source: str


def key_for(base_url: str, configured: Iterable[KeyFor], environ: Mapping[str, str]) -> tuple[str | None, str]:
    """The key that goes to `base_url` and where it is from; or None, and why there is none."""
    elsewhere = []
    for key in configured:
        value = environ.get(key.variable)
        if same_endpoint(key.base_url, base_url):
            return (value, key.source) if value else (None, f"none: {key.variable} is not set")
        if value:
            elsewhere.append(f"{key.variable} is for {urlsplit(key.base_url).netloc}")
    return None, f"none: {'; '.join(elsewhere) or 'none is configured'}"


def same_endpoint(one: str, other: str) -> bool:
    """Whether two addresses have the same scheme, host and port. One that is no address is like no other."""
    try:
        return _origin(one) == _origin(other)
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
