"""Short ways to write facts and records of invented countries, for the tests of reconciliation."""

from datetime import date

from schemas import (
    Actor,
    Article,
    Channel,
    Comparator,
    Evidence,
    Fact,
    Kind,
    Provenance,
    Quote,
    QuoteMode,
    Realis,
    Record,
    SourceLink,
    SourceRole,
    SourceType,
    Value,
    ValueType,
)

RUUN = Actor(name="Ada Ruun", as_written="Ruun", country="XN")
BEST = Actor(name="Ilo Best", as_written="Best", country="XO")
DAY = date(2031, 5, 6)
WRITER = SourceLink(name="article", type=SourceType.WRITER, role=SourceRole.PUBLISHER)
PROVENANCE = Provenance(
    model="none", endpoint_host=None, strategy="", prompt_digest=None, schema_digest="", tool_version=""
)


def office(name: str, leader: str) -> SourceLink:
    """A leader's palace that speaks through its readout."""
    return SourceLink(
        name=name,
        type=SourceType.OFFICE,
        role=SourceRole.SPEAKER,
        channel=Channel.OFFICIAL_READOUT,
        on_behalf_of=leader,
    )


ROSE, TIDE = office("Rose Palace", "Ada Ruun"), office("Tide House", "Ilo Best")


def duration(iso: str, comparator: Comparator = Comparator.EXACTLY, words: str = "a while") -> Value:
    """A duration."""
    return Value(type=ValueType.DURATION, iso=iso, comparator=comparator, as_written=words)


def instant(iso: str, comparator: Comparator = Comparator.EXACTLY) -> Value:
    """A clock time on a day."""
    return Value(type=ValueType.INSTANT, iso=iso, comparator=comparator, as_written=iso)


def day(iso: str) -> Value:
    """A date."""
    return Value(type=ValueType.DATE, iso=iso, as_written=iso)


def fact(
    name: str,
    kind: Kind,
    thing: str,
    said: str = "",
    source: SourceLink | None = None,
    *,
    actor: tuple[Actor, ...] = (RUUN, BEST),
    target: tuple[Actor, ...] = (),
    value: Value | None = None,
    quote: str | None = None,
    relay: SourceLink | None = None,
    realis: Realis = Realis.OCCURRED,
    denies: str | None = None,
) -> Fact:
    """One fact; without a source the writer tells it, without words they are those of its object."""
    words = said or quote or thing
    return Fact(
        id=name,
        kind=kind,
        actor=actor,
        target=target,
        object=thing,
        attribution=tuple(link for link in (WRITER, relay, source) if link),
        realis=realis,
        value=value,
        quote=Quote(mode=QuoteMode.DIRECT, text=quote, speaker=None) if quote else None,
        denies=denies,
        evidence=(Evidence.of(words, 0, len(words)),),
    )


def call(name: str = "call") -> Fact:
    """The contact that every article here is about."""
    return fact(name, Kind.MEETING, "call of Ruun and Best: day", value=day("2031-05-06"))


def record(name: str, *facts: Fact, anchor: date | None = DAY) -> Record:
    """An article with these facts."""
    return Record(article=Article(id=name, text=name, anchor_date=anchor).info, facts=facts, provenance=PROVENANCE)
