"""Articles in, records out, from Python: what the command line does, as short."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable
from contextlib import aclosing, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from extract.articles import check_article
from extract.asking.endpoint import host_of, is_loopback
from extract.asking.recordings import Recordings
from extract.background import complete, iterate
from extract.batch import Attempt, Strategy, in_order
from extract.output import Output
from extract.run import Run, Tally, tool_version
from extract.settings import RULES, check, load_settings
from schemas import Article, Failure, Provenance, Record

if TYPE_CHECKING:
    from extract.asking.prices import MaxCost

Result = Record | Failure


class Options(TypedDict, total=False):
    """Settings by name (`extract.settings`). One that is left out or None comes from environment, file or default."""

    base_url: str | None
    profile: str | None
    strategy: str | None
    offline: bool | None
    concurrency: int | None
    max_cost: float | None
    context: int | None
    deadline: float | None
    cache_dir: str | Path | None
    config: str | Path | None


class Extractor:
    """Reads articles by rules, or with a model.

        record = Extractor().extract_article("The two presidents spoke for an hour, the spokeswoman said.")
        for result in Extractor("qwen2.5:7b", base_url="http://127.0.0.1:11434/v1").extract_articles(articles): ...

    `recordings` takes the place of the response cache, for example a pack to replay. Not bound to an event loop, and
    usable inside a running one.
    """

    def __init__(
        self, model: str | None = None, *, recordings: Recordings | None = None, **options: Unpack[Options]
    ) -> None:
        """Settle the settings.

        Raises:
            ConfigError: they cannot work. Nothing has been asked.

        """
        self.settings = load_settings({"model": model, **options})
        check(self.settings)
        self._recordings = recordings
        self._limit()

    def extract_article(self, article: Article | str) -> Record:
        """The record of one article; a text gets the id `article` and no anchor date.

        Raises:
            ReadoutsError: there is none, with the cause and what to do.

        """
        one = Article(id="article", text=article) if isinstance(article, str) else article
        check_article(one)

        async def ask() -> Record:
            async with self._strategy() as strategy:
                return await strategy(one)

        return complete(ask())

    def extract_articles(self, articles: Iterable[Article | Failure]) -> Generator[Result, None, None]:
        """A record or a failure for each article, in order; failures among `articles` pass through."""
        for _, result in iterate(lambda: self._results(articles, None)):
            if result is not None:
                yield result

    def extract_into(
        self, directory: str | Path, articles: Iterable[Article | Failure], inputs: Iterable[str] = ()
    ) -> Generator[Result | None, None, None]:
        """The same, kept in `directory` as it comes (`extract.output`); None for an article that is done already.

        `inputs` says in run.json where the articles are from. Stopped at any point, the same call goes on from there.

        Raises:
            OutputError: the directory cannot be written, or another run has it open.

        """
        run = Run(tool_version=tool_version(), inputs=tuple(inputs), settings=self.settings.shown())
        with Output(Path(directory), self.makes) as output:
            output.write_run(run)
            tally, order = Tally(), list[str]()
            try:
                for article, result in iterate(lambda: self._results(articles, output)):
                    if isinstance(article, Article):
                        order.append(article.id)
                    _keep(output, article, result)
                    tally = tally.plus(result)
                    yield result
                output.arrange(order)
                run = run.end("finished", tally)
            finally:
                output.write_run(run if run.ended else run.end("interrupted", tally))

    def makes(self, provenance: Provenance) -> bool:
        """Whether a record of this provenance is what these settings would make."""
        from extract.strategies import digests  # noqa: PLC0415 - brings the prompts

        settings = self.settings
        made = provenance.strategy, provenance.prompt_digest, provenance.schema_digest
        if not settings.asks:
            return made == (RULES, *digests(RULES))
        strategies = ("whole", "windows") if settings.strategy == "auto" else (settings.strategy,)
        return (
            provenance.model == settings.model
            and any(made == (each, *digests(each)) for each in strategies)
            and _may_be_same(provenance.endpoint_host, settings.base_url)
        )

    async def _results(
        self, articles: Iterable[Article | Failure], output: Output | None
    ) -> AsyncGenerator[tuple[Article | Failure, Result | None], None]:
        async with self._strategy() as strategy:
            attempt = Attempt(strategy)

            async def work(article: Article | Failure) -> Result | None:
                if isinstance(article, Failure):
                    return article
                return None if output and output.has(article) else await attempt(article)

            async with aclosing(in_order(articles, work, self.settings.concurrency)) as results:
                async for article, result in results:
                    yield article, result

    @asynccontextmanager
    async def _strategy(self) -> AsyncIterator[Strategy]:
        """The strategy, with what it asks, open."""
        if not self.settings.asks:
            yield _by_rules
            return
        from extract.asking.asker import Asker  # noqa: PLC0415 - brings openai and instructor
        from extract.asking.cache import ResponseCache  # noqa: PLC0415
        from extract.strategies import read_article  # noqa: PLC0415

        settings = self.settings
        recordings = self._recordings
        if recordings is None:
            recordings = await asyncio.to_thread(ResponseCache, settings.cache_dir)
        async with Asker(settings.endpoint, recordings, offline=settings.offline, max_cost=self._limit()) as asker:
            yield partial(read_article, strategy=settings.strategy, asker=asker)

    def _limit(self) -> "MaxCost | None":
        """What watches over the cost of one run."""
        if self.settings.max_cost is None or self.settings.offline or not self.settings.asks:
            return None
        from extract.asking.prices import MaxCost  # noqa: PLC0415

        return MaxCost(self.settings.max_cost, self.settings.endpoint)


def _may_be_same(host: str | None, base_url: str | None) -> bool:
    """Whether `host` may be where `base_url` leads. Either is None where a recording answered; a port says nothing."""
    if host is None or base_url is None:
        return True
    return host == host_of(base_url) or (is_loopback(base_url) and is_loopback(f"http://{host}"))


async def _by_rules(article: Article) -> Record:
    from extract.strategies import read_by_rules  # noqa: PLC0415

    return read_by_rules(article)


def _keep(output: Output, article: Article | Failure, result: Result | None) -> None:
    if isinstance(result, Failure):
        output.fail(result)
    elif isinstance(result, Record) and isinstance(article, Article):
        output.add(article, result)


def extract_article(article: Article | str, model: str | None = None, **options: Unpack[Options]) -> Record:
    """`Extractor(model, **options).extract_article(article)`."""
    return Extractor(model, **options).extract_article(article)


def extract_articles(
    articles: Iterable[Article | Failure], model: str | None = None, **options: Unpack[Options]
) -> Generator[Result, None, None]:
    """`Extractor(model, **options).extract_articles(articles)`."""
    return Extractor(model, **options).extract_articles(articles)
