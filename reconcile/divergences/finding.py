"""What every divergence rule returns, and the few questions that several of them ask."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from reconcile.clusters import Claim
from reconcile.names import OTHER, PRESS
from reconcile.telling import Telling
from schemas import Channel, DiffPart, DivergenceType, Kind, Severity

ACCORD = frozenset({Kind.AGREEMENT, Kind.COMMITMENT, Kind.POSITION})


@dataclass(frozen=True, eq=False)
class Finding:
    """One divergence, before it has an id. Tellings of one reading agree, readings part; `claims` are touched."""

    type: DivergenceType
    severity: Severity
    readings: tuple[tuple[Telling, ...], ...]
    claims: tuple[Claim, ...]
    detail: str
    rule: str
    diff: tuple[DiffPart, ...] = ()

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """All tellings, reading by reading."""
        return tuple(telling for reading in self.readings for telling in reading)


_INCLUDES = re.compile(r",? (?:that |which )?includ(?:es?|ing)\b|,? as well as\b|,? and other\b")


_VIEW = re.compile(
    r"\bagree\w*\W+(?!to\b|on\b|upon\b|in\b|for\b|with\b)"
    r".*?\b(?:needs?|needed|must|should|ought|is|are|was|were|has|have|would)\b"
)


def is_view(telling: Telling) -> bool:
    """Whether no more is agreed than that something is so or is needed, which binds nobody."""
    return bool(_VIEW.search(telling.evidence))


def included(telling: Telling) -> tuple[str, str]:
    """What the act is about, and what is said to be included in it: "" where nothing is."""
    whole, *parts = _INCLUDES.split(telling.fact.object or telling.evidence, maxsplit=1)
    return whole, "".join(parts)


def in_order(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Each telling once, by article and fact."""
    return tuple(sorted({t.key: t for t in tellings}.values(), key=lambda t: t.key))


def by(tellings: Iterable[Telling], key: Callable[[Telling], Hashable]) -> tuple[tuple[Telling, ...], ...]:
    """The tellings in groups of one key, groups in order of their first telling."""
    groups: dict[Hashable, list[Telling]] = {}
    for telling in in_order(tellings):
        groups.setdefault(key(telling), []).append(telling)
    return tuple(tuple(group) for group in groups.values())


def thing(telling: Telling) -> str:
    """What the act is about, in the labeller's or extractor's words, else the article's."""
    return telling.fact.object or telling.evidence


def stated(telling: Telling) -> str:
    """The value in the article's words."""
    return telling.fact.value.as_written if telling.fact.value else thing(telling)


def told(tellings: Iterable[Telling], words: Callable[[Telling], str] = thing) -> str:
    """Who says what, each saying once with the articles that relay it."""
    sayings: dict[tuple[str, str], list[str]] = {}
    for telling in tellings:
        sayings.setdefault((telling.source, words(telling)), []).append(telling.article.id)
    return "; ".join(f"{who} ({', '.join(dict.fromkeys(where))}): {what}" for (who, what), where in sayings.items())


def against(readings: Iterable[Sequence[Telling]], words: Callable[[Telling], str] = thing) -> str:
    """The readings, one against the other."""
    return " — but: ".join(told(reading, words) for reading in readings)


def official(telling: Telling) -> bool:
    """Whether it stands in a side's own account of the contact."""
    return telling.fact.primary_source.channel == Channel.OFFICIAL_READOUT and telling.side not in (PRESS, OTHER)
