"""Borderline pairs of claims in; a model's verdicts on them out. Nothing else is ever asked.

Every question goes through `extract.asking`, so answers are recorded and replayed like all others.
"""

import asyncio
import json
from collections.abc import Sequence
from importlib.resources import files

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Question
from extract.errors import ConfigError
from extract.settings import Settings, check
from reconcile.clusters import Claim
from reconcile.judging import Judged, Pair, pair_of
from schemas import Schema

PROMPT = "judge.v1.txt"
MAX_TOKENS = 200
EXAMPLES = 3


class Verdict(Schema):
    """What the model says of one pair."""

    same: bool
    why: str


def judge(pairs: Sequence[tuple[Claim, Claim]], settings: Settings) -> Judged:
    """The pairs that the model takes for one claim.

    Raises:
        ConfigError: no model is configured.
        EndpointError, AnswerError, CacheError: as `extract.asking` raises them.

    """
    check(settings)
    if not settings.asks:
        raise ConfigError("--judge asks a model, and none is named", "Name it: -m MODEL, or model in a profile.")
    return asyncio.run(_judge(pairs, settings))


async def _judge(pairs: Sequence[tuple[Claim, Claim]], settings: Settings) -> Judged:
    recordings = await asyncio.to_thread(ResponseCache, settings.cache_dir)
    async with Asker(settings.endpoint, recordings, offline=settings.offline) as asker:
        return await verdicts(pairs, asker, settings.concurrency)


async def verdicts(pairs: Sequence[tuple[Claim, Claim]], asker: Asker, concurrency: int = 1) -> Judged:
    """Asks about each pair, `concurrency` at a time."""
    free = asyncio.Semaphore(concurrency)

    async def ask(pair: tuple[Claim, Claim]) -> Pair | None:
        async with free:
            answer = await asker.ask(_question(*pair), Verdict)
        return pair_of(*pair) if answer.parsed.same else None

    found = await asyncio.gather(*(ask(pair) for pair in pairs))
    return Judged(asker.endpoint.model, frozenset(pair for pair in found if pair))


def _question(left: Claim, right: Claim) -> Question:
    prompt = files("reconcile").joinpath(PROMPT).read_text(encoding="utf-8")
    user = json.dumps({"first": _described(left), "second": _described(right)}, ensure_ascii=False, indent=1)
    return Question(article=left.exemplars[0].article.id, system=prompt, user=user, max_tokens=MAX_TOKENS)


def _described(claim: Claim) -> list[dict[str, object]]:
    return [
        {
            "kind": telling.kind,
            "who": sorted(telling.actors),
            "what": telling.fact.object,
            "said by": telling.source,
            "words": telling.evidence,
        }
        for telling in claim.exemplars[:EXAMPLES]
    ]
