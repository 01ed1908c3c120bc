"""What the scorer must not reward: degenerate answers stay under written bounds, on invented and on real labels."""

import pytest

from evals.gold_files import GOLD as GOLD_FOLDER
from evals.gold_files import Labelled, load_labelled
from evals.metrics import COUNTS, measure
from tests.evals_example import (
    LABELLED,
    Answer,
    all_null,
    every_sentence,
    five_times,
    kinds_shuffled,
    nothing,
    perfect,
    scored,
    sources_swapped,
    whole_article,
)

# Answer -> figure -> the most it may reach. Whatever is not named is not bounded: shuffled kinds leave the rest right.
CEILINGS: list[tuple[Answer, dict[str, float]]] = [
    (nothing, {"relaxed_f1": 0.0, "strict_f1": 0.0, "value_f1": 0.0, "quote_f1": 0.0, "chain_f1": 0.0}),
    (every_sentence, {"relaxed_f1": 0.4, "strict_f1": 0.05, "value_f1": 0.0, "quote_f1": 0.0}),
    (five_times, {"relaxed_f1": 0.34, "strict_f1": 0.34, "relaxed_precision": 0.21, "value_f1": 0.34, "support": 0.21}),
    (kinds_shuffled, {"strict_f1": 0.0, "kind": 0.0}),
    (sources_swapped, {"strict_f1": 0.0, "primary_source_f1": 0.0, "chain_f1": 0.0}),
    (whole_article, {"relaxed_f1": 0.0, "strict_f1": 0.0, "support": 0.0}),
    (all_null, {"relaxed_f1": 0.25, "strict_f1": 0.05}),
]
CASES = [pytest.param(answer, ceilings, id=answer.__name__) for answer, ceilings in CEILINGS]


def real_labels() -> list[Labelled]:
    """The labels that are committed."""
    return load_labelled(GOLD_FOLDER)


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    """Invented and real articles."""
    return [LABELLED, *real_labels()]


def figures(answer: Answer, labelled: list[Labelled]) -> dict[str, float | None]:
    """The figures of an answer to all articles."""
    return measure([scored(answer(one), one).articles[0] for one in labelled])


@pytest.mark.parametrize(("answer", "ceilings"), CASES)
def test_a_degenerate_answer_stays_under_its_ceiling(
    answer: Answer, ceilings: dict[str, float], labelled: list[Labelled]
) -> None:
    """No such answer gains more than its bound, on all articles together and on the invented one alone."""
    for articles in (labelled, labelled[:1]):
        reached = figures(answer, articles)
        over = {name: reached[name] for name, most in ceilings.items() if (reached[name] or 0.0) > most}
        assert not over


def test_labels_against_themselves_score_one_everywhere(labelled: list[Labelled]) -> None:
    """A perfect extraction has no figure under 1, and no value that is not in the text."""
    reached = figures(lambda one: perfect(one.gold), labelled)
    assert {name: value for name, value in reached.items() if value != 1.0} == dict.fromkeys(COUNTS, 0.0)


def test_shuffled_kinds_cost_only_what_depends_on_kind(labelled: list[Labelled]) -> None:
    """Kind has no part in the alignment beyond ties, so the sources of all facts are still found right."""
    reached = figures(kinds_shuffled, labelled)
    assert (reached["relaxed_f1"], reached["primary_source"]) == (1.0, 1.0)


def test_swapped_sources_leave_the_alignment_alone(labelled: list[Labelled]) -> None:
    """Attribution has no part in the alignment: a wrong source is a wrong source, not a missed fact."""
    reached = figures(sources_swapped, labelled)
    assert (reached["relaxed_f1"], reached["kind"]) == (1.0, 1.0)
