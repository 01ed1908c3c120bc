"""`readouts report DIR`: an output folder in, its report.html out."""

import argparse
import sys
from pathlib import Path

from extract.errors import ReadoutsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder that extract and reconcile wrote."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="holds records.jsonl and events.json")


def run(args: argparse.Namespace) -> int:
    """Write the page and print its path. Exit code: 0 done, 1 nothing could be done."""
    try:
        print(write_page(args.folder))  # noqa: T201  the path is the command's result
    except ReadoutsError as error:
        print(f"readouts report: {error}", error.advice, sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def write_page(folder: Path) -> Path:
    """Write `folder`/report.html, whole or not at all, and return its path. Raises InputError or OutputError."""
    from reconcile.files import write_whole  # noqa: PLC0415
    from report.inputs import read_folder  # noqa: PLC0415  jinja2 and pydantic wait until they are needed
    from report.page import render  # noqa: PLC0415

    inputs = read_folder(folder)
    page = render(inputs.records, inputs.events, inputs.texts, inputs.run)
    path = folder / "report.html"
    write_whole(path, page.encode())
    return path
