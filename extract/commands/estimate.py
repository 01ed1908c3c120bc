"""Articles in; what asking about them would take, on stdout. Nothing is asked, nor looked up among recorded answers."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.settings import Settings
    from schemas import Article, Failure, Usage


def estimate(settings: "Settings", articles: "Iterable[Article | Failure]") -> int:
    """Print it, and the failures on stderr. Exit code as of the real run, as far as reading the articles shows it."""
    from extract.articles import printable  # noqa: PLC0415 - see cli
    from schemas import Article, Usage  # noqa: PLC0415

    read = failures = 0
    usage = Usage()
    for article in articles:
        if isinstance(article, Article):
            read += 1
            usage += expected(settings, article)
        else:
            failures += 1
            told = f"failed: {article.article}: {article.cause}\n  {printable(article.advice)}\n"
            sys.stderr.write(told)
    sys.stdout.write(_words(settings, read, usage) + "\n")
    return 0 if not failures else 3 if read else 1


def expected(settings: "Settings", article: "Article") -> "Usage":
    """Requests and tokens for one article, if every answer is usable at once; answers at their longest."""
    from schemas import Usage  # noqa: PLC0415

    if not settings.asks:
        return Usage()
    from extract.asking.prices import estimated_tokens  # noqa: PLC0415
    from extract.strategies import plan  # noqa: PLC0415

    questions = plan(article, settings.strategy, settings.endpoint)
    return Usage(
        requests=len(questions),
        prompt_tokens=sum(estimated_tokens(question.system + question.user) for question in questions),
        completion_tokens=sum(question.max_tokens for question in questions),
    )


def _words(settings: "Settings", articles: int, usage: "Usage") -> str:
    if not settings.asks:
        return f"{articles} articles by rules: no requests, no cost"
    from extract.asking.prices import price  # noqa: PLC0415

    cost = price(settings.model, usage, settings.base_url)
    host = settings.endpoint_host or "whoever was recorded"
    return (
        f"{articles} articles to {settings.model} at {host}: about {usage.requests:,} requests, "
        f"{usage.prompt_tokens:,} tokens sent and at most {usage.completion_tokens:,} received; "
        + ("unpriced" if cost is None else f"at most ${cost:.4f}")
    )
