"""Articles in, records out, from Python: what the command line does, as short."""

from collections.abc import AsyncGenerator, Generator, Iterable
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from extract.articles import check_article
from extract.asking.meter import metered
from extract.asking.recordings import Recordings
from extract.background import complete, iterate
from extract.batch import Attempt, in_order
from extract.decoding import check_text
from extract.making import at_a_time, cost, limit, makes, opened
from extract.output import Output
from extract.run import Run, Tally, tool_version
from extract.settings import Settings, check, load_settings
from schemas import Article, Failure, Record, Usage

Result = Record | Failure


class Options(TypedDict, total=False):
    """Settings by name (`extract.settings`). One that is left out or None comes from environment, file or default."""

    base_url: str | None
    profile: str | None
    strategy: str | None
    offline: bool | None
    concurrency: int | None
    workers: int | None
    max_cost: float | None
    context: int | None
    deadline: float | None
    longest_wait: float | None
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
        self,
        model: str | None = None,
        *,
        recordings: Recordings | None = None,
        settings: Settings | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Settle the settings, unless they are given settled.

        Raises:
            ConfigError: they cannot work. Nothing has been asked.

        """
        self.settings = settings or load_settings({"model": model, **options})
        check(self.settings)
        limit(self.settings)
        self._recordings = recordings

    def extract_article(self, article: Article | str) -> Record:
        """The record of one article; a text gets the id `article` and no anchor date.

        Raises:
            ReadoutsError: there is none, with the cause and what to do.

        """
        if isinstance(article, str):
            check_text(article)
        one = Article(id="article", text=article) if isinstance(article, str) else article
        check_article(one)

        async def ask() -> Record:
            async with opened(self.settings, self._recordings) as strategy:
                return await strategy(one)

        return complete(ask())

    def extract_articles(self, articles: Iterable[Article | Failure]) -> Generator[Result, None, None]:
        """A record or a failure for each article, in order; failures among `articles` pass through."""
        for _, result, _ in iterate(lambda: self._results(articles, None)):
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
        with Output(Path(directory), partial(makes, self.settings)) as output:
            output.write_run(run)
            tally, order = Tally(), list[str]()
            try:
                for article, result, usage in iterate(lambda: self._results(articles, output)):
                    if isinstance(article, Article):
                        order.append(article.id)
                    tally = tally.plus(result).spent(tally.usage + usage, cost(self.settings, tally.usage + usage))
                    _keep(output, article, result)
                    yield result
                output.arrange(order)
                run = run.end("finished", tally)
            finally:
                output.write_run(run if run.ended else run.end("interrupted", tally))

    async def _results(
        self, articles: Iterable[Article | Failure], output: Output | None
    ) -> AsyncGenerator[tuple[Article | Failure, Result | None, Usage], None]:
        async with opened(self.settings, self._recordings) as strategy:
            attempt = Attempt(strategy)

            async def work(article: Article | Failure) -> tuple[Result | None, Usage]:
                if isinstance(article, Failure):
                    return article, Usage()
                if output and output.has(article):
                    return None, Usage()
                with metered() as meter:
                    return await attempt(article), meter.usage

            async with aclosing(in_order(articles, work, at_a_time(self.settings, self._recordings))) as results:
                async for article, (result, usage) in results:
                    yield article, result, usage


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
