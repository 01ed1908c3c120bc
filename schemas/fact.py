"""One readout fact: somebody is reported, by somebody, to have done or said one thing, with the words that say so."""

from pydantic import Field

from schemas.base import Schema
from schemas.evidence import Evidence, Span
from schemas.vocabulary import (
    Anonymity,
    Certainty,
    Channel,
    CheckResult,
    Comparator,
    Kind,
    QuoteMode,
    Realis,
    SourceRole,
    SourceType,
    ValueType,
)


class Actor(Schema):
    """Who acts or is acted upon: canonical name, as written, ISO 3166-1 alpha-2 country, Wikidata id."""

    name: str = Field(min_length=1)
    as_written: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9][0-9]*$")


class SourceLink(Schema):
    """One link of a chain. `cue` is the words that attribute ("according to", "said"); None for the writer."""

    name: str = Field(min_length=1)
    type: SourceType
    role: SourceRole
    on_behalf_of: str | None = None
    channel: Channel = Channel.UNKNOWN
    anonymity: Anonymity = Anonymity.NAMED
    cue: Span | None = None


class Value(Schema):
    """A typed value and the phrase that states it.

    `iso` is an ISO 8601 duration (`PT90M`), instant (`2025-01-31T10:00-04:00`) or date (EDTF for partial ones), and a
    plain decimal for a number. It is None where the text and the anchor date do not settle it.
    """

    type: ValueType
    iso: str | None = None
    comparator: Comparator = Comparator.EXACTLY
    as_written: str = Field(min_length=1)


class Quote(Schema):
    """Words that stand between quotation marks, without the marks, and who speaks them."""

    mode: QuoteMode
    text: str = Field(min_length=1)
    speaker: str | None = None


class Fact(Schema):
    """One fact. `attribution` runs outermost first: its first link is the article, its last the primary source."""

    id: str
    kind: Kind
    actor: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    object: str = ""
    summary: str = ""
    attribution: tuple[SourceLink, ...] = Field(min_length=1)
    certainty: Certainty = Certainty.CERTAIN
    realis: Realis = Realis.OCCURRED
    value: Value | None = None
    quote: Quote | None = None
    denies: str | None = None
    evidence: tuple[Evidence, ...] = ()
    checks: dict[str, CheckResult] = Field(default_factory=dict)

    @property
    def primary_source(self) -> SourceLink:
        """The innermost link: two articles that relay the same primary source are one witness."""
        return self.attribution[-1]
