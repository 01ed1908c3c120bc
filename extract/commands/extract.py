"""`readouts extract INPUT...`: articles in; records to stdout or into a directory, failures named on stderr."""

import argparse
import gc
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from extract.commands.flags import SHARED, add_shared, fallback, given

if TYPE_CHECKING:
    from extract.commands.progress import Progress
    from extract.extractor import Extractor
    from extract.run import Tally
    from schemas import Article, Failure, Record

OPTIONS = (*SHARED, "strategy", "offline", "concurrency", "workers", "max_cost")
OK, NOTHING, SOME, INTERRUPTED = 0, 1, 3, 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the inputs, where results go, and the settings that a flag can give."""
    parser.add_argument("inputs", metavar="INPUT", nargs="+", help=".txt, .md or .jsonl file, a folder of them, or -")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="keep results in DIR; goes on where it stopped"
    )
    add_shared(parser)
    parser.add_argument("--strategy", metavar="auto|whole|windows|rules", help="how an article is put to the model")
    parser.add_argument("--offline", action="store_const", const=True, help="answer from the cache, open no socket")
    parser.add_argument("--concurrency", metavar="N", help="articles at a time")
    parser.add_argument("--workers", metavar="N", help="processes, where nobody is asked (default: one a core)")
    parser.add_argument("--anchor", metavar="DATE", type=_day, help="day of articles that bring none, as 2025-01-31")
    parser.add_argument("--limit", metavar="N", type=_count, help="only the first N articles")
    parser.add_argument("--dry-run", action="store_true", help="only say what it would ask, and what that would cost")
    parser.add_argument("--max-cost", metavar="USD", help="stop asking before it costs more")


def run(args: argparse.Namespace) -> int:
    """Extract, and say how it went. Exit code: 0 all done, 1 nothing, 3 some failed, 130 stopped."""
    from extract.articles import read_articles  # noqa: PLC0415 - see cli
    from extract.commands.estimate import estimate  # noqa: PLC0415
    from extract.extractor import Extractor  # noqa: PLC0415
    from extract.settings import load_settings  # noqa: PLC0415

    extractor = Extractor(settings=load_settings(given(args, OPTIONS), fallback=fallback()))
    articles = islice(read_articles(args.inputs, args.anchor), args.limit)
    if args.dry_run:
        return estimate(extractor.settings, articles)
    return _extract(extractor, articles, args)


def _extract(extractor: "Extractor", articles: "Iterator[Article | Failure]", args: argparse.Namespace) -> int:
    from extract.asking.meter import metered  # noqa: PLC0415 - see cli
    from extract.commands.progress import progress, words  # noqa: PLC0415
    from extract.making import cost  # noqa: PLC0415

    if args.output:
        _keep_apart(args.output, args.inputs)
        results = extractor.extract_into(args.output, articles, args.inputs)
    else:
        results = extractor.extract_articles(articles)
    to_stdout = not args.output or "-" in args.inputs
    gc.freeze()  # what imports made is never garbage: looking through it would cost time again and again

    def live(tally: "Tally") -> "Tally":
        return tally.spent(meter.usage, cost(extractor.settings, meter.usage))

    with _ended_as_by_ctrl_c(), metered() as meter, closing(results), progress(_total(args), live) as shown:
        try:
            for result in results:
                _tell(result, shown, to_stdout=to_stdout)
        except KeyboardInterrupt:
            shown.note(_stopped(args, shown.tally))
            return INTERRUPTED
        if args.output:
            shown.note(f"{words(live(shown.tally))} · in {args.output}")
    tally = shown.tally
    return OK if not tally.failed else SOME if tally.extracted + tally.kept else NOTHING


@contextmanager
def _ended_as_by_ctrl_c() -> Iterator[None]:
    """`kill` ends a run as Ctrl-C does: it says how to go on, and `run.json` says that it was interrupted."""
    if threading.current_thread() is not threading.main_thread():  # only there can signals be caught
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(result: "Record | Failure | None", shown: "Progress", *, to_stdout: bool) -> None:
    from extract.output import json_line  # noqa: PLC0415
    from schemas import Failure, Record  # noqa: PLC0415

    shown.show(shown.tally.plus(result))
    if isinstance(result, Failure):
        where = "" if result.origin in (result.article, "") else f" ({result.origin})"
        shown.note(f"failed: {result.article}{where}: {result.cause}")
        shown.note(f"  {result.advice}")
    elif isinstance(result, Record) and to_stdout:
        sys.stdout.write(json_line(result) + "\n")
        sys.stdout.flush()


def _keep_apart(output: Path, inputs: list[str]) -> None:
    """Refuse to write into a folder that is read: the next run would take records for articles."""
    from extract.errors import ConfigError  # noqa: PLC0415

    if any(Path(name).is_dir() and Path(name).resolve() == output.resolve() for name in inputs):
        raise ConfigError(f"{output} is both input and output", "Give another directory with -o.")


def _total(args: argparse.Namespace) -> int | None:
    """How many articles there will be, where that is known without reading them."""
    from extract.articles import count_articles  # noqa: PLC0415

    count = count_articles(args.inputs)
    return count if count is None or args.limit is None else min(count, args.limit)


def _stopped(args: argparse.Namespace, tally: "Tally") -> str:
    through = tally.extracted + tally.kept
    if not args.output:
        return f"stopped after {through} articles; with -o DIR, the same command would go on from there"
    return f"stopped: {through} articles are in {args.output}; run the same command to go on"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day in the form 2025-01-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
