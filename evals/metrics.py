"""The scores of a run's articles in, its figures out: micro, macro, interval, spending."""

from collections.abc import Callable, Sequence
from statistics import fmean

from evals.intervals import Interval, t_interval
from evals.score import ArticleScore
from evals.tally import Prf, added
from schemas import Schema

Metrics = dict[str, float | None]
COUNTS = ("values_not_in_text", "rejected", "rejected_right")  # figures that are no shares


class Spending(Schema):
    """What a run cost. `seconds` and `cost_usd` are None where nobody measured or priced them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0
    cached: int = 0
    seconds: float | None = None
    cost_usd: float | None = None


class RunScore(Schema):
    """One pass of one model over the labelled articles, scored."""

    name: str
    articles: tuple[ArticleScore, ...]
    spending: Spending = Spending()
    live: bool = False

    @property
    def failed(self) -> dict[str, str]:
        """Article id -> why it gave no record."""
        return {article.article: article.failed for article in self.articles if article.failed}

    @property
    def kinds(self) -> dict[str, Prf]:
        """Precision and recall by kind, over all articles."""
        return added(article.kinds for article in self.articles)


def per_article(articles: Sequence[ArticleScore], name: str) -> list[float]:
    """The F1 `name` of each article, without those where nothing was predicted and nothing expected."""
    return [f1 for article in articles if (f1 := article.prf[name].f1) is not None]


def interval(run: Sequence[RunScore], name: str) -> Interval:
    """The mean of F1 `name` over articles with its t-interval; an article's score is its mean over the repeats."""
    repeats = zip(*(score.articles for score in run), strict=True)
    means = [fmean(f1) for article in repeats if (f1 := per_article(article, name))]
    return t_interval(means)


def measure(articles: Sequence[ArticleScore]) -> Metrics:
    """All figures of some articles by name; None where there was nothing to measure.

    `<name>_precision|recall|f1` are micro (counts added over articles), `<name>_f1_macro` is the mean over articles.
    The figures of `COUNTS` are numbers of facts, all others are in [0, 1].
    """
    figures: Metrics = {}
    for name, prf in added(article.prf for article in articles).items():
        macro = per_article(articles, name)
        figures |= {
            f"{name}_precision": prf.precision,
            f"{name}_recall": prf.recall,
            f"{name}_f1": prf.f1,
            f"{name}_f1_macro": fmean(macro) if macro else None,
        }
    figures |= {name: rate.share for name, rate in added(article.rates for article in articles).items()}
    return figures | {
        "values_not_in_text": float(sum(len(article.made_up) for article in articles)),
        "rejected": float(sum(article.rejected for article in articles)),
        "rejected_right": float(sum(len(article.rejected_right) for article in articles)),
    }


def mean_metrics(runs: Sequence[Metrics]) -> Metrics:
    """The mean of each figure over repeats; None as soon as one repeat has none."""
    names = runs[0] if runs else {}

    def mean(name: str) -> float | None:
        values = [run[name] for run in runs]
        measured = [value for value in values if value is not None]
        return fmean(measured) if len(measured) == len(values) else None

    return {name: mean(name) for name in names}


def leave_one_out(
    score: RunScore, pick: Callable[[Metrics], float | None]
) -> list[tuple[str, float | None, float | None]]:
    """Each article: its id, its own figure, and the figure of all the others."""
    rows = []
    for i, article in enumerate(score.articles):
        others = [other for j, other in enumerate(score.articles) if j != i]
        rows.append((article.article, pick(measure([article])), pick(measure(others)) if others else None))
    return rows
