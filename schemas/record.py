"""What one article gave: a line of `records.jsonl`, or a line of `failures.jsonl`."""

from pydantic import Field

from schemas.article import ArticleInfo
from schemas.base import SCHEMA_VERSION, Schema
from schemas.fact import Fact


class Rejected(Schema):
    """A fact that was proposed and did not pass, and why. `fact` is whatever could be made of it."""

    fact: Fact
    reason: str


class Usage(Schema):
    """Tokens and requests spent on one article, retries included. `cached` counts the responses that cost nothing."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0
    cached: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            requests=self.requests + other.requests,
            cached=self.cached + other.cached,
        )


class Provenance(Schema):
    """How a record came about. `cost_usd` is None where the model has no known price."""

    model: str
    endpoint_host: str | None
    strategy: str
    prompt_digest: str | None
    schema_digest: str
    tool_version: str
    usage: Usage = Usage()
    cost_usd: float | None = None


class Record(Schema):
    """Everything one article gave; no proposed fact is missing from `facts` and `rejected` together."""

    schema_version: int = SCHEMA_VERSION
    article: ArticleInfo
    facts: tuple[Fact, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    provenance: Provenance


class Failure(Schema):
    """An article that gave no record: what went wrong, and what to do next."""

    article: str
    origin: str
    error: str
    cause: str
    advice: str = Field(default="")
