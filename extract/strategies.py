"""An article and the name of a strategy in, its record out: `rules`, `windows` or `whole`; `auto` chooses."""

import hashlib
import json
from functools import lru_cache

from extract.reading.article import Reading
from extract.rules import propose
from extract.run import tool_version
from extract.verify import admit
from schemas import Article, Provenance, Record

RULES = "rules"


@lru_cache(maxsize=1)
def _record_digest() -> str:
    return hashlib.sha256(json.dumps(Record.model_json_schema(), sort_keys=True).encode()).hexdigest()[:16]


def digests(strategy: str) -> tuple[str | None, str]:
    """The prompt digest (None for rules) and the schema digest that a record of this strategy carries."""
    return None, _record_digest()


def read_by_rules(article: Article) -> Record:
    """The record of one article by rules alone: deterministic, no model, no network."""
    reading = Reading(article)
    facts, rejected = admit(propose(reading), reading)
    prompt, schema = digests(RULES)
    provenance = Provenance(
        model=RULES,
        endpoint_host=None,
        strategy=RULES,
        prompt_digest=prompt,
        schema_digest=schema,
        tool_version=tool_version(),
        cost_usd=0.0,
    )
    return Record(article=article.info, facts=facts, rejected=rejected, provenance=provenance)
