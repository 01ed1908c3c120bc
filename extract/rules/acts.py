"""A stretch of text and who answers for it in; the acts reported there out: a cue, its subject, its extent.

A cue inside the complement of another one ("agreed that talks will begin") is part of that act. A second act begins
only behind a break: a semicolon or dash, a conjunction with a verb behind it, a relative or temporal clause.
"""

import re
from typing import NamedTuple

from extract.reading.article import Reading
from extract.reading.cues import Cue
from extract.reading.keyed import Keyed
from extract.reading.segment import ABBREVIATIONS
from schemas import Kind

# What may part two acts, between their cues.
_IN_NO_ABBREVIATION = "".join(rf"(?<!\b{word}\.)" for word in ABBREVIATIONS.split("|"))
_BREAK = re.compile(
    rf"[;—–]|\s-\s|[.!?](?<!\b[A-Z][.!?])(?<!\.[A-Z][.!?]){_IN_NO_ABBREVIATION}[”\"]?\s"
    r"|,\s(?:and|but|while|which|with|who|though|although|adding|saying|leaving|meaning|where)\b"
    r"|\band\s(?:that|said|says|added|noted|called|described|announced|warned|told|made clear)\b"
    r"|\b(?:but|while|whereas|after|since|before|when|because|although|however|until)\b"
    r"|,\s(?=[a-z]{1,30}ing\b)|[“”\"]"
)
# A conjunction right before a cue, with nothing but an auxiliary or an adverb between.
_AND = re.compile(
    r"(?:,?\s(?:and|or|but|as well as)(?:\s(?:that|to))?|,)\s"
    r"(?:(?:has|have|had|also|then|immediately|further|[a-z]{1,20}ly|would|will|to|[“\"])\s?){0,3}[“\"]?$"
)
_COORDINATED = re.compile(r"\s(?:and|or)\s(?:[a-z]{1,20}ly\s)?")
# What is only supposed, unless a clause of its own begins with that, is no act of its own.
_SUPPOSED = Keyed(r"(?<!\band\s)(?<!\bbut\s)(?<![,;:—–]\s)\b(?:if|unless)\s[^,;:.]*$", "if unless")
_PAST = re.compile(r"[a-z]+ed")
_CONJUNCTION = re.compile(r"\b(?:and|or|but|as well as)\b")
# A conjunction with a subject of its own behind it.
_SUBORDINATE = re.compile(
    r"\s(?:after|since|before|when|because|although|while|but|as)\s(?=[A-Z“]|the\s|he\s|she\s|they\s)"
    r"|,\swith\s(?=(?:each|both|neither)\s)"
    r"|,\s(?=an?\s(?:charge|claim|accusation|allegation|assertion|report)\s(?:that\s)?(?:the\s)?[A-Z])"
)
# A contact, and what it was held for.
_PURPOSE = re.compile(
    r"\b(?:spoke|met|talked|phoned|had an?|held)\b[^.;]{0,160}?\b(?:with|and)\s[^.;]{3,160}?"
    r"\s(?P<to>to)\s(?:further\s)?$"
)
_MARKS = '“”"'
_SHORT_SUBJECT = 45  # code points between a break and a quotation mark that only its subject stands before
_LONGEST_JOINT = 90  # code points of a conjunction and what stands between it and a cue
_OWN_CLAUSE = 25  # fewer code points before a conjunction are no clause
_MARKED = re.compile(r"[,:]\s*$")
_TRIM = ' \t,.;:—–-“”"«»„’•*'
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.[A-Za-z]|\b[ap]\.m)\.$")
_LEAD = re.compile(
    r"(?:(?:and|but|while|which|with|that|after|since|before|when|because|who|as|also|however|meanwhile|separately"
    r"|in response|although|then|plus)\b(?![’'-]),?\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s(?:and|but|or)$")
_TO_SPLIT = (Kind.AGREEMENT, Kind.TOPIC, Kind.CONDITION)
_SECOND_OBJECT = re.compile(r",?\s(?:and(?=\s(?:to|on)\s[a-z])|as well as|along with|together with|and also)\s")
_SHORTEST_OBJECT = 10  # code points


class Act(NamedTuple):
    """An act of `kind` whose words are [start, end). The cue lies in them, or before them for a second object."""

    kind: Kind
    start: int
    end: int
    cue: Cue | None
    head: int | None = None  # for a second object: where the clause of its verb begins


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without punctuation, marks and conjunctions at the edges; abbreviations keep their full stop."""
    while True:
        while start < end and text[start] in _TRIM:
            start += 1
        while start < end and text[end - 1] in _TRIM + "(":
            if text[end - 1] == "." and _ABBREVIATION.search(text, max(start, end - 5), end):
                break
            end -= 1
        lead, tail = _LEAD.match(text, start, end), _TAIL.search(text, max(start, end - 5), end)
        if tail and tail.start() > start:
            end = tail.start()
        elif lead is None or lead.end() >= end:
            return start, end
        else:
            start = lead.end()


def find_acts(reading: Reading, start: int, end: int) -> list[Act]:
    """The acts reported in [start, end), in order; extents do not overlap, but for split objects."""
    text = reading.text
    heads = _heads(reading, start, end)
    acts = []
    for at, (cue, begin) in enumerate(heads):
        stop = heads[at + 1][1] if at + 1 < len(heads) else end
        left, right = trimmed(text, begin, stop)
        if cue.end <= stop and " " in text[left:right]:  # one word alone says nothing of anybody
            acts += _with_second_object(text, Act(cue.kind, min(left, cue.start), max(right, cue.end), cue))
    return acts


def _heads(reading: Reading, start: int, end: int) -> list[tuple[Cue, int]]:
    """The cues of [start, end) that stand for an act of their own, and where the clause of each begins."""
    text = reading.text
    heads: list[tuple[Cue, int]] = []
    for cue in reading.cues.within(start, end):
        if not heads:
            heads.append((cue, _first_clause(text, start, cue.start)))
            continue
        head, clause = heads[-1]
        if _SUPPOSED.search(text, head.end, cue.start):
            continue
        if _COORDINATED.fullmatch(text, head.end, cue.start) and _PAST.fullmatch(text, head.start, head.end):
            continue  # "reviewed and welcomed progress": one act, told in two verbs
        begin = _clause_between(text, head.end, cue.start)
        if begin is None and head.kind is Kind.MEETING:  # how the contact went is no act that others are part of
            begin = _behind_comma(text, head.end, cue.start)
        if begin is not None:
            heads.append((cue, begin))
        elif _outranks(cue, head) or (cue.kind is Kind.REFUSAL and text.endswith("clear", head.start, head.end)):
            heads[-1] = cue if cue.kind is Kind.ACCUSATION else head._replace(kind=cue.kind), clause
    return heads


def _first_clause(text: str, start: int, before: int) -> int:
    """Where the clause of the first cue begins: behind a joining word, if a clause of its own stands before that."""
    purpose = _PURPOSE.search(text, start, before)
    if purpose:
        return purpose.start("to")
    joined, own = _joined(text, start, before), start + _OWN_CLAUSE
    appositive = joined and joined[0].startswith(",") and not _CONJUNCTION.search(joined[0])
    if joined and not appositive and joined.start() > own and not _MARKED.search(text, start, joined.start()):
        return joined.start()
    near = max(own + 1, before - _LONGEST_JOINT)
    breaks = [m for m in _SUBORDINATE.finditer(text, near, before) if before - m.end() < 60]
    return breaks[-1].start() if breaks else start


def _joined(text: str, start: int, before: int) -> re.Match[str] | None:
    """The conjunction in [start, before) right before a cue."""
    return _AND.search(text, max(start, before - _LONGEST_JOINT), before)


def _clause_between(text: str, after: int, before: int) -> int | None:
    """Where a new clause begins between two cues; None if the second is in the first one's complement."""
    joined = _joined(text, after, before)
    if joined:
        return joined.start()
    breaks = list(_BREAK.finditer(text, after, before))
    if not breaks or before - breaks[-1].end() >= 90:
        return None
    marked = len(breaks) > 1 and breaks[-1][0] in _MARKS and breaks[-2][0] not in _MARKS
    if marked and breaks[-1].start() - breaks[-2].end() < _SHORT_SUBJECT:  # "… and said the two leaders “reviewed"
        return breaks[-2].start()
    return breaks[-1].start()


def _behind_comma(text: str, after: int, before: int) -> int | None:
    """Where the clause behind the last comma between two cues begins, if there is one."""
    comma = text.rfind(", ", after, before)
    return comma if comma >= 0 else None


def _outranks(cue: Cue, head: Cue) -> bool:
    """Whether the cue stands for the whole: a requirement or blame inside "stressed that …" makes it such."""
    decides = cue.kind in (Kind.CONDITION, Kind.ACCUSATION, Kind.REFUSAL)
    return head.kind in (Kind.POSITION, Kind.CONCERN) and decides and cue.start - head.end < 120


def _with_second_object(text: str, act: Act) -> list[Act]:
    """Two acts where an agreement, topic or condition has a second object ("… as well as talks on …")."""
    if act.kind not in _TO_SPLIT or act.cue is None:
        return [act]
    split = _SECOND_OBJECT.search(text, act.cue.end, act.end)
    if not split or min(split.start() - act.cue.end, act.end - split.end()) < _SHORTEST_OBJECT:
        return [act]
    left, right = trimmed(text, split.end(), act.end)
    return [
        act._replace(end=trimmed(text, act.start, split.start())[1]),
        act._replace(start=left, end=right, head=act.start),
    ]
