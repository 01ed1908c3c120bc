"""A document in; JSON, Markdown, JUnit XML or HTML out, chosen by the file's extension. All text is escaped."""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from evals.document import Cell, Document, Table, shown
from extract.errors import ConfigError

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    ":root{color-scheme:light dark;color:#1a1a1a;background:#fff}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;margin:0 0 1rem}caption{text-align:left;font-weight:600}"
    "th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "td.figure{text-align:right;font-variant-numeric:tabular-nums}"
    "@media(prefers-color-scheme:dark){:root{color:#eee;background:#1a1a1a}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_json(document: Document) -> str:
    """The document's data, with its title."""
    return json.dumps({"title": document.title, **document.data}, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Cell) -> str:
    return _MARKDOWN.sub(r"\\\1", shown(value))


def _markdown_table(table: Table) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    head = [_plain(column) for column in table.columns]
    figures = [
        bool(table.rows) and all(isinstance(row[i], float | int | None) for row in table.rows) for i in range(len(head))
    ]
    rule = [("---:" if figure else "---") for figure in figures]
    rows = [line([_plain(value) for value in row]) for row in table.rows]
    note = f"\n{_plain(table.note)}\n" if table.note else ""
    return "\n".join([f"### {_plain(table.title)}", note, line(head), line(rule), *rows, ""])


def as_markdown(document: Document) -> str:
    """GitHub-flavoured Markdown; fits a CI step summary."""
    return "\n".join([f"## {_plain(document.title)}", "", *map(_markdown_table, document.tables)])


def as_junit(document: Document) -> str:
    """JUnit XML: a test suite for each group of cases, a failure for each case that failed."""
    groups = Counter(case.group for case in document.cases)
    root = ET.Element("testsuites", name=shown(document.title))
    for group, tests in groups.items():
        failures = sum(case.group == group and case.failure is not None for case in document.cases)
        suite = ET.SubElement(root, "testsuite", name=shown(group), tests=str(tests), failures=str(failures))
        for case in document.cases:
            if case.group != group:
                continue
            test = ET.SubElement(suite, "testcase", classname=shown(group), name=shown(case.name))
            if case.failure is not None:
                ET.SubElement(test, "failure", message=shown(case.failure)).text = "\n".join(
                    map(shown, case.details or [case.failure])
                )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(shown(column))}</th>' for column in table.columns)

    def cell(value: Cell) -> str:
        figure = "" if isinstance(value, str) else ' class="figure"'
        return f"<td{figure}>{escape(shown(value))}</td>"

    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in table.rows)
    title = escape(shown(table.title))
    note = f"<p>{escape(shown(table.note))}</p>" if table.note else ""
    return (
        f'<h2>{title}</h2>{note}<div class="wide" tabindex="0" role="region" aria-label="{title}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def as_html(document: Document) -> str:
    """One self-contained page without scripts; its policy lets nothing be loaded."""
    title = escape(shown(document.title))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
        f"{''.join(map(_html_table, document.tables))}</main></body></html>\n"
    )


FORMATS: dict[str, Callable[[Document], str]] = {
    ".json": as_json,
    ".md": as_markdown,
    ".xml": as_junit,
    ".html": as_html,
}


def check_output(path: Path) -> Path:
    """`path`, if its extension names a format. Raises ConfigError, so that a wrong one costs no work."""
    if path.suffix.lower() not in FORMATS:
        raise ConfigError(f"{path}: no output format {path.suffix or '(none)'}", f"Use one of {', '.join(FORMATS)}")
    return path


def write_outputs(document: Document, paths: list[Path]) -> None:
    """Write the document to each path in the format that its extension names."""
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FORMATS[path.suffix.lower()](document), encoding="utf-8")


def print_document(document: Document) -> None:
    """Tables on a terminal, Markdown anywhere else."""
    if not sys.stdout.isatty():
        print(as_markdown(document))
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    for table in document.tables:
        drawn = RichTable(title=Text(shown(table.title)), caption=Text(shown(table.note)) if table.note else None)
        for i, column in enumerate(table.columns):
            figures = all(not isinstance(row[i], str) for row in table.rows)
            drawn.add_column(Text(shown(column)), justify="right" if figures else "left", overflow="fold")
        for row in table.rows:
            drawn.add_row(*(Text(shown(cell)) for cell in row))
        console.print(drawn)
