"""Events and the words of their facts in, a CSV for spreadsheets out: a row a claim and account, no cell a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping

from reconcile.matrix import State, matrix
from schemas import Event, Events, FactRef

COLUMNS = ("event", "claim", "kind", "what", "witnesses", "side", "article", "state", "words", "divergences")
_FORMULA = frozenset("=+-@\t\r\n|%")


def sheet(events: Events, words: Mapping[FactRef, str]) -> str:
    """The CSV. `words` holds the evidence of each fact; accounts that are silent on a claim have a row too."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for event in events.events:
        writer.writerows([inert(cell) for cell in row] for row in _rows(event, words))
    return out.getvalue()


def _rows(event: Event, words: Mapping[FactRef, str]) -> Iterator[tuple[str, ...]]:
    table = matrix(event)
    for row in table.rows:
        for account, cell in zip(table.accounts, row.cells, strict=True):
            said = " / ".join(words.get(ref, "") for ref in cell.facts)
            parted = [d.id for d in event.divergences if cell.state == State.DIFFERS and set(d.facts) & set(cell.facts)]
            yield (
                event.title,
                row.cluster.id,
                row.cluster.kind,
                row.cluster.object or row.cluster.label,
                str(len(row.cluster.witnesses)),
                account.side,
                account.article,
                cell.state,
                said,
                " ".join(parted),
            )


def inert(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet could take it for a formula (OWASP, CSV injection)."""
    plain = unicodedata.normalize("NFKC", cell).lstrip(" \u200b\ufeff")
    return f"'{cell}" if plain[:1] in _FORMULA and plain else cell
