"""What the scorer counts, and what it does not let pass."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.align import align, evidence_overlap
from evals.gold_files import Labelled
from evals.intervals import scope, t_interval
from evals.metrics import leave_one_out, mean_metrics, measure, per_article
from evals.runs import Recorded, score_run
from evals.score import score_article
from extract.errors import InputError
from schemas import (
    Article,
    Evidence,
    Fact,
    Failure,
    GoldArticle,
    GoldArticleRef,
    Kind,
    Rejected,
    Value,
    ValueType,
)
from tests.evals_example import (
    ARTICLE,
    GOLD,
    KELM,
    LABELLED,
    TEXT,
    as_fact,
    gold_fact,
    perfect,
    record,
    scored,
    span,
)

EMPTY = Labelled(
    GoldArticle(article=GoldArticleRef(id="e", sha256=Article(id="e", text="…").info.sha256), annotator="t"),
    Article(id="e", text="…"),
)
REQUIRED = sum(not fact.optional for fact in GOLD.facts)


def figures(facts: list[Fact]) -> dict[str, float | None]:
    """The figures of these facts on the example."""
    return measure(scored(facts).articles)


def replaced(index: int, **changes: object) -> list[Fact]:
    """The perfect answer with one fact changed."""
    facts = perfect()
    facts[index] = facts[index].model_copy(update=changes)
    return facts


@settings(deadline=None)
@given(st.lists(st.integers(0, len(GOLD.facts) - 1), max_size=12))
def test_no_label_is_paired_twice(chosen: list[int]) -> None:
    """Whatever is predicted, each fact has one partner at most, and each duplicate is one error more."""
    predicted = [perfect()[i] for i in chosen]
    pairs = align(predicted, GOLD.facts, TEXT)
    assert len(set(pairs.values())) == len(pairs) == len(set(chosen))


def test_the_order_of_the_answer_does_not_matter() -> None:
    """Aligned is the best assignment, not the first."""
    assert figures(perfect()[::-1]) == figures(perfect())


def test_kind_breaks_a_tie() -> None:
    """Of two labels that differ in kind alone the one of the same kind is taken, in whatever order they stand."""
    a = gold_fact("a", Kind.AGREEMENT, [KELM], "canal", "Kelm open the canal")
    b = a.model_copy(update={"id": "b", "kind": Kind.CONDITION})
    ours = as_fact(b)
    assert align([ours], [a, b], TEXT) == {0: 1}
    assert align([ours], [b, a], TEXT) == {0: 0}


def test_an_ineligible_pair_takes_no_place() -> None:
    """A fact whose evidence lies elsewhere cannot displace a real match, however alike its words."""
    elsewhere = as_fact(GOLD.facts[0], evidence=(span("Grain prices fell"),))
    assert align([elsewhere, perfect()[0]], GOLD.facts[:1], TEXT) == {1: 0}


def test_evidence_that_does_not_stand_in_the_text_is_none() -> None:
    """Offsets with other words than the article has there support nothing."""
    real = GOLD.facts[0].evidence[0]
    forged = Evidence(start=real.start, end=real.end, exact="x" * len(real.exact))
    reached = figures(replaced(0, evidence=(forged,)))
    assert reached["relaxed_recall"] == pytest.approx((REQUIRED - 1) / REQUIRED)
    assert reached["verbatim"] == pytest.approx((len(GOLD.facts) - 1) / len(GOLD.facts))


def test_an_alternative_span_is_as_good() -> None:
    """Any one set of labelled spans does."""
    other = GOLD.facts[0].alternatives[0]
    assert evidence_overlap(as_fact(GOLD.facts[0], evidence=other), GOLD.facts[0], TEXT).dice == 1.0


def test_long_evidence_loses_support() -> None:
    """Words around the fact lower the overlap: two paragraphs for a clause do not support it."""
    start = TEXT.index("Kelm refused")
    wide = as_fact(GOLD.facts[-1], evidence=(Evidence.of(TEXT, max(0, start - 400), start + 60),))
    assert not evidence_overlap(wide, GOLD.facts[-1], TEXT).supports


@pytest.mark.parametrize(
    ("field", "figure", "changes"),
    [
        ("kind", "kind", {"kind": Kind.TOPIC}),
        ("actor", "actor", {"actor": GOLD.facts[0].actor[:1]}),
        ("source", "primary_source", {"attribution": GOLD.facts[1].attribution}),
        ("value", "value_given_match", {"value": None}),
    ],
)
def test_each_of_the_four_spoils_a_strict_match(field: str, figure: str, changes: dict[str, object]) -> None:
    """Kind, actor, primary source and value must all be right; a wrong one shows under its own name too."""
    reached = figures(replaced(0, **changes))
    assert reached["strict_recall"] == pytest.approx((REQUIRED - 1) / REQUIRED), field
    assert (reached[figure] or 0.0) < 1.0
    assert reached["relaxed_f1"] == 1.0


def test_a_value_too_many_costs_precision() -> None:
    """A value where the labels have none is an error, not an extra."""
    number = Value(type=ValueType.NUMBER, iso="1", as_written="Best")
    reached = figures(replaced(3, value=number))
    assert reached["value_recall"] == 1.0
    assert reached["value_precision"] == pytest.approx(5 / 6)


def test_optional_labels_cost_and_gain_nothing() -> None:
    """With or without an optional fact, right or wrong in its fields, every figure of found facts is the same."""
    index = next(i for i, fact in enumerate(GOLD.facts) if fact.optional)
    without = [fact for i, fact in enumerate(perfect()) if i != index]
    for facts in (without, replaced(index, kind=Kind.TOPIC)):
        reached = figures(facts)
        assert [reached[f"{name}_{part}"] for name in ("relaxed", "strict") for part in ("precision", "recall")] == [
            1.0
        ] * 4


def test_a_failed_article_scores_zero_and_stays_in() -> None:
    """No record, no points: the article counts in every mean, and the score says why it has none."""
    failure = Failure(article="truce", origin="truce.txt", error="LengthStop", cause="cut", advice="")
    run = score_run(Recorded("r", (), (failure,)), [LABELLED])
    assert run.failed == {"truce": "LengthStop: cut"}
    assert measure(run.articles)["relaxed_f1_macro"] == 0.0
    assert per_article(run.articles, "strict") == [0.0]


def test_nothing_expected_and_nothing_found_is_left_out() -> None:
    """Such an article is no 1.0 in a mean; with something found in it, it is a 0."""
    nothing = score_article(EMPTY.gold, EMPTY.article, record([], EMPTY.article))
    assert per_article([nothing], "relaxed") == []
    assert measure([nothing, *scored(perfect()).articles])["relaxed_f1_macro"] == 1.0
    something = score_article(EMPTY.gold, EMPTY.article, record(perfect()[:1], EMPTY.article))
    assert per_article([something], "relaxed") == [0.0]


def test_a_rejected_fact_that_was_right_is_named() -> None:
    """What verification threw away wrongly is a figure and a list; what is also among the facts is not counted."""
    facts = perfect()
    thrown = [Rejected(fact=facts[0], reason="doubt"), Rejected(fact=facts[1], reason="twice")]
    score = score_article(GOLD, ARTICLE, record(facts[1:], rejected=tuple(thrown)))
    assert (measure([score])["rejected"], measure([score])["rejected_right"]) == (2.0, 1.0)
    assert "10-day port truce" in score.rejected_right[0].label


def test_a_made_up_value_is_counted() -> None:
    """A phrase that the article has not is a value not in the text."""
    reached = figures(replaced(0, value=Value(type=ValueType.DURATION, iso="P30D", as_written="thirty days")))
    assert reached["values_not_in_text"] == 1.0


def test_a_record_of_another_text_is_refused() -> None:
    """Offsets of another version of the article cannot be compared."""
    other = Article(id="truce", text=TEXT + "!")
    with pytest.raises(InputError, match="another text"):
        score_run(Recorded("r", (record([], other),)), [LABELLED])


def test_articles_are_known_by_their_text() -> None:
    """A record under another id is about the same article if its text is the same."""
    run = score_run(Recorded("r", (record(perfect(), Article(id="renamed", text=TEXT)),)), [LABELLED])
    assert measure(run.articles)["strict_f1"] == 1.0


def test_the_interval_is_students() -> None:
    """Mean and half width of three scores as the textbook has them."""
    found = t_interval([0.4, 0.5, 0.6])
    half = 4.302653 * 0.1 / math.sqrt(3)
    assert (found.mean, found.low, found.high) == pytest.approx((0.5, 0.5 - half, 0.5 + half), abs=1e-5)


@pytest.mark.parametrize("scores", [[], [0.5], [0.5, 0.5, 0.5]])
def test_no_spread_no_interval(scores: list[float]) -> None:
    """Where an interval cannot be computed it is null, not zero wide."""
    found = t_interval(scores)
    assert (found.low, found.high) == (None, None)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_an_interval_stays_within_what_a_score_can_be(scores: list[float]) -> None:
    """Bounds are in [0, 1] around the mean."""
    found = t_interval(scores)
    assert found.mean is not None
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.mean <= found.high <= 1


def test_the_scope_claims_no_more_than_there_is() -> None:
    """What figures speak of is said in words."""
    assert scope(5, one_event=True) == "these five articles, one event"
    assert scope(1, one_event=False) == "this one article"


def test_a_mean_over_repeats_needs_every_repeat() -> None:
    """One repeat without a figure leaves the mean without it."""
    assert mean_metrics([{"a": 1.0, "b": 1.0}, {"a": 0.0, "b": None}]) == {"a": 0.5, "b": None}


def test_leaving_out_an_article_scores_the_others() -> None:
    """Each row has the article's own figure and that of the rest."""
    empty = score_article(EMPTY.gold, EMPTY.article, record(perfect()[:1], EMPTY.article))
    run = scored(perfect()).model_copy(update={"articles": (*scored(perfect()).articles, empty)})
    rows = leave_one_out(run, lambda metrics: metrics["relaxed_f1"])
    assert rows == [("truce", 1.0, 0.0), ("e", 0.0, 1.0)]
