"""Reconciled events and the labels across articles in; how good clusters and divergences are out.

Clusters: B-cubed (Bagga and Baldwin 1998). Precision is a mean over predicted facts of the share of their cluster that
belongs with them, recall a mean over labelled facts of the share of their cluster that was found with them. A labelled
fact nobody predicted has recall 0, a predicted fact that is none of the labelled has precision 0: neither leaves the
mean. A labelled fact in no labelled cluster is a cluster of its own.

Divergences: one to one, of the same type, at least half of the smaller set of facts shared, and two facts shared at
least where both have two. What is left over is missed or invented. A pair that must not be flagged is flagged when two
of its facts stand in different readings of one divergence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from schemas import Divergence, DivergenceType, Events, FactRef, GoldDivergence, GoldEvent, MustNotFlag, Severity

Naming = Callable[[FactRef], FactRef | None]  # the labelled fact that a predicted one is, if any
WEIGHTY = frozenset({Severity.HIGH, Severity.MEDIUM})


@dataclass(frozen=True)
class Counts:
    """Divergences found, invented and missed. A figure is None where nothing was there to be counted."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the expected that was found."""
        return self.right / self.expected if self.expected else None


@dataclass(frozen=True)
class BCubed:
    """B-cubed over all facts; None where there is no fact."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean."""
        if self.precision is None or self.recall is None:
            return None
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )


@dataclass(frozen=True)
class EventScore:
    """Everything about one reconciliation. `flagged` must be empty; `missed` and `invented` say what to look at."""

    clusters: BCubed
    clusters_given_match: BCubed
    weighty: Counts
    by_type: Mapping[DivergenceType, Counts]
    by_severity: Mapping[Severity, Counts]
    missed: tuple[GoldDivergence, ...] = ()
    invented: tuple[Divergence, ...] = ()
    flagged: tuple[tuple[MustNotFlag, Divergence], ...] = ()
    pairs: tuple[tuple[GoldDivergence, Divergence], ...] = field(default=(), repr=False)


def score_events(
    events: Events, gold: GoldEvent, labelled: Iterable[FactRef], ids: Mapping[FactRef, FactRef] | None = None
) -> EventScore:
    """Scores `events` against `gold`.

    `labelled` are all labelled facts; `ids` maps predicted facts to labelled ones, where the two are not the same.
    """
    known = set(labelled) | {ref for cluster in gold.clusters for ref in cluster.facts}
    name = _naming(known, ids)
    predicted = [[name(ref) for ref in cluster.facts] for event in events.events for cluster in event.clusters]
    divergences = [divergence for event in events.events for divergence in event.divergences]
    pairs = _paired(divergences, gold.divergences, name)
    found = {one.id for one, _ in pairs}
    used = {two.id for _, two in pairs}
    return EventScore(
        clusters=bcubed(predicted, _gold_clusters(gold, known)),
        clusters_given_match=_given_match(predicted, _gold_clusters(gold, known)),
        weighty=_weighty(pairs, divergences, gold.divergences),
        by_type={kind: _of_type(kind, pairs, divergences, gold.divergences) for kind in DivergenceType},
        by_severity={level: _of_severity(level, pairs, divergences, gold.divergences) for level in Severity},
        missed=tuple(one for one in gold.divergences if one.id not in found),
        invented=tuple(two for two in divergences if two.id not in used),
        flagged=tuple((pair, two) for pair in gold.must_not_flag for two in divergences if _flags(two, pair, name)),
        pairs=tuple(pairs),
    )


def _naming(known: set[FactRef], ids: Mapping[FactRef, FactRef] | None) -> Naming:
    if ids is None:
        return lambda ref: ref if ref in known else None
    return lambda ref: found if (found := ids.get(ref)) in known else None


def _gold_clusters(gold: GoldEvent, known: set[FactRef]) -> list[list[FactRef]]:
    """The labelled clusters, and every other labelled fact as one of its own."""
    clustered = {ref for cluster in gold.clusters for ref in cluster.facts}
    alone = sorted(known - clustered, key=lambda ref: (ref.article, ref.fact))
    return [list(cluster.facts) for cluster in gold.clusters] + [[ref] for ref in alone]


def bcubed(predicted: Sequence[Sequence[FactRef | None]], gold: Sequence[Sequence[FactRef]]) -> BCubed:
    """B-cubed of `predicted`, in which None is a fact that is none of the labelled, against `gold`."""
    true_home = {ref: set(cluster) for cluster in gold for ref in cluster}
    found_home = {ref: set(cluster) for cluster in predicted for ref in cluster if ref is not None}
    precisions = [
        sum(other in true_home[ref] for other in cluster) / len(cluster) if ref is not None else 0.0
        for cluster in predicted
        for ref in cluster
    ]
    recalls = [len(cluster & found_home.get(ref, set())) / len(cluster) for ref, cluster in true_home.items()]
    return BCubed(_mean(precisions), _mean(recalls))


def _given_match(predicted: Sequence[Sequence[FactRef | None]], gold: Sequence[Sequence[FactRef]]) -> BCubed:
    """The same over the facts that are in both alone: how good clustering is, whatever extraction was."""
    found = {ref for cluster in predicted for ref in cluster if ref is not None}
    ours = [[ref for ref in cluster if ref is not None] for cluster in predicted]
    theirs = [[ref for ref in cluster if ref in found] for cluster in gold]
    return bcubed([cluster for cluster in ours if cluster], [cluster for cluster in theirs if cluster])


def _mean(figures: Sequence[float]) -> float | None:
    return sum(figures) / len(figures) if figures else None


def _paired(
    predicted: Sequence[Divergence], gold: Sequence[GoldDivergence], name: Naming
) -> list[tuple[GoldDivergence, Divergence]]:
    """The best one-to-one assignment of eligible pairs."""
    if not predicted or not gold:
        return []
    weights = np.array([[_match(two, one, name) for two in predicted] for one in gold])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(gold[int(i)], predicted[int(j)]) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def _match(predicted: Divergence, gold: GoldDivergence, name: Naming) -> float:
    """The shared share of all facts of both; 0 where the two are not about one thing."""
    if predicted.type != gold.type:
        return 0.0
    ours, theirs = {name(ref) for ref in predicted.facts}, set(gold.facts)
    shared, smaller = len(ours & theirs), min(len(predicted.facts), len(theirs))
    if shared < min(2, smaller) or 2 * shared < smaller:
        return 0.0
    return shared / len(ours | theirs)


def _flags(predicted: Divergence, pair: MustNotFlag, name: Naming) -> bool:
    """Whether two facts of `pair` stand in different readings; without readings, whether two stand in it at all."""
    readings = predicted.readings or tuple((ref,) for ref in predicted.facts)
    touched = [reading for reading in readings if any(name(ref) in pair.facts for ref in reading)]
    return len(touched) > 1


def _weighty(
    pairs: Sequence[tuple[GoldDivergence, Divergence]], predicted: Sequence[Divergence], gold: Sequence[GoldDivergence]
) -> Counts:
    """High and medium severity together. What is labelled low and rated higher is neither right nor invented."""
    right = sum(one.severity in WEIGHTY and two.severity in WEIGHTY for one, two in pairs)
    lower = sum(one.severity not in WEIGHTY and two.severity in WEIGHTY for one, two in pairs)
    ours = sum(two.severity in WEIGHTY for two in predicted)
    return Counts(right, ours - lower, sum(one.severity in WEIGHTY for one in gold))


def _of_type(
    kind: DivergenceType,
    pairs: Sequence[tuple[GoldDivergence, Divergence]],
    predicted: Sequence[Divergence],
    gold: Sequence[GoldDivergence],
) -> Counts:
    right = sum(one.type == kind for one, _ in pairs)
    return Counts(right, sum(two.type == kind for two in predicted), sum(one.type == kind for one in gold))


def _of_severity(
    level: Severity,
    pairs: Sequence[tuple[GoldDivergence, Divergence]],
    predicted: Sequence[Divergence],
    gold: Sequence[GoldDivergence],
) -> Counts:
    """Right where found and rated the same."""
    right = sum(one.severity == two.severity == level for one, two in pairs)
    return Counts(right, sum(two.severity == level for two in predicted), sum(one.severity == level for one in gold))
