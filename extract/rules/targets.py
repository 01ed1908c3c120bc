"""An act and who acts in; towards whom it is out."""

import re

from extract.reading.article import Reading
from extract.reading.mentions import Mention
from extract.rules.acts import Act
from extract.rules.subjects import JOIN, accused, is_modal, is_of_wrongs, named
from schemas import Kind

_ADDRESSED = ("person", "country", "office", "group")
_TOWARDS_A_PARTY = frozenset(
    {Kind.POSITION, Kind.COMMITMENT, Kind.STATEMENT, Kind.PROPOSAL, Kind.REFUSAL, Kind.NON_COMMITMENT}
)
# Whom somebody orders, by what they are.
_STAFF = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]he)\s(?P<who>(?:[A-Za-z-]+\s){0,3}?"
    r"(?:military|forces|troops|army|navy|staff|officials|ministers?|ministry|aides|advisers|advisors|teams?|negotiators?"
    r"|envoys?|delegations?|government|cabinet|police|company|agency))\b"
)
_TARGET_REACH = 45  # code points behind a cue in which its addressee is named
_WITH_TARGET = frozenset({Kind.DIRECTIVE, Kind.REQUEST, Kind.ACCUSATION, Kind.THREAT, Kind.CONDITION, Kind.PROPOSAL})


def targets(reading: Reading, act: Act, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Who must meet a condition, who is said to do wrong, who is named behind the cue, or the other party."""
    if act.cue is None:
        return ()
    names = {m.name for m in actors}
    if _is_of_its_subject(reading, act):
        subject = accused(reading, act) if act.kind is Kind.ACCUSATION else named(reading, act.start, act.cue.start)
        return tuple(m for m in subject if m.name not in names)
    homes = {m.country for m in actors if m.country}
    behind = [
        m for m in _behind_cue(reading, act) if m.name not in names and (m.type == "person" or m.country not in homes)
    ]
    staff = _STAFF.search(reading.text, act.cue.start, act.end) if act.kind is Kind.DIRECTIVE else None
    if staff and not behind:
        return (Mention(*staff.span("who"), "group", staff["who"]),)
    if act.kind in _WITH_TARGET and behind:
        return _joined(reading.text, behind)
    others = tuple(m for m in reading.names.principals if m.name not in names)
    if act.kind not in _TOWARDS_A_PARTY or len(names) != 1 or len(others) != 1:
        return ()
    meant = act.kind is Kind.PROPOSAL or any(m.name == others[0].name for m in behind)
    return others if meant and names < reading.names.principal_names else ()


def _is_of_its_subject(reading: Reading, act: Act) -> bool:
    """Whether the subject of the words is towards whom the act is: "the mills must close", "they break the truce"."""
    if act.kind is Kind.CONDITION:
        return is_modal(reading, act)
    return act.kind is Kind.ACCUSATION and is_of_wrongs(reading, act)


def _behind_cue(reading: Reading, act: Act) -> list[Mention]:
    """Who is named right behind the cue."""
    if act.cue is None:
        return []
    near = reading.names.within(act.cue.end, min(act.end, act.cue.end + _TARGET_REACH))
    return [m for m in near if m.type in _ADDRESSED and m.form != "demonym"]


def _joined(text: str, mentions: list[Mention]) -> tuple[Mention, ...]:
    """The first of these, and those that "and" joins to it."""
    chosen = mentions[:1]
    for mention in mentions[1:]:
        if not JOIN.match(text[chosen[-1].end : mention.start]):
            break
        chosen.append(mention)
    return tuple(chosen)
