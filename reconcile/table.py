"""Events in, what a terminal shows out: the matrix of claims by accounts and the worst divergences, with rich."""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from reconcile.matrix import Matrix, Row, State, matrix
from schemas import Divergence, Event, Events, Severity

CONTACTS = 5
ROWS = 25
WORST = 12
WIDEST = 12
_MARKS = {State.AGREE: ("=", "green"), State.DIFFERS: ("≠", "bold red"), State.SILENT: ("·", "dim")}
_STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "dim"}


def show(events: Events, console: Console) -> None:
    """Prints the contacts that are told of, those with most articles first, and says what was left out."""
    contacts = [event for event in events.events if not event.background and len(event.clusters) > 1]
    for event in contacts[:CONTACTS]:
        console.print(_event(event))
    if left_out := len(events.events) - len(contacts[:CONTACTS]):
        console.print(plain(f"Not shown: {_counted(left_out, 'event')}, background and single claims among them."))
    if events.judge:
        console.print(plain(f"Borderline pairs were judged by {events.judge}."))


def plain(text: str) -> Text:
    """Text of an article or a model as text: no markup, no control character reaches the terminal."""
    return Text("".join(char if char.isprintable() else " " for char in text))


def _event(event: Event) -> RenderableType:
    table = matrix(event)
    head = f"{event.title}: {_counted(len(event.articles), 'article')}, {_counted(len(event.clusters), 'claim')}"
    parts: list[RenderableType] = [Text(""), Text.assemble((plain(head).plain, "bold"))]
    shown = [row for row in table.rows if _tells_accounts_apart(row)][:ROWS]
    if shown:
        parts += [_matrix(table, shown), _legend(table, len(table.rows) - len(shown))]
    if event.divergences:
        parts.append(_divergences(event.divergences))
    return Group(*parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _tells_accounts_apart(row: Row) -> bool:
    return sum(cell.state != State.SILENT for cell in row.cells) > 1


def _matrix(table: Matrix, shown: list[Row]) -> Table:
    """One column a side, in it one mark for each article that relays that side."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("claim", ratio=1, overflow="fold")
    grid.add_column("kind")
    for side in _sides(table):
        grid.add_column(side)
    grid.add_column("witnesses", justify="right")
    for row in shown:
        what = row.cluster.object or row.cluster.label
        marks = (_marks(table, row, side) for side in _sides(table))
        grid.add_row(plain(what), row.cluster.kind, *marks, str(len(row.cluster.witnesses)))
    return grid


def _sides(table: Matrix) -> list[str]:
    return list(dict.fromkeys(account.side for account in table.accounts))


def _marks(table: Matrix, row: Row, side: str) -> Text:
    """A mark an article, or how many agree and differ where the articles are too many for that."""
    states = [cell.state for account, cell in zip(table.accounts, row.cells, strict=True) if account.side == side]
    if len(states) <= WIDEST:
        return Text.assemble(*(_MARKS[state] for state in states))
    counts = ((f"{states.count(state)}{_MARKS[state][0]} ", _MARKS[state][1]) for state in _MARKS)
    return Text.assemble(*counts)


def _legend(table: Matrix, left_out: int) -> Text:
    articles = {side: [a.article for a in table.accounts if a.side == side] for side in _sides(table)}
    sides = (f"{side}: {', '.join(names[:WIDEST])}{' …' * (len(names) > WIDEST)}" for side, names in articles.items())
    rest = f" Not shown: {_counted(left_out, 'claim')} of one account or further down." if left_out else ""
    return plain(f"= agrees  ≠ differs  · silent, one mark an article. {'; '.join(sides)}.{rest}")


def _divergences(found: tuple[Divergence, ...]) -> Table:
    counts = ", ".join(f"{sum(d.severity == s for d in found)} {s}" for s in Severity)
    grid = Table(box=None, pad_edge=False, header_style="bold", title=f"Divergences: {counts}", title_justify="left")
    for name in ("severity", "type", "articles"):
        grid.add_column(name)
    grid.add_column("what", ratio=1, overflow="fold")
    for item in found[:WORST]:
        where = ", ".join(sorted({ref.article for ref in item.facts}))
        grid.add_row(Text(item.severity, _STYLES[item.severity]), item.type, plain(where), plain(item.detail))
    return grid
