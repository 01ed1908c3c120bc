"""`readouts reconcile DIR`: DIR/records.jsonl in, DIR/events.json out, the matrix and the worst divergences shown."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconcile.judging import Judged
    from schemas import Events, Record

ASKING = ("model", "base_url", "profile", "config", "offline")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder, the forms of output and the judge."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="holds records.jsonl; gets events.json")
    parser.add_argument("--json", action="store_true", help="print the events as JSON instead of a table")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write claims by accounts for a spreadsheet")
    parser.add_argument("--judge", action="store_true", help="ask a model about borderline pairs of claims")
    parser.add_argument("-m", "--model", help="the judge")
    parser.add_argument("--base-url", metavar="URL", help="its OpenAI-compatible endpoint")
    parser.add_argument("--profile", metavar="NAME", help="settings from [profiles.NAME] in readouts.toml")
    parser.add_argument("--config", metavar="FILE", help="a file to read in place of ./readouts.toml")
    parser.add_argument("--offline", action="store_const", const=True, help="judge from the cache, open no socket")


def run(args: argparse.Namespace) -> int:
    """Write the events and show them. Returns 0.

    Raises:
        InputError: there are no records, or they cannot be read.
        OutputError: the events or the CSV cannot be written.
        ConfigError: a judge is asked for and none is configured.

    """
    from reconcile.files import EVENTS, RECORDS, events_bytes, read_records, write_whole  # noqa: PLC0415 - see cli
    from reconcile.reconciling import reconcile  # noqa: PLC0415

    records = read_records(args.folder / RECORDS)
    events = reconcile(records, _judged(records, args) if args.judge else None)
    content = events_bytes(events)
    write_whole(args.folder / EVENTS, content)
    if args.csv:
        write_whole(args.csv, _sheet(events, records))
    if args.json:
        sys.stdout.write(content.decode())
    else:
        _show(events)
    return 0


def _judged(records: "list[Record]", args: argparse.Namespace) -> "Judged":
    from extract.settings import load_settings  # noqa: PLC0415
    from reconcile.judge import judge  # noqa: PLC0415 - brings openai and instructor
    from reconcile.reconciling import borderline_pairs  # noqa: PLC0415

    settings = load_settings({name: getattr(args, name) for name in ASKING})
    return judge(borderline_pairs(records), settings)


def _sheet(events: "Events", records: "list[Record]") -> bytes:
    """The CSV with a byte order mark, which spreadsheets need to take it for UTF-8."""
    from reconcile.sheet import sheet  # noqa: PLC0415
    from schemas import FactRef  # noqa: PLC0415

    words = {
        FactRef(article=record.article.id, fact=fact.id): " … ".join(span.exact for span in fact.evidence)
        for record in records
        for fact in record.facts
    }
    return sheet(events, words).encode("utf-8-sig")


def _show(events: "Events") -> None:
    from rich.console import Console  # noqa: PLC0415

    from reconcile.table import show  # noqa: PLC0415

    console = Console()
    with console.capture() as shown:  # rich would end the run where the reader has seen enough, as with `| head`
        show(events, console)
    sys.stdout.write(shown.get())
