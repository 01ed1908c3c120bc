"""Results in, their sums on stderr: a bar that moves on a terminal; elsewhere only the notes."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extract.articles import printable
from extract.run import Tally


class Progress:
    """How far it has come. `write` puts out a line that stays, `moved` is told how many articles are through."""

    def __init__(self, write: Callable[[str], None], moved: Callable[[int], None]) -> None:
        self.tally = Tally()
        self._write = write
        self._moved = moved

    def show(self, tally: Tally) -> None:
        """So far."""
        self.tally = tally
        self._moved(tally.extracted + tally.kept + tally.failed)

    def note(self, text: str) -> None:
        """A line that stays, without anything that a terminal would obey."""
        self._write(printable(text))


@contextmanager
def progress(total: int | None, live: Callable[[Tally], Tally]) -> Iterator[Progress]:
    """Show how far `Progress.tally` has come of `total` articles; `live` adds what unfinished ones have used.

    What readouts logs meanwhile becomes a note.
    """
    bar = _bar if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else _notes_only
    with bar(total, live) as shown, _logged(shown):
        yield shown


def words(tally: Tally) -> str:
    """The sums in words: `5 articles, 1 failed · 12,345 tokens · $0.0123 · 8 asked, 4 from the cache`."""
    articles, usage = tally.extracted + tally.kept, tally.usage
    parts = [f"{articles} article{'' if articles == 1 else 's'}"]
    if tally.kept:
        parts[0] += f" ({tally.kept} done before)"
    if tally.failed:
        parts[0] += f", {tally.failed} failed"
    if usage.requests or usage.cached:
        parts.append(f"{usage.prompt_tokens + usage.completion_tokens:,} tokens")
        parts.append("unpriced" if tally.cost_usd is None else f"${tally.cost_usd:.4f}")
        parts.append(f"{usage.requests} asked, {usage.cached} from the cache")
    return " · ".join(parts)


@contextmanager
def _notes_only(_total: int | None, _live: Callable[[Tally], Tally]) -> Iterator[Progress]:
    yield Progress(lambda text: print(text, file=sys.stderr, flush=True), lambda _: None)  # noqa: T201


@contextmanager
def _bar(total: int | None, live: Callable[[Tally], Tally]) -> Iterator[Progress]:
    from rich import progress as rich  # noqa: PLC0415 - only a terminal needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True)

    class Sums(rich.ProgressColumn):
        def render(self, task: rich.Task) -> Text:  # noqa: ARG002 - the sums are not the bar's
            return Text(words(live(shown.tally)))

    columns = (rich.SpinnerColumn(), rich.BarColumn(bar_width=24), Sums(), rich.TimeElapsedColumn())
    bar = rich.Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=total)
    shown = Progress(
        write=lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True),
        moved=lambda through: bar.update(task, completed=through),
    )
    with bar:
        yield shown


@contextmanager
def _logged(shown: Progress) -> Iterator[None]:
    class ToNotes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            shown.note(record.getMessage())

    handler, logger = ToNotes(logging.INFO), logging.getLogger("extract")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
