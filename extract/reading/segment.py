"""Article text in, numbered sentences and paragraphs out, as offsets into the raw text: nothing is lost or moved.

Boundaries come from `sentencex`. Three things that news prose does are mended on top of it: a time ("10 a.m. GMT") is not
the end of a sentence, a closing quotation mark that slipped behind a space belongs to the sentence it closes, and the
sentences inside one long quotation are sentences too.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from sentencex import get_sentence_boundaries

_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
_TIME_AT_END = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_ZONE_AT_START = re.compile(r"[A-Z]{2,5}\b|\(")
_STRAY_CLOSE = re.compile(r"[”’»\"]+(?=\w)")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Sen|Rep|Gov|Hon|Rev|St|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Wed)\.\s*$"
)
_LEFT_OPEN = re.compile(r"[.!?][”’»\"']?\s+([“‘«„\"']+)\s*$")
_QUOTATION = re.compile(r"[“«„\"]([^“”«»„\"]+)")
_ENDS_SENTENCE = re.compile(r"[.!?]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The code points [start, end) of the text, without surrounding white space. `number` and `paragraph` count from 1."""

    number: int
    start: int
    end: int
    paragraph: int


def _boundaries(text: str) -> list[int]:
    return [bound["start_index"] for bound in get_sentence_boundaries("en", text)]


def _cuts(paragraph: str) -> list[int]:
    """Where sentences of a paragraph begin, and its length at the end."""
    inside = (
        quotation.start(1) + cut
        for quotation in _QUOTATION.finditer(paragraph)
        for cut in _boundaries(quotation[1])[1:]
    )
    cuts = [0]
    for cut in sorted({*_boundaries(paragraph), *inside}):
        before = paragraph[cuts[-1] : cut]
        if (
            cut == 0
            or _ABBREVIATED.search(before)
            or (_TIME_AT_END.search(before) and _ZONE_AT_START.match(paragraph, cut))
        ):
            continue
        cuts.append(_mended(paragraph, cut))
    return [*cuts, len(paragraph)]


def _mended(paragraph: str, cut: int) -> int:
    """The cut behind a closing mark that slipped over it, or before an opening one that stayed behind."""
    stray = _STRAY_CLOSE.match(paragraph, cut)
    if stray and not paragraph[cut - 1].isspace() and _ENDS_SENTENCE.search(paragraph[:cut]):
        return stray.end()
    left = _LEFT_OPEN.search(paragraph[:cut])
    return left.start(1) if left else cut


def sentences(text: str) -> list[Sentence]:
    """All sentences of `text` in order. Between two of them there is only white space."""
    found: list[Sentence] = []
    for number, paragraph in enumerate((m for m in _PARAGRAPH.finditer(text) if m[0].strip()), start=1):
        for start, end in pairwise(_cuts(paragraph[0])):
            piece = paragraph[0][start:end]
            if not piece.strip():
                continue
            left = paragraph.start() + start + len(piece) - len(piece.lstrip())
            found.append(Sentence(len(found) + 1, left, left + len(piece.strip()), number))
    return found
