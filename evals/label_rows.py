"""One part of a fact in, a row of cells between bars out, and back: what a text box of a labelling tool can hold."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from schemas import Actor, Quote, SourceLink, Span, Value

_CUE = re.compile(r"(?P<exact>.+?)(?:@(?P<start>\d+))?", re.DOTALL)


def _row(*cells: str | None) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter="|").writerow([cell or "" for cell in cells])
    return line.getvalue().removesuffix("\r\n")


def _cells(row: str, count: int) -> list[str]:
    cells = next(csv.reader(io.StringIO(row, newline=""), delimiter="|"), [])
    return cells + [""] * (count - len(cells))


def actor_row(actor: Actor) -> str:
    """Name, as written, country, Wikidata id."""
    return _row(actor.name, actor.as_written, actor.country, actor.wikidata)


def link_row(link: SourceLink) -> str:
    """Name, type, role, on behalf of, channel, anonymity, cue@start."""
    cue = f"{link.cue.exact}@{link.cue.start}" if link.cue else None
    return _row(link.name, link.type, link.role, link.on_behalf_of, link.channel, link.anonymity, cue)


def value_row(value: Value) -> str:
    """Type, iso, comparator, as written."""
    return _row(value.type, value.iso, value.comparator, value.as_written)


def quote_row(quote: Quote) -> str:
    """Mode, text, speaker."""
    return _row(quote.mode, quote.text, quote.speaker)


def region_at(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """Where a region stands, in code points. Raises ValueError if its words are not there."""
    start, end = int(value["start"]), int(value["end"])
    given = str(value.get("text", text[start:end]))
    units = text.encode("utf-16-le")
    for words in (given, given.replace("\\n", "\n")):  # a line end inside a region comes as two characters
        if words and text[start:end] == words:
            return start, end
        if words and units[2 * start : 2 * end] == words.encode("utf-16-le"):
            start = len(units[: 2 * start].decode("utf-16-le"))
            return start, start + len(words)
    raise ValueError(f"the words “{given}” do not stand at [{start}, {end})")


def _cue(cell: str, text: str, near: int) -> Span | None:
    """The cue at its offset, or where the offset is not given, where its words stand nearest to the evidence."""
    if not cell:
        return None
    found = _CUE.fullmatch(cell)
    assert found
    exact = found["exact"]
    if found["start"]:
        return Span(start=int(found["start"]), end=int(found["start"]) + len(exact), exact=exact)
    places = [match.start() for match in re.finditer(re.escape(exact), text)]
    if not places:
        raise ValueError(f"the cue “{exact}” is not in the text")
    start = min(places, key=lambda place: abs(place - near))
    return Span.of(text, start, start + len(exact))


def actor(row: str) -> Actor:
    """The actor of a row; cells at the end may be left out."""
    name, as_written, country, wikidata = _cells(row, 4)[:4]
    return Actor(name=name, as_written=as_written, country=country or None, wikidata=wikidata or None)


def link(row: str, text: str, near: int) -> SourceLink:
    """The link of a row. A cue without offset is the occurrence in `text` nearest to `near`."""
    name, type_, role, behalf, channel, anonymity, cue = _cells(row, 7)[:7]
    given = {
        "name": name,
        "type": type_,
        "role": role,
        "on_behalf_of": behalf,
        "channel": channel,
        "anonymity": anonymity,
    }
    return SourceLink.model_validate(
        {**{key: cell for key, cell in given.items() if cell}, "cue": _cue(cue, text, near)}
    )


def value(row: str) -> Value:
    """The value of a row; no comparator is "exactly"."""
    type_, iso, comparator, as_written = _cells(row, 4)[:4]
    return Value.model_validate(
        {"type": type_, "iso": iso or None, "comparator": comparator or "exactly", "as_written": as_written}
    )


def quote(row: str) -> Quote:
    """The quote of a row."""
    mode, words, speaker = _cells(row, 3)[:3]
    return Quote.model_validate({"mode": mode, "text": words, "speaker": speaker or None})
