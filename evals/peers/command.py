"""Recordings of peers and labelled articles in; their scores beside those of the committed runs, as a table, out."""

from argparse import Namespace
from collections.abc import Sequence

from evals.document import Cell, Document, Table
from evals.gold_files import Labelled, default_texts, load_labelled
from evals.metrics import RunScore, measure
from evals.outputs import print_document, write_outputs
from evals.peers.mapping import as_run, words_at
from evals.peers.ours import with_tokens
from evals.peers.recording import RECORDINGS, PeerRecording, load
from evals.replay import committed_runs
from evals.runs import Recorded, score_run
from extract.verify import TextIndex
from schemas import Article, Usage

_MADE_UP = "values_not_in_text"
_FIGURES = {
    "found: F1": "relaxed_f1",
    "precision": "relaxed_precision",
    "recall": "relaxed_recall",
    "right: F1": "strict_f1",
    "source": "primary_source",
    "support": "support",
    "values not in text": _MADE_UP,
}
_NOTE = (
    "found: F1 of facts whatever their fields; right: kind, actor, primary source and value too; source: of facts "
    "found; support: evidence that carries the fact, of all given; words verbatim: facts whose quoted words stand in "
    "the article; failed: articles without an answer, also where none was recorded. Requests, tokens and seconds are "
    "per article that was asked about; what committed recordings answer has no seconds."
)


def peers(args: Namespace) -> int:
    """Print the table. Exit code 5 where nothing is recorded."""
    labelled = load_labelled(args.gold, args.texts or default_texts(args.gold))
    recordings = [load(path) for path in sorted(RECORDINGS.glob("*.json"))]
    if not recordings:
        return 5
    found = document(recordings, labelled)
    write_outputs(found, args.output)
    print_document(found)
    return 0


def document(recordings: Sequence[PeerRecording], labelled: Sequence[Labelled]) -> Document:
    """The scores of the committed runs and of every recording, and how each recording was made."""
    articles = {one.article.info.sha256: one.article for one in labelled}
    rows = []
    for name in committed_runs():
        run, spent = with_tokens(name, labelled)
        rows.append(_row(run, score_run(run, labelled), spent))
    for recording in recordings:
        run = as_run(recording, articles)
        rows.append(_row(run, score_run(run, labelled), run.usage, _verbatim(recording, articles)))
    columns = ["run", *_FIGURES, "words verbatim", "facts", "failed", "requests", "tokens out", "seconds"]
    table = Table("The same articles, the same ruler", columns, rows, _NOTE)
    data = {"rows": [dict(zip(columns, row, strict=True)) for row in rows]}
    return Document("Peers", [table, _origins(recordings)], data=data)


def _row(run: Recorded, score: RunScore, spent: Usage, verbatim: float | None = None) -> list[Cell]:
    figures, count = measure(score.articles), max(1, len(run.records) + len(run.failures))
    return [
        run.name,
        *(figures[name] for name in _FIGURES.values() if name != _MADE_UP),
        round(figures[_MADE_UP] or 0),
        figures["verbatim"] if verbatim is None else verbatim,
        sum(len(record.facts) for record in run.records),
        len(score.failed),
        f"{spent.requests / count:.1f}",
        round(spent.completion_tokens / count),
        None
        if run.seconds is None
        else f"{run.seconds / count:.2g}"
        if run.seconds < count
        else round(run.seconds / count),
    ]


def _verbatim(recording: PeerRecording, articles: dict[str, Article]) -> float | None:
    """The share of facts whose claimed words stand in the article."""
    stands = [
        words_at(index, located) is not None
        for done in recording.articles
        if done.sha256 in articles
        for index in [TextIndex(articles[done.sha256].text)]
        for located in done.facts
    ]
    return sum(stands) / len(stands) if stands else None


def _origins(recordings: Sequence[PeerRecording]) -> Table:
    rows: list[list[Cell]] = [
        [
            one.peer,
            ", ".join(f"{name} {number}" for name, number in one.versions.items()),
            f"{one.model}, {one.engine}",
            one.recorded.isoformat(),
            ", ".join(f"{name}={value}" for name, value in one.parameters.items()),
        ]
        for one in recordings
    ]
    return Table("How they were recorded", ["peer", "versions", "model", "recorded", "parameters"], rows)
