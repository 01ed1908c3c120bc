"""When the gate holds, when it fails, and what it names."""

from pathlib import Path

import pytest

from evals.flips import flips, states
from evals.gate import (
    THRESHOLDS,
    Baseline,
    Limits,
    Thresholds,
    baseline,
    check_ruler,
    gate,
    load_thresholds,
    newly_failed,
)
from evals.metrics import RunScore
from evals.runs import Recorded, score_run
from extract.errors import ConfigError
from schemas import Fact, Kind
from tests.evals_example import GOLD, LABELLED, as_fact, perfect, scored, span

STRICT = Thresholds(replayed=Limits(drop={"strict_f1": 0.0}, lost=0), live=Limits(drop={"strict_f1": 0.1}))


def known(run: RunScore | None = None) -> Baseline:
    """The baseline of a run, by default the perfect one."""
    return baseline([run or scored(perfect())], "gold")


def worse() -> list[Fact]:
    """The perfect answer with the wrong kind in one fact."""
    return [perfect()[0].model_copy(update={"kind": Kind.TOPIC}), *perfect()[1:]]


def failures(run: list[RunScore], base: Baseline | None = None, thresholds: Thresholds = STRICT) -> list[str]:
    """What failed, in words."""
    return [case.failure for case in gate(run, base or known(), thresholds)[0] if case.failure]


def test_the_same_run_passes_without_a_flip() -> None:
    """Nothing changed, nothing to say."""
    cases, flipped = gate([scored(perfect())], known(), STRICT)
    assert [case.failure for case in cases] == [None, None]
    assert flipped == []


def test_one_lost_fact_fails_and_is_named() -> None:
    """The gate says which fact got worse, what the article says, and what was said before and after."""
    cases, flipped = gate([scored(worse())], known(), STRICT)
    assert [case.failure is not None for case in cases] == [True, True]
    assert cases[1].failure == "1 lost: truce f1"
    assert "agreement by Ada Ruun, Ilo Best: 10-day port truce" in cases[1].details[0]
    (flip,) = flipped
    assert (flip.change, flip.fact) == ("lost", "f1")
    assert flip.gold is not None
    assert "agreed to a 10-day port truce" in flip.gold.words
    assert flip.before.startswith("right: agreement")
    assert flip.after.startswith("found, wrong: kind: topic")


def test_a_won_fact_passes_and_is_named() -> None:
    """Better than the baseline is no failure."""
    cases, flipped = gate([scored(perfect())], known(scored(worse())), STRICT)
    assert [case.failure for case in cases] == [None, None]
    assert [flip.change for flip in flipped] == ["won"]


def test_gains_do_not_hide_a_loss() -> None:
    """One fact won and another lost leaves the figures as they were, and fails."""
    other = [*perfect()[:-1], perfect()[-1].model_copy(update={"kind": Kind.TOPIC})]
    base = known(scored(worse()))
    assert len(failures([scored(other)], base)) == 1


def test_errors_come_and_go_by_name() -> None:
    """What is predicted beside the labels flips too."""
    extra = as_fact(GOLD.facts[0], id="x", object="grain prices", evidence=(span("Grain prices fell by a tenth"),))
    more = scored([*perfect(), extra])
    assert [flip.change for flip in flips(states(scored(perfect())), more)] == ["new error"]
    assert [flip.change for flip in flips(states(more), scored(perfect()))] == ["error gone"]


def test_a_changed_error_is_neither_won_nor_lost() -> None:
    """Another wrong answer is told as such."""
    other = [worse()[0].model_copy(update={"kind": Kind.REQUEST}), *perfect()[1:]]
    assert [flip.change for flip in flips(states(scored(worse())), scored(other))] == ["changed"]


def test_live_runs_are_judged_by_the_mean_of_their_repeats() -> None:
    """Chance may take a fact from one repeat; facts are not listed, for they flip by themselves."""
    live = [scored(facts).model_copy(update={"live": True}) for facts in (worse(), perfect())]
    cases, flipped = gate(live, known(), STRICT)
    assert [case.failure for case in cases] == [None]
    assert flipped == []
    empty = [scored([]).model_copy(update={"live": True}), live[1]]
    assert len(failures(empty)) == 1


def test_floors_and_ceilings_hold_without_a_baseline() -> None:
    """Somebody with thresholds alone can gate too."""
    thresholds = Thresholds(replayed=Limits(floor={"strict_f1": 0.99}, ceiling={"values_not_in_text": 0}))
    assert [case.failure for case in gate([scored(perfect())], None, thresholds)[0]] == [None, None]
    assert len([case for case in gate([scored(worse())], None, thresholds)[0] if case.failure]) == 1


def test_what_cannot_be_measured_does_not_pass_a_floor() -> None:
    """No value predicted is no perfect precision."""
    thresholds = Thresholds(replayed=Limits(floor={"verbatim": 0.5}))
    assert failures([scored([])], known(), thresholds) == ["verbatim is not measurable, under 0.5"]


def test_a_limit_on_no_figure_is_a_usage_error() -> None:
    """A misspelt limit would never fail."""
    with pytest.raises(ConfigError, match="strict_f2"):
        gate([scored(perfect())], known(), Thresholds(replayed=Limits(floor={"strict_f2": 1.0})))


def test_a_single_run_may_have_limits_of_its_own() -> None:
    """They add to those for all, and take their place where they name the same figure."""
    thresholds = Thresholds(
        replayed=Limits(floor={"verbatim": 1.0, "support": 0.5}), run={"r": Limits(floor={"support": 0.9})}
    )
    assert thresholds.limits("r", live=False).floor == {"verbatim": 1.0, "support": 0.9}
    assert thresholds.limits("s", live=False).floor == {"verbatim": 1.0, "support": 0.5}


def test_another_ruler_is_no_comparison() -> None:
    """Labels or criteria that changed since the baseline are said, not passed over."""
    check_ruler(known(), "gold")
    with pytest.raises(ConfigError, match="the labels changed"):
        check_ruler(known(), "other")
    with pytest.raises(ConfigError, match="criteria changed"):
        check_ruler(known().model_copy(update={"criteria_digest": "other"}), "gold")


def test_an_article_that_fails_anew_makes_it_incomplete() -> None:
    """What failed for the baseline too is known; what fails now is named with its cause."""
    gone = score_run(Recorded("r", ()), [LABELLED])
    assert newly_failed([gone], known()) == {"truce": "no record"}
    assert newly_failed([gone], known(gone)) == {}


def test_the_committed_thresholds_name_figures() -> None:
    """The file that the gate uses by default can be used."""
    thresholds = load_thresholds(THRESHOLDS)
    for live in (False, True):
        limits = thresholds.limits("rules", live=live)
        gate([scored(perfect()).model_copy(update={"live": live})], known(), Thresholds(replayed=limits, live=limits))
    assert thresholds.replayed.lost == 0


@pytest.mark.parametrize("content", ["[", "floor = 1", "[replayed]\nfloor = 1", "[replayed.flor]\na = 1"])
def test_thresholds_that_cannot_be_are_refused(content: str, tmp_path: Path) -> None:
    """A section that does not exist is an error, not a limit without effect."""
    path = tmp_path / "t.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"t\.toml"):
        load_thresholds(path)
