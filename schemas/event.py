"""One event from many accounts: `events.json`."""

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


class Divergence(Schema):
    """How two accounts part. `detail` states both sides in words; `rule` names what found it."""

    id: str
    type: DivergenceType
    severity: Severity
    facts: tuple[FactRef, ...] = Field(min_length=1)
    clusters: tuple[str, ...] = ()
    detail: str
    rule: str


class Event(Schema):
    """One contact and all that is claimed of it; `background` events hold what belongs to no contact."""

    id: str
    title: str
    participants: tuple[str, ...] = ()
    background: bool = False
    articles: tuple[str, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    divergences: tuple[Divergence, ...] = ()


class Events(Schema):
    """All events of a set of records. `judge` names the model asked about borderline pairs, None where no model was."""

    schema_version: int = SCHEMA_VERSION
    events: tuple[Event, ...] = ()
    judge: str | None = None
