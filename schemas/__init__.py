"""What a readout fact is: pydantic schemas for articles, facts, records, events and hand labels."""

from schemas.article import Article, ArticleInfo
from schemas.base import SCHEMA_VERSION, Schema
from schemas.event import Account, Cluster, DiffPart, Divergence, Event, Events, FactRef, Witness
from schemas.evidence import Evidence, Span
from schemas.fact import Actor, Fact, Quote, SourceLink, Value
from schemas.gold import GoldArticle, GoldArticleRef, GoldCluster, GoldDivergence, GoldEvent, GoldFact, MustNotFlag
from schemas.record import Failure, Provenance, Record, Rejected, Usage
from schemas.vocabulary import (
    Anonymity,
    Certainty,
    Channel,
    CheckResult,
    Comparator,
    DivergenceType,
    Kind,
    QuoteMode,
    Realis,
    Severity,
    SourceRole,
    SourceType,
    ValueType,
)

__all__ = [
    "SCHEMA_VERSION",
    "Account",
    "Actor",
    "Anonymity",
    "Article",
    "ArticleInfo",
    "Certainty",
    "Channel",
    "CheckResult",
    "Cluster",
    "Comparator",
    "DiffPart",
    "Divergence",
    "DivergenceType",
    "Event",
    "Events",
    "Evidence",
    "Fact",
    "FactRef",
    "Failure",
    "GoldArticle",
    "GoldArticleRef",
    "GoldCluster",
    "GoldDivergence",
    "GoldEvent",
    "GoldFact",
    "Kind",
    "MustNotFlag",
    "Provenance",
    "Quote",
    "QuoteMode",
    "Realis",
    "Record",
    "Rejected",
    "Schema",
    "Severity",
    "SourceLink",
    "SourceRole",
    "SourceType",
    "Span",
    "Usage",
    "Value",
    "ValueType",
    "Witness",
]
