"""Predicted and labelled facts of one article in, one-to-one pairs out.

The assignment maximises total similarity (`scipy.optimize.linear_sum_assignment`). A pair that is not eligible weighs
nothing, the same as leaving both alone, so it is gone before the assignment and cannot displace another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, utils
from scipy.optimize import linear_sum_assignment

from evals.criteria import CRITERIA
from evals.names import actors_in_common
from schemas import Fact, GoldFact, Span


@dataclass(frozen=True)
class Overlap:
    """How two sets of spans cover each other, in code points."""

    shared: int
    predicted: int
    gold: int

    @property
    def dice(self) -> float:
        """Twice the shared code points over all of both; 0 where there are none."""
        return 2 * self.shared / (self.predicted + self.gold) if self.shared else 0.0

    @property
    def supports(self) -> bool:
        """Whether the predicted words carry the labelled ones without drowning them."""
        return (
            self.shared >= CRITERIA.support_covered * self.gold
            and self.shared >= CRITERIA.support_inside * self.predicted
            and self.shared > 0
        )


def _covered(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The code points that `spans` cover, as disjoint intervals in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _length(intervals: list[tuple[int, int]]) -> int:
    return sum(end - start for start, end in intervals)


def _overlap(predicted: list[tuple[int, int]], gold: list[tuple[int, int]]) -> Overlap:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in predicted for c, d in gold)
    return Overlap(shared, _length(predicted), _length(gold))


def _choices(fact: Fact) -> tuple[tuple[Span, ...], ...]:
    """The sets of spans that carry the fact, each alone: its evidence and, in labels, the alternatives."""
    return (fact.evidence, *fact.alternatives) if isinstance(fact, GoldFact) else (fact.evidence,)


def evidence_overlap(predicted: Fact, gold: GoldFact, text: str) -> Overlap:
    """The overlap with the labelled evidence or its best alternative. Words that `text` has not there do not count."""
    overlaps = [
        _overlap(_covered(span for span in ours if span.stands_in(text)), _covered(theirs))
        for ours in _choices(predicted)
        for theirs in _choices(gold)
    ]
    return max(overlaps, key=lambda overlap: overlap.dice)


def _text_similarity(predicted: Fact, gold: GoldFact) -> float:
    """The better of object with object and summary with summary. Tokens are sorted, so padding is punished."""
    pairs = ((predicted.object, gold.object), (predicted.summary, gold.summary))
    return max(fuzz.token_sort_ratio(a, b, processor=utils.default_process) if a and b else 0.0 for a, b in pairs) / 100


def _actor_similarity(predicted: Fact, gold: GoldFact) -> float:
    if not predicted.actor and not gold.actor:
        return 1.0
    common = actors_in_common(predicted.actor, gold.actor)
    return common / (len(predicted.actor) + len(gold.actor) - common)


def similarity(predicted: Fact, gold: GoldFact, text: str) -> float:
    """How alike the two facts are, in [0, 1], in steps of the resolution; 0 where the pair is not eligible."""
    evidence = evidence_overlap(predicted, gold, text).dice
    if evidence < CRITERIA.min_evidence:
        return 0.0
    mean = (
        CRITERIA.evidence_weight * evidence
        + CRITERIA.text_weight * _text_similarity(predicted, gold)
        + CRITERIA.actor_weight * _actor_similarity(predicted, gold)
    )
    steps = round(mean / CRITERIA.resolution)
    return steps * CRITERIA.resolution if mean >= CRITERIA.min_similarity else 0.0


def align(predicted: Sequence[Fact], gold: Sequence[GoldFact], text: str) -> dict[int, int]:
    """Index of the predicted fact -> index of the labelled fact, for the pairs of the best one-to-one assignment."""
    if not predicted or not gold:
        return {}
    weights = np.zeros((len(predicted), len(gold)))
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            alike = similarity(ours, theirs, text)
            weights[i, j] = alike + CRITERIA.kind_bonus * (ours.kind is theirs.kind) if alike else 0.0
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0}
