"""Hand labels: what a careful reader found in an article, and across articles."""

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Schema
from schemas.event import FactRef
from schemas.evidence import Evidence
from schemas.fact import Fact
from schemas.vocabulary import DivergenceType, Severity


class GoldFact(Fact):
    """A labelled fact. `alternatives` are other spans that support it; `optional` facts cost nothing if missed."""

    alternatives: tuple[tuple[Evidence, ...], ...] = ()
    optional: bool = False
    note: str | None = None


class GoldArticleRef(Schema):
    """The article that was labelled, by id and digest of its text in UTF-8."""

    id: str
    sha256: str


class GoldArticle(Schema):
    """All labels of one article by one pass."""

    schema_version: int = SCHEMA_VERSION
    article: GoldArticleRef
    annotator: str
    facts: tuple[GoldFact, ...] = ()


class GoldCluster(Schema):
    """Facts that are one claim."""

    id: str
    facts: tuple[FactRef, ...] = Field(min_length=1)
    note: str | None = None


class GoldDivergence(Schema):
    """Two or more facts whose accounts part (one fact for silence)."""

    id: str
    type: DivergenceType
    severity: Severity
    facts: tuple[FactRef, ...] = Field(min_length=1)
    note: str | None = None


class MustNotFlag(Schema):
    """Two facts that look divergent and are not, and why."""

    facts: tuple[FactRef, ...] = Field(min_length=2)
    why: str


class GoldEvent(Schema):
    """What holds across articles: same facts, divergences, and pairs that look divergent and are not."""

    schema_version: int = SCHEMA_VERSION
    articles: tuple[str, ...]
    clusters: tuple[GoldCluster, ...] = ()
    divergences: tuple[GoldDivergence, ...] = ()
    must_not_flag: tuple[MustNotFlag, ...] = ()
