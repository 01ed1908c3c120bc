"""A run's scores, its baseline and the thresholds in, one pass or failure for each limit out. No model is asked."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from evals.criteria import criteria_digest
from evals.document import Case
from evals.flips import Flip, States, flips, states
from evals.gold_files import CHECKOUT
from evals.metrics import Metrics, RunScore, mean_metrics, measure
from extract.errors import ConfigError
from schemas import Schema

BASELINES = CHECKOUT / "evals" / "baselines"
THRESHOLDS = CHECKOUT / "evals" / "thresholds.toml"
_ROUNDING = 1e-9  # sums of floats in another order


class Limits(Schema):
    """What a figure must hold: `floor` and `ceiling` absolutely, `drop` against the baseline.

    `lost` is how many facts may flip for the worse in a replayed run; None is any number. A live run's facts flip by
    themselves, so there the mean of the repeats alone is judged.
    """

    floor: Mapping[str, float] = {}
    ceiling: Mapping[str, float] = {}
    drop: Mapping[str, float] = {}
    lost: int | None = None

    def over(self, other: "Limits") -> "Limits":
        """These limits, and those of `other` where these say nothing."""
        return Limits(
            floor={**other.floor, **self.floor},
            ceiling={**other.ceiling, **self.ceiling},
            drop={**other.drop, **self.drop},
            lost=other.lost if self.lost is None else self.lost,
        )


class Thresholds(Schema):
    """`thresholds.toml`: limits for replayed runs, for live ones, and for single runs by name."""

    replayed: Limits = Limits()
    live: Limits = Limits()
    run: Mapping[str, Limits] = {}

    def limits(self, name: str, *, live: bool) -> Limits:
        """The limits of one run."""
        return self.run.get(name, Limits()).over(self.live if live else self.replayed)


class Baseline(Schema):
    """What a run had reached, and by which ruler: the digests of the labels and of the scorer's criteria."""

    run: str
    gold_digest: str
    criteria_digest: str
    metrics: dict[str, float | None]
    failed: tuple[str, ...] = ()
    states: dict[str, States]


def load_thresholds(path: Path) -> Thresholds:
    """The limits in a TOML file. Raises ConfigError, for a name that is no figure too."""
    try:
        thresholds = Thresholds.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", "Name the thresholds: --config FILE") from None
    except (ValueError, ValidationError) as error:
        raise ConfigError(f"{path} holds no thresholds: {error}", f"See {THRESHOLDS} for an example.") from None
    return thresholds


def load_baseline(path: Path) -> Baseline:
    """A baseline file. Raises ConfigError."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", "Make it: python -m evals gate --update") from None
    except ValidationError:
        raise ConfigError(f"{path} is no baseline", "Make it anew: python -m evals gate --update") from None


def baseline(run: Sequence[RunScore], gold_digest: str) -> Baseline:
    """What these repeats of one run reach: the mean of the figures, and the first repeat's facts."""
    return Baseline(
        run=run[0].name,
        gold_digest=gold_digest,
        criteria_digest=criteria_digest(),
        metrics=figures(run),
        failed=tuple(run[0].failed),
        states=states(run[0]),
    )


def figures(run: Sequence[RunScore]) -> Metrics:
    """The mean of each figure over the repeats of one run."""
    return mean_metrics([measure(score.articles) for score in run])


def check_ruler(known: Baseline, gold_digest: str) -> None:
    """Raise ConfigError unless the baseline was measured with these labels and this scorer."""
    changed = []
    if known.gold_digest != gold_digest:
        changed.append("the labels")
    if known.criteria_digest != criteria_digest():
        changed.append("the scorer's criteria")
    if changed:
        raise ConfigError(
            f"{' and '.join(changed)} changed since the baseline of {known.run} was made",
            "Score again by the new ruler: python -m evals gate --update, and review what changes.",
        )


def _limit_cases(name: str, limits: Limits, now: Metrics, before: Mapping[str, float | None]) -> Iterator[Case]:
    unknown = sorted((limits.floor.keys() | limits.ceiling.keys() | limits.drop.keys()) - now.keys())
    if unknown:
        raise ConfigError(f"the thresholds name no figure: {', '.join(unknown)}", f"Figures are: {', '.join(now)}")
    for figure, floor in limits.floor.items():
        value = now[figure]
        bad = value is None or value < floor - _ROUNDING
        yield Case(
            name, f"{figure} at least {floor:g}", f"{figure} is {_text(value)}, under {floor:g}" if bad else None
        )
    for figure, ceiling in limits.ceiling.items():
        value = now[figure]
        bad = value is None or value > ceiling + _ROUNDING
        yield Case(
            name, f"{figure} at most {ceiling:g}", f"{figure} is {_text(value)}, over {ceiling:g}" if bad else None
        )
    for figure, drop in limits.drop.items():
        value, was = now[figure], before.get(figure)
        bad = was is not None and (value is None or value < was - drop - _ROUNDING)
        failure = f"{figure} fell from {_text(was)} to {_text(value)}; {drop:g} is allowed" if bad else None
        yield Case(name, f"{figure} falls by at most {drop:g}", failure)


def _text(value: float | None) -> str:
    return "not measurable" if value is None else f"{value:.4f}"


def gate(run: Sequence[RunScore], known: Baseline | None, thresholds: Thresholds) -> tuple[list[Case], list[Flip]]:
    """Judge the repeats of one run: the cases, and for a replayed run with a baseline every fact that flipped.

    Raises:
        ConfigError: the thresholds name a figure that does not exist.

    """
    live = any(score.live for score in run)
    name = known.run if known else run[0].name
    limits = thresholds.limits(name, live=live)
    cases = list(_limit_cases(name, limits, figures(run), known.metrics if known else {}))
    flipped = flips(known.states, run[0]) if known and not live else []
    if known and limits.lost is not None and not live:
        lost = [flip for flip in flipped if flip.change == "lost"]
        facts = ", ".join(f"{flip.article} {flip.fact}" for flip in lost)
        failure = f"{len(lost)} lost: {facts}" if len(lost) > limits.lost else None
        details = [
            f"{flip.fact}: {flip.gold and flip.gold.label}; before {flip.before}; now {flip.after}" for flip in lost
        ]
        cases.append(Case(name, f"at most {limits.lost} facts lost", failure, details))
    return cases, flipped


def newly_failed(run: Sequence[RunScore], known: Baseline | None) -> dict[str, str]:
    """Articles without a record, and why, other than those that failed for the baseline: the check is not complete."""
    before = known.failed if known else ()
    return {article: cause for score in run for article, cause in score.failed.items() if article not in before}
