"""Text and its sentences in; the words that stand between quotation marks out, also where the marks are broken.

News text opens quotations it never closes, closes them behind a space, and lets them run over paragraphs. The rules: a
closing mark with nothing open and a letter behind it opens; a quotation still open at the end of a paragraph runs on into
the next one if that one closes it before it opens another, or opens with a mark of its own; else it ends there.
"""

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
_MARK = re.compile(r"[“”„«»\"]|(?:(?<=[\s(\[“—–])|^)[‘'](?=\S)|(?<=\S)[’'](?![^\W_])", re.MULTILINE)
_OPENING, _CLOSING, _SINGLE = "“„«‘", "”»’", "‘’'"


@dataclass(frozen=True, slots=True)
class Quotation:
    """The code points [start, end) between two marks, the marks left out."""

    start: int
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside."""
        return self.start <= start and end <= self.end


def _opens(text: str, mark: re.Match[str], *, is_open: bool) -> bool:
    if mark[0] in "\"'":
        return not is_open
    return mark[0] in _OPENING or (not is_open and text[mark.end() : mark.end() + 1].isalpha())


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation of `text` in order; none is empty and none overlaps another."""
    found: list[Quotation] = []
    carried: int | None = None  # where a quotation began that an earlier paragraph left open
    for paragraph in _PARAGRAPH.finditer(text):
        opened: int | None = None
        single = False  # whether the open mark is a single one, which only a single one closes
        for mark in _MARK.finditer(text, paragraph.start(), paragraph.end()):
            if mark[0] in _SINGLE:
                starts = mark[0] == "‘" or (
                    mark[0] == "'" and text[mark.start() - 1 : mark.start()] in ("", " ", "(", "\n")
                )
                if (opened is not None and not single) or carried is not None or starts is (opened is not None):
                    continue  # an apostrophe, or marks within marks
            elif single:
                continue
            if carried is not None and mark[0] in _CLOSING and opened is None:
                found.append(Quotation(carried, mark.start()))
                carried = None
            elif _opens(text, mark, is_open=opened is not None):
                if carried is not None or opened is not None:
                    _add(found, text, carried if opened is None else opened, mark.start())
                    carried = None
                opened, single = mark.end(), mark[0] in _SINGLE
            elif opened is not None:
                _add(found, text, opened, mark.start())
                opened, single = None, False
        if carried is not None:
            _add(found, text, carried, paragraph.start())
        carried = None if single else opened
    if carried is not None:
        _add(found, text, carried, len(text))
    return sorted(found, key=lambda q: q.start)


def _add(found: list[Quotation], text: str, start: int | None, end: int) -> None:
    """Keep [start, end) less white space at its end, unless nothing is left."""
    if start is not None and (size := len(text[start:end].rstrip())):
        found.append(Quotation(start, start + size))


def mask(text: str, quotations: list[Quotation]) -> str:
    """`text` with every quoted code point replaced by U+00B7, so that offsets stay and no rule sees the quoted words."""
    pieces, at = [], 0
    for quotation in quotations:
        pieces += [text[at : quotation.start], "·" * (quotation.end - quotation.start)]
        at = quotation.end
    return "".join([*pieces, text[at:]])
