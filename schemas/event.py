"""One event from many accounts: `events.json`."""

from typing import Literal

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Schema
from schemas.vocabulary import DivergenceType, Kind, Severity


class FactRef(Schema):
    """A fact of an article, by the two ids."""

    article: str
    fact: str


class Witness(Schema):
    """One independent source of a claim: a primary source, however many articles relay it.

    `shared_text` holds words that several of these articles share verbatim, which is why they count once.
    """

    source: str
    articles: tuple[str, ...] = Field(min_length=1)
    shared_text: str | None = None


class Cluster(Schema):
    """Facts that are one claim. `rule` names what joined them; `outcome` the cluster that an expectation came to."""

    id: str
    kind: Kind
    label: str
    object: str = ""
    facts: tuple[FactRef, ...] = Field(min_length=1)
    sides: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    rule: str
    outcome: str | None = None


class DiffPart(Schema):
    """A run of words of a comparison: in both wordings, only in the first, or only in the second."""

    op: Literal["same", "first", "second"]
    text: str


class Divergence(Schema):
    """How two accounts part. `detail` states both sides in words; `rule` names what found it.

    `readings` groups `facts`: those of one group agree, groups part. Silence, which is no conflict, has one group.
    `diff` compares the words of the first and the last of `facts`, where wording is what parts them.
    """

    id: str
    type: DivergenceType
    severity: Severity
    facts: tuple[FactRef, ...] = Field(min_length=1)
    readings: tuple[tuple[FactRef, ...], ...] = ()
    clusters: tuple[str, ...] = ()
    detail: str
    rule: str
    diff: tuple[DiffPart, ...] = ()


class Account(Schema):
    """What one article relays from one side: a column of the matrix.

    `side` is the ISO 3166-1 alpha-2 country that the primary sources stand for, "press" for writers, outlets and
    agencies speaking for themselves, and "other" where neither is known.
    """

    id: str
    side: str
    article: str
    facts: tuple[FactRef, ...] = Field(min_length=1)


class Event(Schema):
    """One contact and all that is claimed of it; `background` events hold what belongs to no contact."""

    id: str
    title: str
    participants: tuple[str, ...] = ()
    background: bool = False
    articles: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    divergences: tuple[Divergence, ...] = ()


class Events(Schema):
    """All events of a set of records. `judge` names the model asked about borderline pairs, None where no model was."""

    schema_version: int = SCHEMA_VERSION
    events: tuple[Event, ...] = ()
    judge: str | None = None
