"""Scores of several articles in, their mean and an honest interval out."""

from collections.abc import Sequence
from statistics import fmean, stdev

from scipy.stats import t

from evals.criteria import CRITERIA
from schemas import Schema

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Interval(Schema):
    """A mean over articles and the bounds of its t-interval, both None where they cannot be computed."""

    mean: float | None
    low: float | None = None
    high: float | None = None
    articles: int


def t_interval(scores: Sequence[float]) -> Interval:
    """Student's t-interval for the mean of `scores`, cut at 0 and 1.

    Fewer than two articles, or articles that all score the same, have no spread to tell an interval from: bounds None.
    """
    n = len(scores)
    if n < 2 or (spread := stdev(scores)) == 0:
        return Interval(mean=fmean(scores) if scores else None, articles=n)
    mean = fmean(scores)
    half = float(t.ppf((1 + CRITERIA.confidence) / 2, n - 1)) * spread / n**0.5
    return Interval(mean=mean, low=max(0.0, mean - half), high=min(1.0, mean + half), articles=n)


def scope(articles: int, *, one_event: bool) -> str:
    """What the figures speak of, and nothing beyond it: "these five articles, one event"."""
    count = _NUMBERS[articles] if articles < len(_NUMBERS) else str(articles)
    noun = "this one article" if articles == 1 else f"these {count} articles"
    return f"{noun}, one event" if one_event else noun
