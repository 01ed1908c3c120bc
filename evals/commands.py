"""Parsed arguments in, an exit code out: one function a command of `python -m evals`."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from evals.agreement import agree as compare_passes
from evals.document import Case, Document, Table
from evals.flips import Flip, flips, states
from evals.gate import (
    BASELINES,
    Baseline,
    baseline,
    check_ruler,
    gate,
    load_baseline,
    load_thresholds,
    newly_failed,
)
from evals.gold_checks import check_article, check_event
from evals.gold_files import Labelled, default_texts, gold_digest, load_event, load_gold, load_labelled, read_texts
from evals.intervals import scope
from evals.label_studio import from_tasks, labelling_config, to_tasks
from evals.metrics import RunScore
from evals.outputs import print_document, write_outputs
from evals.replay import committed_runs, replay
from evals.runs import Recorded, read_records, score_run, texts_beside
from evals.views import agreement_document, compare_document, gate_document, score_document
from extract.errors import ConfigError, InputError

PASS, FAILED, USAGE, INCOMPLETE, NOTHING = 0, 1, 2, 3, 5


def _deliver(document: Document, args: Namespace) -> None:
    write_outputs(document, args.output)
    try:
        print_document(document)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as with `| head`; the exit code still says what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _labelled(args: Namespace, records: Sequence[str] = ()) -> list[Labelled]:
    beside = [text for name in records for text in texts_beside(Path(name))]
    return load_labelled(args.gold, [*(args.texts or default_texts(args.gold)), *beside])


def _scope(args: Namespace, labelled: Sequence[Labelled]) -> str:
    event = load_event(args.gold)
    return scope(len(labelled), one_event=event is not None and len(event.articles) == len(labelled))


def _passes(name: str, labelled: Sequence[Labelled]) -> list[Recorded]:
    """The repeats of a run: records at a path, or a committed run by its name."""
    return read_records(Path(name)) if Path(name).exists() else [replay(name, labelled)]


def _scored(name: str, labelled: Sequence[Labelled]) -> list[RunScore]:
    return [score_run(recorded, labelled) for recorded in _passes(name, labelled)]


def _nothing(runs: Sequence[Sequence[RunScore]]) -> bool:
    """Whether no labelled article has a record in any run."""
    return all(article.failed for run in runs for score in run for article in score.articles)


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def score(args: Namespace) -> int:
    """Score records, or all committed runs; with --event, what reconciling makes of them."""
    if args.event:
        return events(args)
    labelled = _labelled(args, args.records)
    runs = [_scored(name, labelled) for name in args.records or committed_runs()]
    if _nothing(runs):
        _tell("Nothing was evaluated: no record is about a labelled article.")
        return NOTHING
    document = score_document(runs, _scope(args, labelled), by_kind=args.by_kind, left_out=args.leave_one_out)
    _deliver(document, args)
    return INCOMPLETE if any(score.failed for run in runs for score in run) else PASS


def events(args: Namespace) -> int:
    """Score what reconciling makes of records, or of all committed runs, by the labels across articles."""
    from evals.event_table import event_table  # noqa: PLC0415 - the one command that reconciles

    labelled = _labelled(args, args.records)
    event = load_event(args.gold)
    runs = {name: _passes(name, labelled)[0] for name in args.records or committed_runs()}
    if event is None or _nothing([[score_run(recorded, labelled)] for recorded in runs.values()]):
        _tell("Nothing was evaluated: no labels across articles, or no record of a labelled article.")
        return NOTHING
    _deliver(event_table({name: recorded.records for name, recorded in runs.items()}, event, labelled), args)
    return INCOMPLETE if any(len(recorded.records) < len(labelled) for recorded in runs.values()) else PASS


def _side(name: str, labelled: Sequence[Labelled]) -> RunScore:
    return _scored(name, labelled)[0]


def compare(args: Namespace) -> int:
    """Compare two runs fact by fact; the first repeat of each."""
    labelled = _labelled(args, [args.a, args.b])
    a, b = _side(args.a, labelled), _side(args.b, labelled)
    if _nothing([[a], [b]]):
        _tell("Nothing was evaluated: no record is about a labelled article.")
        return NOTHING
    _deliver(compare_document(a, b, flips(states(a), b)), args)
    return INCOMPLETE if a.failed or b.failed else PASS


def _gated(args: Namespace, labelled: Sequence[Labelled]) -> list[tuple[list[RunScore], Baseline | None]]:
    """Each run to judge, with its baseline."""
    files = args.baseline or ([] if args.records else sorted(BASELINES.glob("*.json")))
    known = [load_baseline(path) for path in files]
    if not args.records:
        return [(_scored(one.run, labelled), one) for one in known]
    if len(known) > 1:
        raise ConfigError("one set of records has one baseline", "Give --baseline once, or leave the records out.")
    return [(_scored(args.records, labelled), known[0] if known else None)]


def check_gate(args: Namespace) -> int:
    """Judge runs against thresholds and baselines, or write new baselines."""
    labelled = _labelled(args, [args.records] if args.records else [])
    digest = gold_digest(one.gold for one in labelled)
    if args.update:
        return _update(args, labelled, digest)
    thresholds = load_thresholds(args.config)
    runs = _gated(args, labelled)
    for _, known in runs:
        if known:
            check_ruler(known, digest)
    if _nothing([run for run, _ in runs]):
        _tell("Nothing was evaluated: no baseline, or no record of a labelled article.")
        return NOTHING
    cases: list[Case] = []
    flipped: dict[str, list[Flip]] = {}
    missing: list[str] = []
    for run, known in runs:
        judged, flipped[run[0].name] = gate(run, known, thresholds)
        cases += judged
        missing += [f"{run[0].name}: {article} failed: {cause}" for article, cause in newly_failed(run, known).items()]
    _deliver(gate_document(cases, flipped, missing), args)
    for line in missing:
        _tell(f"Incomplete: {line}")
    if missing:
        return INCOMPLETE
    return FAILED if any(case.failure is not None for case in cases) else PASS


def _update(args: Namespace, labelled: Sequence[Labelled], digest: str) -> int:
    if args.records and len(args.baseline) != 1:
        raise ConfigError("a new baseline needs a file", "Name it: --baseline FILE --update")
    names = [args.records] if args.records else committed_runs()
    runs = [_scored(name, labelled) for name in names]
    if _nothing(runs):
        _tell("Nothing was evaluated, and no baseline was written.")
        return NOTHING
    for run in runs:
        path = args.baseline[0] if args.records else BASELINES / f"{run[0].name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(baseline(run, digest).model_dump_json(indent=1) + "\n", encoding="utf-8")
        _tell(f"{path} written")
    return PASS


def agree(args: Namespace) -> int:
    """Print how far two passes agree."""
    a, b = load_gold(args.gold / "pass_a"), load_gold(args.gold / "pass_b")
    if not a.keys() & b.keys():
        _tell("Nothing was evaluated: no article is labelled in both passes.")
        return NOTHING
    texts = read_texts(args.texts or default_texts(args.gold))
    missing = [name for name in sorted(a.keys() & b.keys()) if a[name].article.sha256 not in texts]
    if missing:
        raise InputError(f"no text of {', '.join(missing)}", "Say where the articles are: --texts DIR")
    _deliver(agreement_document(compare_passes(a, b, texts)), args)
    return PASS if a.keys() == b.keys() else INCOMPLETE


def validate_gold(args: Namespace) -> int:
    """Check the labels in a folder and the folders in it."""
    below = sorted(path for path in args.gold.glob("*") if path.is_dir())
    folders = [path for path in (args.gold, *below) if any(path.glob("*.gold.json"))]
    cases: list[Case] = []
    for folder in folders:
        for one in load_labelled(folder, args.texts or default_texts(folder)):
            problems = check_article(one.gold, one.article.text)
            cases.append(Case(str(folder), one.gold.article.id, "; ".join(problems) or None))
        event = load_event(folder)
        if event:
            cases.append(Case(str(folder), "event", "; ".join(check_event(event, load_gold(folder))) or None))
    if not cases:
        _tell(f"Nothing was evaluated: no labels in {args.gold}.")
        return NOTHING
    rows = [[case.group, case.name, case.failure or "sound"] for case in cases]
    problems = [case.failure for case in cases if case.failure]
    table = Table("Labels", ["folder", "article", "problems"], rows)
    _deliver(Document("Labels", [table], cases, {"sound": not problems, "problems": problems}), args)
    return FAILED if problems else PASS


def run(args: Namespace) -> int:
    """Extract the labelled articles with a model, so many times, each into a folder of its own."""
    from evals.repeats import record_repeats  # noqa: PLC0415 - the one command that asks a model
    from extract.extractor import Extractor  # noqa: PLC0415

    def extractor_with(cache: Path) -> Extractor:
        return Extractor(
            args.model,
            base_url=args.base_url,
            profile=args.profile,
            strategy=args.strategy,
            max_cost=args.max_cost,
            cache_dir=cache,
        )

    return PASS if record_repeats(args.output, _labelled(args), args.repeats, extractor_with) else INCOMPLETE


def grounding(args: Namespace) -> int:
    """Edit true facts and their words, and print what passes as verified, here and with peers."""
    from evals.grounding import command  # noqa: PLC0415 - the one command that needs it

    return command.grounding(args)


def peers(args: Namespace) -> int:
    """Score what peers made of the labelled articles when they were recorded."""
    from evals.peers import command  # noqa: PLC0415 - the one command that needs it

    return command.peers(args)


def label_studio(args: Namespace) -> int:
    """Convert between labels and Label Studio tasks."""
    if args.direction == "config":
        print(labelling_config(), end="")
    elif args.direction == "export":
        tasks = to_tasks((one.gold, one.article) for one in _labelled(args))
        print(json.dumps(tasks, ensure_ascii=False, indent=1))
    else:
        args.gold.mkdir(parents=True, exist_ok=True)
        for labels in from_tasks(_exported(args.tasks), args.annotator):
            path = args.gold / f"{_file_name(labels.article.id)}.gold.json"
            path.write_text(labels.model_dump_json(indent=1) + "\n", encoding="utf-8")
            _tell(f"{path} written")
    return PASS


def _exported(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: {error}", "Give a JSON export of Label Studio.") from None


def _file_name(article: str) -> str:
    """An article's id as a file name: it comes from outside, and may not leave the folder."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in article) or "_"
