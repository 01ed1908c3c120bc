"""Scores, flips and agreements in, documents out: what each command prints."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.agreement import Agreement
from evals.criteria import CRITERIA
from evals.document import Case, Cell, Document, Table
from evals.flips import Flip
from evals.gate import figures
from evals.intervals import Interval
from evals.metrics import COUNTS, Metrics, RunScore, interval, leave_one_out, measure
from evals.score import Claim
from evals.tally import added

Runs = Sequence[Sequence[RunScore]]  # each run with its repeats

_HEADLINES = (
    ("facts found: F1", "relaxed_f1"),
    ("facts found: precision", "relaxed_precision"),
    ("facts found: recall", "relaxed_recall"),
    ("facts right (strict): F1", "strict_f1"),
    ("facts right (strict): precision", "strict_precision"),
    ("facts right (strict): recall", "strict_recall"),
    ("facts found: F1, mean over articles", "relaxed_f1_macro"),
    ("facts right: F1, mean over articles", "strict_f1_macro"),
    ("primary source, of facts found", "primary_source"),
    ("primary source, of facts found that have one", "primary_source_named"),
    ("primary source, end to end: F1", "primary_source_f1"),
    ("whole chain, of facts found", "chain"),
    ("whole chain, end to end: F1", "chain_f1"),
    ("channel, of facts found that have a source", "channel"),
    ("kind, of facts found", "kind"),
    ("actor, of facts found", "actor"),
    ("target, of facts found that have one", "target"),
    ("certainty, of facts found", "certainty"),
    ("realis, of facts found", "realis"),
    ("values with comparator: F1", "value_f1"),
    ("values with comparator: precision", "value_precision"),
    ("values with comparator: recall", "value_recall"),
    ("quotes, text and speaker: F1", "quote_f1"),
    ("quotes: precision", "quote_precision"),
    ("quotes: recall", "quote_recall"),
    ("evidence verbatim", "verbatim"),
    ("evidence supports the fact, of all predicted", "support"),
    ("evidence supports the fact, of facts found", "support_given_match"),
    ("quotes that stand in the text", "quote_in_text"),
    ("values not in the text", "values_not_in_text"),
    ("facts rejected", "rejected"),
    ("… of these right", "rejected_right"),
)


def _figure(name: str, figures: Metrics) -> Cell:
    """A figure of a table: a whole number where it counts facts."""
    value = figures[name]
    return int(value) if value is not None and name in COUNTS and value.is_integer() else value


def _figures_table(runs: Runs, note: str) -> Table:
    columns = [figures(run) for run in runs]
    rows: list[Sequence[Cell]] = [[words, *(_figure(name, column) for column in columns)] for words, name in _HEADLINES]
    return Table("Scores", ["figure", *(run[0].name for run in runs)], rows, note)


def _range(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return "not computable"
    return f"{interval.low:.3f} to {interval.high:.3f}"


def _interval_table(runs: Runs, scope: str) -> Table:
    rows: list[Sequence[Cell]] = []
    for run in runs:
        for words, name in (("facts found: F1", "relaxed"), ("facts right: F1", "strict")):
            found = interval(run, name)
            rows.append([run[0].name, words, found.mean, _range(found), found.articles])
    level = f"{CRITERIA.confidence:.0%}"
    note = f"{level} t-interval over {scope}; it claims nothing beyond them."
    return Table("Spread over articles", ["run", "figure", "mean", f"{level} interval", "articles"], rows, note)


def _spending_table(runs: Runs) -> Table:
    names = ("articles", "failed", "repeats", "requests", "from cache", "tokens in", "tokens out", "seconds", "USD")
    rows: list[Sequence[Cell]] = []
    for run in runs:
        first, spent = run[0], run[0].spending
        rows.append(
            [
                *(first.name, len(first.articles), len(first.failed), len(run), spent.requests, spent.cached),
                *(spent.prompt_tokens, spent.completion_tokens, spent.seconds, spent.cost_usd),
            ]
        )
    note = "Of the first repeat. Seconds and USD only where they were measured and the price is known."
    return Table("Spending", ["run", *names], rows, note)


def _kind_table(run: Sequence[RunScore]) -> Table:
    counts = added(score.kinds for score in run)
    rows: list[Sequence[Cell]] = [
        [kind, prf.precision, prf.recall, prf.f1, prf.expected // len(run), prf.predicted // len(run)]
        for kind, prf in sorted(counts.items(), key=lambda item: -item[1].expected)
    ]
    return Table(f"{run[0].name}: by kind", ["kind", "precision", "recall", "F1", "labelled", "predicted"], rows)


def _left_out_table(score: RunScore) -> Table:
    def pick(name: str) -> list[tuple[str, float | None, float | None]]:
        return leave_one_out(score, lambda metrics: metrics[name])

    rows: list[Sequence[Cell]] = [
        [article, found, found_rest, right, right_rest]
        for (article, found, found_rest), (_, right, right_rest) in zip(
            pick("relaxed_f1"), pick("strict_f1"), strict=True
        )
    ]
    columns = ["article", "found: F1", "… of the others", "right: F1", "… of the others"]
    return Table(f"{score.name}: each article left out", columns, rows)


def _failed_table(runs: Runs) -> list[Table]:
    rows = [[run[0].name, article, cause] for run in runs for score in run for article, cause in score.failed.items()]
    note = "They score 0 and are in every figure."
    return [Table("Failed articles", ["run", "article", "cause"], rows, note)] if rows else []


def _run_data(run: Sequence[RunScore]) -> dict[str, Any]:
    return {
        "run": run[0].name,
        "figures": figures(run),
        "intervals": {name: interval(run, name).model_dump() for name in ("relaxed", "strict")},
        "repeats": [
            {
                "figures": measure(score.articles),
                "kinds": {
                    kind: {"precision": prf.precision, "recall": prf.recall, "f1": prf.f1, "support": prf.expected}
                    for kind, prf in score.kinds.items()
                },
                "articles": [article.model_dump(mode="json") for article in score.articles],
                "spending": score.spending.model_dump(),
            }
            for score in run
        ],
    }


def score_document(runs: Runs, scope: str, *, by_kind: bool = False, left_out: bool = False) -> Document:
    """The scores of some runs side by side."""
    tables = [_figures_table(runs, f"Over {scope}."), _interval_table(runs, scope), _spending_table(runs)]
    tables += _failed_table(runs)
    tables += [_kind_table(run) for run in runs] if by_kind else []
    tables += [_left_out_table(run[0]) for run in runs] if left_out else []
    cases = [
        Case(run[0].name, f"{article.article} {outcome.fact}", _miss(outcome.status, outcome.wrong, outcome.gold))
        for run in runs
        for article in run[0].articles
        for outcome in article.outcomes
        if not outcome.optional
    ]
    return Document("Scores", tables, cases, {"scope": scope, "runs": [_run_data(run) for run in runs]})


def _miss(status: str, wrong: Iterable[str], gold: Claim) -> str | None:
    if status == "right":
        return None
    what = f"wrong: {', '.join(wrong)}" if status == "found" else "missed"
    return f"{what}: {gold.label} “{gold.words}”"


def flip_table(title: str, flipped: Sequence[Flip]) -> Table:
    """Every flipped fact with its words."""
    rows: list[Sequence[Cell]] = [
        [flip.change, flip.article, flip.fact, flip.gold.label if flip.gold else None, flip.before, flip.after]
        for flip in flipped
    ]
    return Table(title, ["change", "article", "fact", "labelled", "before", "after"], rows)


def compare_document(a: RunScore, b: RunScore, flipped: Sequence[Flip]) -> Document:
    """What B has over A: figures side by side, and fact by fact."""
    before, after = measure(a.articles), measure(b.articles)
    rows: list[Sequence[Cell]] = [
        [words, _figure(name, before), _figure(name, after), _difference(before[name], after[name])]
        for words, name in _HEADLINES
    ]
    tables = [
        Table("Figures", ["figure", a.name, b.name, "difference"], rows),
        flip_table(f"{len(flipped)} facts flipped from {a.name} to {b.name}", flipped),
    ]
    cases = [
        Case("compare", f"{flip.article} {flip.fact or flip.after}", f"{flip.change}: {flip.after}" if bad else None)
        for flip in flipped
        for bad in [flip.change in {"lost", "new error"}]
    ]
    data = {"a": before, "b": after, "flips": [flip.model_dump(mode="json") for flip in flipped]}
    return Document(f"{a.name} and {b.name}", tables, cases, data)


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def gate_document(cases: Sequence[Case], flipped: Mapping[str, Sequence[Flip]], notes: Sequence[str]) -> Document:
    """Whether each limit held, and what flipped in each run."""
    verdicts: list[Sequence[Cell]] = [[case.group, case.name, case.failure or "holds"] for case in cases]
    tables = [Table("Limits", ["run", "limit", "result"], verdicts, " ".join(notes))]
    tables += [flip_table(f"{name}: {len(flips)} facts flipped", flips) for name, flips in flipped.items() if flips]
    failed = sum(case.failure is not None for case in cases)
    data = {
        "passed": failed == 0,
        "limits": [{"run": case.group, "limit": case.name, "failure": case.failure} for case in cases],
        "flips": {name: [flip.model_dump(mode="json") for flip in flips] for name, flips in flipped.items()},
        "notes": list(notes),
    }
    return Document(f"Gate: {failed} of {len(cases)} limits failed" if failed else "Gate passed", tables, cases, data)


def agreement_document(agreement: Agreement) -> Document:
    """How far two passes agree."""
    facts: list[Sequence[Cell]] = [
        [article, prf.f1, prf.right, prf.predicted, prf.expected] for article, prf in agreement.articles.items()
    ]
    whole = agreement.facts
    facts.append(["all", whole.f1, whole.right, whole.predicted, whole.expected])
    facts.append(["all, right by the strict rule", agreement.strict.f1, agreement.strict.right, None, None])
    fields: list[Sequence[Cell]] = [
        [name.replace("_", " "), one.raw.share, one.alpha, one.raw.of] for name, one in agreement.fields.items()
    ]
    tables = [
        Table("Facts", ["article", "pairwise F1", "in both", *agreement.annotators], facts),
        Table("Fields of facts in both", ["field", "raw agreement", "Krippendorff's alpha", "facts"], fields),
    ]
    metrics: Metrics = {"facts_f1": whole.f1, "strict_f1": agreement.strict.f1}
    return Document("Agreement of two passes", tables, (), {**metrics, "agreement": agreement.model_dump()})
