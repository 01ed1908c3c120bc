"""An article and the name of a strategy in, its record out."""

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.asking.endpoint import Endpoint, Question, host_of
from extract.asking.meter import metered
from extract.asking.prices import price
from extract.reading.article import Reading
from extract.rules import propose
from extract.run import tool_version
from extract.strategies.admission import admitted
from extract.strategies.combine import combine
from extract.strategies.inquiry import choose, inquire, planned
from extract.strategies.trust import TRUST
from extract.verify import admit
from prompts import load
from schemas import Article, Fact, Provenance, Record, Rejected
from schemas.answer import Answer

if TYPE_CHECKING:
    from extract.asking.asker import Asker

RULES, AUTO = "rules", "auto"


@lru_cache(maxsize=4)
def digests(strategy: str) -> tuple[str | None, str]:
    """The prompt digest (None for rules) and the schema digest that a record of this strategy carries."""
    schemas = [Record.model_json_schema()]
    if strategy == RULES:
        return None, _digest(schemas)
    return load(strategy).digest, _digest([*schemas, Answer.model_json_schema()])


def _digest(schemas: list[dict[str, object]]) -> str:
    return hashlib.sha256(json.dumps(schemas, sort_keys=True).encode()).hexdigest()[:16]


def read_by_rules(article: Article) -> Record:
    """The record of one article by rules alone: deterministic, no model, no network."""
    reading = Reading(article)
    facts, rejected = admit(propose(reading), reading)
    return _record(article, facts, rejected, Provenance(model=RULES, endpoint_host=None, cost_usd=0.0, **_made(RULES)))


async def read_article(article: Article, strategy: str, asker: "Asker") -> Record:
    """The record of one article by the rules and the model that `asker` asks.

    Raises:
        ReadoutsError: the endpoint gave no usable answers; the message names the article.

    """
    chosen = choose(asker.endpoint) if strategy == AUTO else strategy
    reading = Reading(article)
    rules = propose(reading)
    with metered() as meter:
        heard = await inquire(reading, rules, chosen, asker)
    facts, rejected = admitted(combine(reading, rules, heard, TRUST[chosen]), reading)
    endpoint = asker.endpoint
    return _record(
        article,
        facts,
        rejected,
        Provenance(
            model=endpoint.model,
            endpoint_host=host_of(endpoint.base_url) if endpoint.base_url else None,
            usage=meter.usage,
            cost_usd=price(endpoint.model, meter.usage, endpoint.base_url),
            **_made(chosen),
        ),
    )


def plan(article: Article, strategy: str, endpoint: Endpoint) -> list[Question]:
    """What would be asked about the article if every answer were usable."""
    reading = Reading(article)
    return planned(reading, propose(reading), choose(endpoint) if strategy == AUTO else strategy, endpoint)


def _made(strategy: str) -> dict[str, str | None]:
    prompt, schema = digests(strategy)
    return {"strategy": strategy, "prompt_digest": prompt, "schema_digest": schema, "tool_version": tool_version()}


def _record(
    article: Article, facts: tuple[Fact, ...], rejected: tuple[Rejected, ...], provenance: Provenance
) -> Record:
    return Record(article=article.info, facts=facts, rejected=rejected, provenance=provenance)
