"""Article text in, numbered sentences and paragraphs out, as offsets into the raw text: nothing is lost or moved.

Boundaries come from `sentencex`. What news prose does is mended on top of it: a time ("10 a.m. GMT") and a title
("Gen.") are not the end of a sentence, a closing quotation mark that slipped behind a space belongs to the sentence it
closes, an opening one to the sentence it opens, and the sentences inside one long quotation are sentences too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sentencex import get_sentence_boundaries

LONGEST = 1500  # code points; a longer stretch without an end is cut, so that no reader of sentences needs more time
_BLOCK = 16_384  # code points
_LONG_WORD = 12  # code points, longer than any abbreviation that is looked for
_BULLET = re.compile("[•▪●◦‣]")  # a line that begins with one would be one sentence; with a dash it is not
_NEAR = 64  # code points before a cut within which marks belong to it
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
_TIME_AT_END = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_ZONE_AT_START = re.compile(r"[A-Z]{2,5}\b|\(")
_STRAY_CLOSE = re.compile(r"[”’»\"]+(?=\w)")  # a closing mark that begins a sentence
_LEFT_OPEN = re.compile(r"[.!?][”’»\"']?\s+([“‘«„\"']+)\s*$")  # an opening mark that ends one
# What a point behind ends no sentence; for other modules, too.
ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Sen|Rep|Gov|Hon|Rev|St|No|vs"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Wed"
)
_ABBREVIATED = re.compile(rf"\b(?:{ABBREVIATIONS})\.$")
# Where and when a report was filed, and by whom, ahead of its first words ("PORT NORVAN, May 6 (NPA) - ").
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'-]*[ ,]+){1,4}(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2})?,? ?(?:\d{4} )?"
    r"(?:\([A-Z][^()]{1,40}\)\s?[-–—.:]*|(?:\.\s)?/[A-Z][^/]{1,40}/\.?|(?<=[A-Z]{3}[ ,])[-–—]+|(?<=\d[ ])[-–—]+)"
    r"\s+(?=[A-Z“\"‘])"
)
_MONTH_AT_END = re.compile(r"\d (?:March|April|May|June|July)\.\s+(?=[A-Z])")  # "on 24 May. The port …"
_SHORT = ("U.S. ", "U.N. ", "U.K. ", "E.U. ")  # before a word in lower case they end no sentence
# When a part of a report that goes on was written ("18.40 ").
_WRITTEN_AT = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\s?[-–—:]?\s+(?=[A-Z“\"‘])")
# Whose turn it is, in a transcript.
_LABEL = re.compile(r"(?:Q(?=\s[A-Z“\"])|[A-Z][A-Z .,'’()-]{2,60}:)\s+")
_OF_PEOPLE = re.compile(
    r"Q\s|(?:.*\b)?(?:MODERATOR|OPERATOR|HOST|INTERPRETER|REPORTER|QUESTION|JOURNALIST|OFFICIAL|SECRETARY|SPOKES\w+|PRESIDENT"
    r"|MINISTER|CHANCELLOR|AMBASSADOR|GENERAL|MR|MS|MRS|DR)\b"
)
_FEWEST_TURNS = 3
_INITIALS = re.compile(r"[A-Z]\.[A-Z]\.")  # a cut between two letters of "U.N."
_QUOTATION = re.compile(r"[“«„\"]([^“”«»„\"]+)")


class Sentence(NamedTuple):
    """The code points [start, end) of the text, without white space around. `number` and `paragraph` count from 1.

    A dateline is a sentence of its own, in which nobody does or says anything; so is the `label` of a turn in a
    transcript.
    """

    number: int
    start: int
    end: int
    paragraph: int
    dateline: bool = False
    label: bool = False


def _boundaries(text: str) -> list[int]:
    """Where sentences begin, but for the first; looked for in blocks, as the time for one grows with its square."""
    return [
        block + bound["start_index"]
        for block in range(0, len(text), _BLOCK)
        for bound in get_sentence_boundaries("en", text[block : block + _BLOCK])
        if bound["start_index"] > 0
    ]


def _cuts(paragraph: str, filed: int) -> list[int]:
    """Where sentences of a paragraph begin, and its length at the end; `filed` is where its dateline ends, if any."""
    inside = (
        quotation.start(1) + cut for quotation in _QUOTATION.finditer(paragraph) for cut in _boundaries(quotation[1])
    )
    dated = (month.end() for month in _MONTH_AT_END.finditer(paragraph))
    cuts = [0, filed] if filed else [0]
    for cut in sorted({*_boundaries(paragraph), *inside, *dated}):
        before = paragraph[cuts[-1] : cut]
        if _is_no_end(paragraph, before, cut):
            continue
        if (mended := _mended(paragraph, cut)) > cuts[-1]:
            cuts.append(mended)
    return [*cuts, len(paragraph)]


def _is_no_end(paragraph: str, before: str, cut: int) -> bool:
    """Whether the full stop that ends `before` is that of a time, a title or initials, and no sentence's."""
    last = before.rstrip()[-_LONG_WORD:]
    in_time = _TIME_AT_END.search(last) and _ZONE_AT_START.match(paragraph, cut)
    goes_on = before.endswith(_SHORT) and paragraph[cut].islower()
    inside = _INITIALS.search(paragraph, max(0, cut - 3), cut + 2)
    return bool(in_time or goes_on or inside or _ABBREVIATED.search(last))


def _mended(paragraph: str, cut: int) -> int:
    """The cut behind a closing mark that slipped over it, or before an opening one that stayed behind."""
    stray = _STRAY_CLOSE.match(paragraph, cut)
    if stray and paragraph[cut - 1] in ".!?":
        return stray.end()
    left = _LEFT_OPEN.search(paragraph, max(0, cut - _NEAR), cut)
    return left.start(1) if left else cut


def sentences(text: str) -> list[Sentence]:
    """All sentences of `text` in order. Between two of them there is only white space, if anything."""
    found: list[Sentence] = []
    has_turns = _is_transcript(text)
    plain = _BULLET.sub("-", text)
    for number, paragraph in enumerate((m for m in _PARAGRAPH.finditer(plain) if m[0].strip()), start=1):
        label = _LABEL.match(paragraph[0]) if has_turns else None
        match = label or _DATELINE.match(paragraph[0]) or _WRITTEN_AT.match(paragraph[0])
        filed = match.end() if match else 0
        for cut, end in pairwise(_cuts(paragraph[0], filed)):
            dateline = bool(filed) and end == filed
            for start, stop in _pieces(paragraph[0], cut, end):
                left, right = paragraph.start() + start, paragraph.start() + stop
                found.append(Sentence(len(found) + 1, left, right, number, dateline, dateline and label is not None))
    return found


def _is_transcript(text: str) -> bool:
    """Whether paragraphs begin with labels, some of them again and again, and some of people."""
    labels = Counter(label[0] for m in _PARAGRAPH.finditer(text) if (label := _LABEL.match(m[0])))
    people = any(_OF_PEOPLE.match(label) for label in labels)
    return people and labels.total() >= _FEWEST_TURNS and max(labels.values()) > 1


def _pieces(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) without white space around; in pieces where it is too long, cut at white space if there is any."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            space = max(paragraph.rfind(mark, start + 1, start + LONGEST) for mark in " \t\u00a0")
            stop = space if space > start else start + LONGEST
        piece = paragraph[start:stop]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(piece.strip())
        start = stop
