"""Text in; the words that stand between quotation marks out, also where the marks are broken.

News text opens quotations it never closes, closes them behind a space, and lets them run over paragraphs. The rules: a
closing mark with nothing open and a letter behind it opens; a quotation still open at the end of a paragraph runs on
into the next one if that one closes it before it opens another, or opens with a mark of its own; else it ends there.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
# A double mark anywhere; a single one only where it is no apostrophe: before a word, or behind one.
_MARK = re.compile(
    r"[“”„«»\"‘’'](?:(?<=[“”„«»\"])|(?<=[\s(\[“—–].)(?<!’)(?=\S)|(?<=^.)(?<!’)(?=\S)|(?<=\S.)(?<!‘)(?![^\W_]))",
    re.MULTILINE,
)
_OPENING, _CLOSING, _SINGLE, _STRAIGHT = "“„«‘", "”»’", "‘’'", "\"'"


class Quotation(NamedTuple):
    """The code points [start, end) between two marks, the marks left out."""

    start: int
    end: int


class _Open(NamedTuple):
    """A quotation whose end is yet to come; `earlier` if it began in an earlier paragraph."""

    start: int
    single: bool
    earlier: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation of `text` in order; none is empty and none overlaps another."""
    found: list[Quotation] = []
    current: _Open | None = None
    for paragraph in _PARAGRAPH.finditer(text):
        for mark in _MARK.finditer(text, paragraph.start(), paragraph.end()):
            current = _after(mark, current, found)
        if current and current.earlier:
            _add(found, text, current.start, paragraph.start())
            current = None
        current = current._replace(earlier=True) if current and not current.single else None
    if current:
        _add(found, text, current.start, len(text))
    return found


def _after(mark: re.Match[str], current: _Open | None, found: list[Quotation]) -> _Open | None:
    """What is open behind `mark`; a quotation that it ends is added to `found`."""
    text = mark.string
    if _is_inner(mark, current):
        return current
    if current and current.earlier and mark[0] in _CLOSING:
        found.append(Quotation(current.start, mark.start()))
        return None
    if current:
        _add(found, text, current.start, mark.start())
    opens = _opens(mark, is_open=current is not None and not current.earlier)
    return _Open(mark.end(), single=mark[0] in _SINGLE) if opens else None


def _is_inner(mark: re.Match[str], current: _Open | None) -> bool:
    """Whether a mark is an apostrophe, or one of the other sort than the quotation that is open."""
    if mark[0] not in _SINGLE:
        return current is not None and current.single
    if current and not current.single:
        return True
    before = mark.string[mark.start() - 1 : mark.start()]
    starts = mark[0] == "‘" or (mark[0] == "'" and before in ("", " ", "(", "\n"))
    return starts is (current is not None)


def _opens(mark: re.Match[str], *, is_open: bool) -> bool:
    if mark[0] in _STRAIGHT:
        return not is_open
    return mark[0] in _OPENING or (not is_open and mark.string[mark.end() : mark.end() + 1].isalpha())


def _add(found: list[Quotation], text: str, start: int, end: int) -> None:
    """Keep [start, end) less white space at its end, unless nothing is left."""
    if size := len(text[start:end].rstrip()):
        found.append(Quotation(start, start + size))


def mask(text: str, quotations: Sequence[Quotation]) -> str:
    """`text` with U+00B7 for every quoted code point: offsets stay, and no rule sees the quoted words."""
    pieces, at = [], 0
    for quotation in quotations:
        pieces += [text[at : quotation.start], "·" * (quotation.end - quotation.start)]
        at = quotation.end
    return "".join([*pieces, text[at:]])
