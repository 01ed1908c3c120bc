"""`readouts reconcile DIR`: DIR/records.jsonl in, DIR/events.json out, the matrix and the worst divergences shown."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ReadoutsError

if TYPE_CHECKING:
    from schemas import Events, Record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder, the forms of output and the judge."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="holds records.jsonl; gets events.json")
    parser.add_argument("--json", action="store_true", help="print the events as JSON instead of a table")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write claims by accounts for a spreadsheet")


def run(args: argparse.Namespace) -> int:
    """Write the events and show them. Exit code: 0 done, 1 nothing could be done."""
    try:
        _run(args)
    except ReadoutsError as error:
        print(f"readouts reconcile: {error}", error.advice, sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _run(args: argparse.Namespace) -> None:
    from reconcile.files import EVENTS, RECORDS, events_bytes, read_records, write_whole  # noqa: PLC0415 - see cli
    from reconcile.reconciling import reconcile  # noqa: PLC0415

    records = read_records(args.folder / RECORDS)
    events = reconcile(records)
    content = events_bytes(events)
    write_whole(args.folder / EVENTS, content)
    if args.csv:
        write_whole(args.csv, _sheet(events, records))
    if args.json:
        sys.stdout.write(content.decode())
    else:
        _show(events)


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

    show(events, Console())
