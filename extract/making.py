"""Settings in; how a record is made under them, what it costs, and whether one that is there was made so."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.asking.endpoint import host_of, is_loopback
from extract.asking.recordings import Recordings
from extract.batch import Strategy
from extract.settings import RULES, Settings
from schemas import Article, Provenance, Record, Usage

if TYPE_CHECKING:
    from extract.asking.prices import MaxCost


def workers(settings: Settings, recordings: Recordings | None) -> int:
    """How many processes read: one, unless nobody is asked, what answers is no object of this process alone, and the
    program can be begun again in another."""  # noqa: D205, D209
    program = getattr(sys.modules["__main__"], "__file__", None)
    may_spread = recordings is None and (settings.offline or not settings.asks)
    return settings.workers if may_spread and (program is None or Path(program).exists()) else 1


def at_a_time(settings: Settings, recordings: Recordings | None) -> int:
    """How many articles may be under way: as set, or one in each of several workers and one that waits for it."""
    spread = workers(settings, recordings)
    return settings.concurrency if spread == 1 else max(2 * spread, settings.concurrency)


@asynccontextmanager
async def opened(settings: Settings, recordings: Recordings | None) -> AsyncIterator[Strategy]:
    """The strategy, with what it asks open. `recordings` take the place of the response cache.

    Raises:
        CacheError: the response cache cannot be opened.

    """
    async with here(settings, recordings) as strategy:
        if workers(settings, recordings) == 1:
            yield strategy
            return
        from extract.workers import spread  # noqa: PLC0415 - brings multiprocessing

        async with spread(settings, strategy) as spread_out:
            yield spread_out


@asynccontextmanager
async def here(settings: Settings, recordings: Recordings | None) -> AsyncIterator[Strategy]:
    """The same, in this process.

    Raises:
        CacheError: the response cache cannot be opened.

    """
    if not settings.asks:
        yield _by_rules
        return
    from extract.asking.asker import Asker  # noqa: PLC0415 - brings openai and instructor
    from extract.asking.cache import ResponseCache  # noqa: PLC0415
    from extract.strategies import read_article  # noqa: PLC0415

    if recordings is None:
        recordings = await asyncio.to_thread(ResponseCache, settings.cache_dir)
    endpoint, offline = settings.endpoint, settings.offline
    async with Asker(endpoint, recordings, offline=offline, max_cost=limit(settings)) as asker:
        yield partial(read_article, strategy=settings.strategy, asker=asker)


async def _by_rules(article: Article) -> Record:
    from extract.strategies import read_by_rules  # noqa: PLC0415 - brings the word lists

    return read_by_rules(article)


def makes(settings: Settings, provenance: Provenance) -> bool:
    """Whether a record of this provenance is what these settings would make."""
    from extract.strategies import digests  # noqa: PLC0415 - brings the prompts

    made = provenance.strategy, provenance.prompt_digest, provenance.schema_digest
    if not settings.asks:
        return made == (RULES, *digests(RULES))
    strategies = ("whole", "windows") if settings.strategy == "auto" else (settings.strategy,)
    return (
        provenance.model == settings.model
        and any(made == (each, *digests(each)) for each in strategies)
        and _may_be_same(provenance.endpoint_host, settings.base_url)
    )


def _may_be_same(host: str | None, base_url: str | None) -> bool:
    """Whether `host` may be where `base_url` leads. Either is None where a recording answered; a port says nothing."""
    if host is None or base_url is None:
        return True
    return host == host_of(base_url) or (is_loopback(base_url) and is_loopback(f"http://{host}"))


def cost(settings: Settings, usage: Usage) -> float | None:
    """What these tokens cost in USD; None where no price is known."""
    if not settings.asks:
        return 0.0
    from extract.asking.prices import price  # noqa: PLC0415

    return price(settings.model, usage, settings.base_url)


def limit(settings: Settings) -> "MaxCost | None":
    """What watches over the cost of one run, where a limit is set.

    Raises:
        ConfigError: the model has no known price.

    """
    if settings.max_cost is None or settings.offline or not settings.asks:
        return None
    from extract.asking.prices import MaxCost  # noqa: PLC0415

    return MaxCost(settings.max_cost, settings.endpoint)
