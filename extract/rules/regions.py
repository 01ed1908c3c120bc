"""A sentence of a reading in; its stretches out, each with one answer to who says it."""

import re
from typing import NamedTuple

from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.frames import ASKED
from extract.reading.segment import Sentence
from schemas import Span

_BEFORE_FRAME, _BEHIND_FRAME = 25, 40  # fewer code points beside a frame are no clause
_CUE_REACH = 25  # code points behind attributing words that may still belong to a cue in them
_RELAYED = re.compile(r"[,\s]*as (?:reported|quoted|cited|carried|relayed)\b")
_WHO = re.compile(r"\b(?:who|which)\s(?:has\s|had\s|have\s)?$")
_CREDIT = re.compile(
    r"[(\[—–-]*\s?(?:(?:Additional|With)\s)?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) by\s(?=[A-Z])"
)
_HEADING_WORDS = 15
# A verb that makes a clause.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|led|began|came|took|\w{3,}ed)\b"
)


class Region(NamedTuple):
    """A stretch of one sentence with one answer to who says it; no frame means the writer."""

    start: int
    end: int
    frame: Frame | None


def regions(reading: Reading, sentence: Sentence) -> list[Region]:
    """The sentence cut where the answer to "who says it" changes; cues themselves belong to nobody.

    What somebody is only asked is nobody's claim, and no part of it.
    """
    found = _told_apart(reading, sentence)
    asked = ASKED.match(reading.text, sentence.start, sentence.end)
    if asked is None:
        return found
    left = [region._replace(start=max(region.start, asked.end())) for region in found if region.end > asked.end()]
    return [region for region in left if region.frame or _FINITE.search(reading.text, region.start, region.end)]


def _told_apart(reading: Reading, sentence: Sentence) -> list[Region]:
    frame = reading.frame_of(sentence)
    if frame is None:
        return [Region(sentence.start, sentence.end, None)]
    cue = frame.chain[-1].cue
    own = cue if cue and cue.start >= sentence.start else None
    before = min(frame.start, own.start) if own else frame.start
    behind = max(sentence.start, frame.end, own.end if own else 0)
    found = []
    if before - sentence.start > _BEFORE_FRAME and _FINITE.search(reading.text, sentence.start, before):
        found.append(Region(sentence.start, before, None))
    if frame.end - frame.start > 1:
        found.append(Region(_start(reading, frame, own), frame.end, frame))
    relayed = _RELAYED.match(reading.text, behind)
    if not relayed and sentence.end - behind > _BEHIND_FRAME and _FINITE.search(reading.text, behind, sentence.end):
        found.append(Region(behind, sentence.end, None))
    return found


def _start(reading: Reading, frame: Frame, cue: Span | None) -> int:
    """Where a frame's words begin: with the attributing words, if these report an act themselves ("X urged that")."""
    if cue is None or cue.start >= frame.start:
        return frame.start
    acting = [
        c
        for c in reading.cues.within(cue.start, cue.end + _CUE_REACH)
        if not _WHO.search(reading.text, cue.start, c.start)
    ]
    return cue.start if acting and acting[0].start < cue.end else frame.start


def is_credit(text: str, start: int) -> bool:
    """Whether the sentence at `start` only says who made the report."""
    return _CREDIT.match(text, start) is not None


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands in a headline, a byline or a question to the reader: a line without a full stop."""
    left = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    line = text[left : min(ends, default=len(text))].strip()
    return line.endswith("?") or (line[-1:].isalnum() and len(line.split(maxsplit=_HEADING_WORDS)) < _HEADING_WORDS)
