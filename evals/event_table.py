"""Records of several runs and the labels across articles in, the table of how well each was reconciled out."""

from collections.abc import Iterable, Mapping, Sequence

from evals.align import align
from evals.document import Case, Cell, Document, Table
from evals.event_score import EventScore, score_events
from evals.gold_files import Labelled
from reconcile import reconcile
from schemas import Divergence, DivergenceType, FactRef, GoldEvent, Record, Severity


def event_scores(
    records_by_name: Mapping[str, Sequence[Record]], gold_event: GoldEvent, labelled: Sequence[Labelled]
) -> dict[str, EventScore]:
    """Reconciles each run and scores it. Predicted facts are named after the labels they align with."""
    facts = [FactRef(article=one.gold.article.id, fact=fact.id) for one in labelled for fact in one.gold.facts]
    return {
        name: score_events(reconcile(records), gold_event, facts, labelled_names(records, labelled))
        for name, records in records_by_name.items()
    }


def labelled_names(records: Iterable[Record], labelled: Iterable[Labelled]) -> dict[FactRef, FactRef]:
    """Predicted fact -> the labelled fact it aligns with. Articles are told by the digest of their text."""
    gold = {one.gold.article.sha256: one for one in labelled}
    names: dict[FactRef, FactRef] = {}
    for record in records:
        one = gold.get(record.article.sha256)
        if one is None:
            continue
        for ours, theirs in align(record.facts, one.gold.facts, one.article.text).items():
            predicted = FactRef(article=record.article.id, fact=record.facts[ours].id)
            names[predicted] = FactRef(article=one.gold.article.id, fact=one.gold.facts[theirs].id)
    return names


def event_table(
    records_by_name: Mapping[str, Sequence[Record]], gold_event: GoldEvent, labelled: Sequence[Labelled]
) -> Document:
    """How well each run's records were reconciled; a case for every pair that must not be flagged."""
    scores = event_scores(records_by_name, gold_event, labelled)
    tables = [_summary(scores), *(_left_over(name, score) for name, score in scores.items())]
    cases = [case for name, score in scores.items() for case in _cases(name, score, gold_event)]
    return Document("Reconciliation", tables, cases, {name: _figures(score) for name, score in scores.items()})


def _figures(score: EventScore) -> dict[str, Cell]:
    figures: dict[str, Cell] = {
        "clusters: B-cubed F1": score.clusters.f1,
        "clusters: B-cubed precision": score.clusters.precision,
        "clusters: B-cubed recall": score.clusters.recall,
        "clusters, of facts found: B-cubed F1": score.clusters_given_match.f1,
        "divergences, high and medium: precision": score.weighty.precision,
        "divergences, high and medium: recall": score.weighty.recall,
        "must not be flagged, flagged": len(score.flagged),
    }
    for level in Severity:
        figures[f"{level}: right / predicted / labelled"] = _counts(score, level)
    for kind in DivergenceType:
        figures[f"{kind}: right / predicted / labelled"] = _counts(score, kind)
    return figures


def _counts(score: EventScore, of: Severity | DivergenceType) -> str:
    counts = score.by_severity[of] if isinstance(of, Severity) else score.by_type[of]
    return f"{counts.right} / {counts.predicted} / {counts.expected}"


def _summary(scores: Mapping[str, EventScore]) -> Table:
    columns = {name: _figures(score) for name, score in scores.items()}
    rows = next(iter(columns.values()), {})
    note = "B-cubed: Bagga and Baldwin 1998. A fact nobody found has recall 0, one that is no label has precision 0."
    return Table(
        "Reconciliation", ["figure", *columns], [[row, *(c[row] for c in columns.values())] for row in rows], note
    )


def _left_over(name: str, score: EventScore) -> Table:
    rows: list[Sequence[Cell]] = [
        ["missed", one.type, one.severity, _refs(one.facts), one.note or ""] for one in score.missed
    ]
    rows += [["invented", two.type, two.severity, _refs(two.facts), two.detail] for two in score.invented]
    return Table(f"{name}: divergences missed and invented", ["", "type", "severity", "facts", "what"], rows)


def _refs(facts: Iterable[FactRef]) -> str:
    return ", ".join(f"{ref.article}:{ref.fact}" for ref in facts)


def _cases(name: str, score: EventScore, gold: GoldEvent) -> list[Case]:
    flagged = {pair.facts: divergence for pair, divergence in score.flagged}
    return [
        Case(f"{name}: must not be flagged", f"{_refs(pair.facts)}: {pair.why}", _failure(flagged.get(pair.facts)))
        for pair in gold.must_not_flag
    ]


def _failure(divergence: Divergence | None) -> str | None:
    return f"flagged: {divergence.type}, {divergence.detail}" if divergence else None
