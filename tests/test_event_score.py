"""Scoring of reconciled events: what counts as right, and what cannot be had for nothing."""

import pytest

from evals.event_score import bcubed, score_events
from evals.event_table import event_scores, event_table
from evals.gold_files import GOLD as LABELS
from evals.gold_files import load_event, load_labelled
from evals.gold_records import gold_records
from schemas import (
    Cluster,
    Divergence,
    DivergenceType,
    Event,
    Events,
    FactRef,
    GoldCluster,
    GoldDivergence,
    GoldEvent,
    Kind,
    MustNotFlag,
    Severity,
)

FACTS = tuple(FactRef(article=article, fact=fact) for article in "ab" for fact in "12345")
A1, A2, A3, A4, A5, B1, B2, B3, B4, B5 = FACTS
GOLD = GoldEvent(
    articles=("a", "b"),
    clusters=(GoldCluster(id="c1", facts=(A1, B1)), GoldCluster(id="c2", facts=(A2, B2))),
    divergences=(
        GoldDivergence(id="d1", type=DivergenceType.VALUE, severity=Severity.HIGH, facts=(A1, B1)),
        GoldDivergence(id="d2", type=DivergenceType.STANCE, severity=Severity.MEDIUM, facts=(A2, B2)),
        GoldDivergence(id="d3", type=DivergenceType.SILENCE, severity=Severity.LOW, facts=(A3,)),
    ),
    must_not_flag=(MustNotFlag(facts=(A4, B4), why="two objects with one name"),),
)


def _events(clusters: list[tuple[FactRef, ...]], *divergences: Divergence) -> Events:
    made = tuple(
        Cluster(id=f"C{at}", kind=Kind.TOPIC, label="", facts=facts, rule="test") for at, facts in enumerate(clusters)
    )
    return Events(events=(Event(id="E1", title="", clusters=made, divergences=divergences),))


def _parted(
    kind: DivergenceType, *readings: tuple[FactRef, ...], severity: Severity = Severity.HIGH, name: str = "D"
) -> Divergence:
    facts = tuple(ref for reading in readings for ref in reading)
    return Divergence(id=name, type=kind, severity=severity, facts=facts, readings=readings, detail="", rule="test")


RIGHT = [(A1, B1), (A2, B2), (A3,), (A4,), (A5,), (B3,), (B4,), (B5,)]
PERFECT = (
    _parted(DivergenceType.VALUE, (A1,), (B1,), name="D1"),
    _parted(DivergenceType.STANCE, (A2,), (B2,), severity=Severity.MEDIUM, name="D2"),
    _parted(DivergenceType.SILENCE, (A3,), severity=Severity.LOW, name="D3"),
)


def test_the_labels_themselves_score_full_marks() -> None:
    """Events that say what the labels say have every figure at 1 and nothing left over."""
    score = score_events(_events(RIGHT, *PERFECT), GOLD, FACTS)
    assert (score.clusters.precision, score.clusters.recall, score.clusters.f1) == (1.0, 1.0, 1.0)
    assert (score.weighty.precision, score.weighty.recall) == (1.0, 1.0)
    assert (score.missed, score.invented, score.flagged) == ((), (), ())


def test_bcubed_by_hand() -> None:
    """Three facts in one cluster, of which two belong together: precision 5/9, recall 1."""
    score = bcubed([[A1, B1, A2]], [[A1, B1], [A2]])
    assert score.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert score.recall == 1.0


@pytest.mark.parametrize(
    ("clusters", "precision_below", "recall_below"),
    [
        pytest.param([FACTS], 0.3, 1.01, id="all in one"),
        pytest.param([(ref,) for ref in FACTS], 1.01, 0.81, id="each alone"),
        pytest.param([], 1.01, 0.01, id="nothing"),
    ],
)
def test_degenerate_clusterings_stay_under_a_ceiling(
    clusters: list[tuple[FactRef, ...]], precision_below: float, recall_below: float
) -> None:
    """One big cluster, no cluster and nothing at all cannot score well on both."""
    found = score_events(_events(clusters), GOLD, FACTS).clusters
    assert (found.precision or 0.0) < precision_below
    assert (found.recall or 0.0) < recall_below


def test_spurious_facts_cost_precision_and_missing_ones_recall() -> None:
    """Facts that are no labels, and labels nobody predicted, both stay in the mean."""
    ids = {FactRef(article="a", fact="p1"): A1, FactRef(article="b", fact="p1"): B1}
    predicted = [tuple(ids), (FactRef(article="a", fact="p9"),)]
    score = score_events(_events(predicted), GOLD, FACTS, ids)
    assert score.clusters.precision == pytest.approx(2 / 3)
    assert score.clusters.recall == pytest.approx(2 / 10)
    assert score.clusters_given_match.f1 == 1.0


def test_a_divergence_of_another_type_or_about_other_facts_is_invented() -> None:
    """The type must be right, and two facts shared."""
    wrong = (_parted(DivergenceType.SCOPE, (A1,), (B1,)), _parted(DivergenceType.VALUE, (A1,), (B5,), name="D2"))
    score = score_events(_events(RIGHT, *wrong), GOLD, FACTS)
    assert (score.weighty.right, score.weighty.predicted, score.weighty.expected) == (0, 2, 2)
    assert len(score.missed) == 3


def test_one_label_is_found_once() -> None:
    """Saying the same divergence twice is one right and one invented."""
    twice = (PERFECT[0], _parted(DivergenceType.VALUE, (B1,), (A1,), name="again"))
    score = score_events(_events(RIGHT, *twice), GOLD, FACTS)
    assert (score.weighty.right, len(score.invented)) == (1, 1)


def test_naming_every_fact_does_not_find_every_divergence() -> None:
    """A divergence of all facts of all articles matches one label at most, and it drags in what must not be flagged."""
    everything = _parted(DivergenceType.VALUE, FACTS[:5], FACTS[5:])
    score = score_events(_events(RIGHT, everything), GOLD, FACTS)
    assert score.weighty.right <= 1
    assert len(score.flagged) == 1


def test_a_pair_in_one_reading_is_not_flagged() -> None:
    """Two facts that agree with each other may stand together against a third."""
    fine = _parted(DivergenceType.VALUE, (A4, B4), (A5,))
    bad = _parted(DivergenceType.VALUE, (A4,), (B4,))
    assert not score_events(_events(RIGHT, fine), GOLD, FACTS).flagged
    assert len(score_events(_events(RIGHT, bad), GOLD, FACTS).flagged) == 1


def test_a_low_label_rated_higher_is_neither_right_nor_invented() -> None:
    """Severity is scored by itself; the divergence is there."""
    rated = _parted(DivergenceType.SILENCE, (A3,), severity=Severity.MEDIUM)
    score = score_events(_events(RIGHT, rated), GOLD, FACTS)
    assert (score.weighty.right, score.weighty.predicted) == (0, 0)
    assert score.by_severity[Severity.MEDIUM].right == 0
    assert score.by_type[DivergenceType.SILENCE].right == 1


def test_nothing_predicted_has_no_precision() -> None:
    """A figure that cannot be computed is None, never 1."""
    score = score_events(Events(), GOLD, FACTS)
    assert (score.weighty.precision, score.weighty.recall, score.clusters.precision) == (None, 0.0, None)


def test_the_labels_of_the_five_articles_are_reconciled_as_the_readers_did() -> None:
    """From perfect extraction: clusters and weighty divergences as good as promised, and nothing wrongly flagged."""
    labelled, event = load_labelled(LABELS), load_event(LABELS)
    assert event
    records = {"labels": gold_records(labelled)}
    score = event_scores(records, event, labelled)["labels"]
    assert (score.clusters.f1 or 0) >= 0.85
    assert (score.weighty.precision or 0) >= 0.8
    assert (score.weighty.recall or 0) >= 0.8
    assert not score.flagged
    shown = event_table(records, event, labelled)
    assert len(shown.cases) == len(event.must_not_flag)
    assert all(case.failure is None for case in shown.cases)
