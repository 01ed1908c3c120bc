"""Articles on an invented call, their facts and the event made of them: the pages that the report's tests look at."""

from schemas import (
    Account,
    Actor,
    Article,
    Cluster,
    Comparator,
    DiffPart,
    Divergence,
    DivergenceType,
    Event,
    Events,
    Evidence,
    Fact,
    FactRef,
    Kind,
    Provenance,
    Quote,
    QuoteMode,
    Record,
    Rejected,
    Severity,
    SourceLink,
    SourceRole,
    SourceType,
    Value,
    ValueType,
    Witness,
)

TEXTS = {
    "kelm": (
        "The Rose Palace said Ada Ruun and Ilo Best agreed to a 10-day port truce. The call lasted nearly two hours.\n"
        "It began at 10 a.m. in Norvan. “We will open the ports at once,” Best said, according to NPA."
    ),
    "post": (
        "Ilo Best’s office said he had accepted a truce in the ports for 10 days.\n\n"
        "The call ran for exactly 40 minutes, it said. “We shall open the ports soon,” Best said."
    ),
    "wire": (
        "The Rose Palace said Ada Ruun and Ilo Best agreed to a 10-day port truce. Best would not say when ships sail."
    ),
}
ARTICLES = {
    "kelm": Article(id="kelm", text=TEXTS["kelm"], outlet="Daily Kelm"),
    "post": Article(id="post", text=TEXTS["post"], title="Ports to open, says Best"),
    "wire": Article(id="wire", text=TEXTS["wire"]),
}
WRITER = SourceLink(name="article", type=SourceType.WRITER, role=SourceRole.PUBLISHER)
PALACE = SourceLink(name="Rose Palace", type=SourceType.OFFICE, role=SourceRole.SPEAKER)
OFFICE = SourceLink(name="Office of Ilo Best", type=SourceType.OFFICE, role=SourceRole.SPEAKER)
AGENCY = SourceLink(name="NPA", type=SourceType.AGENCY, role=SourceRole.RELAYER)
BEST = SourceLink(name="Ilo Best", type=SourceType.PERSON, role=SourceRole.SPEAKER)
PROVENANCE = Provenance(
    model="sample-model",
    endpoint_host="localhost",
    strategy="whole",
    prompt_digest="p" * 12,
    schema_digest="s" * 12,
    tool_version="0.1.0",
    cost_usd=0.01,
)


def told(article: str, name: str, kind: Kind, exact: str, chain: tuple[SourceLink, ...] = (), **fields: object) -> Fact:
    """A fact whose evidence is `exact` where it first stands in the article."""
    start = TEXTS[article].index(exact)
    return Fact.model_validate(
        {
            "id": name,
            "kind": kind,
            "attribution": (WRITER, *chain),
            "evidence": (Evidence.of(TEXTS[article], start, start + len(exact)),),
            "actor": (Actor(name="Ilo Best", as_written="Best"),),
            **fields,
        }
    )


def _length(iso: str, comparator: Comparator, words: str) -> Value:
    return Value(type=ValueType.DURATION, iso=iso, comparator=comparator, as_written=words)


TRUCE = {"object": "10-day port truce", "value": _length("P10D", Comparator.EXACTLY, "10-day")}
FACTS = {
    "kelm": (
        told("kelm", "k1", Kind.AGREEMENT, "Ada Ruun and Ilo Best agreed to a 10-day port truce", (PALACE,), **TRUCE),
        told(
            "kelm",
            "k2",
            Kind.MEETING,
            "lasted nearly two hours",
            object="length of the call",
            value=_length("PT2H", Comparator.NEARLY, "nearly two hours"),
        ),
        told(
            "kelm",
            "k3",
            Kind.MEETING,
            "It began at 10 a.m. in Norvan",
            object="start of the call",
            value=Value(type=ValueType.INSTANT, iso="2031-05-06T10:00-04:00", as_written="10 a.m."),
        ),
        told(
            "kelm",
            "k4",
            Kind.COMMITMENT,
            "“We will open the ports at once,” Best said",
            (AGENCY, BEST),
            object="opening of the ports",
            quote=Quote(mode=QuoteMode.DIRECT, text="We will open the ports at once", speaker="Ilo Best"),
        ),
        told("kelm", "k5", Kind.STATEMENT, "a 10-day port truce. The call lasted", summary="Overlaps two facts."),
    ),
    "post": (
        told("post", "p1", Kind.COMMITMENT, "he had accepted a truce in the ports for 10 days", (OFFICE,), **TRUCE),
        told(
            "post",
            "p2",
            Kind.MEETING,
            "exactly 40 minutes",
            (OFFICE,),
            object="length of the call",
            value=_length("PT40M", Comparator.EXACTLY, "exactly 40 minutes"),
        ),
        told(
            "post",
            "p3",
            Kind.COMMITMENT,
            "“We shall open the ports soon,” Best said",
            (BEST,),
            object="opening of the ports",
            quote=Quote(mode=QuoteMode.DIRECT, text="We shall open the ports soon", speaker="Ilo Best"),
        ),
    ),
    "wire": (
        told("wire", "w1", Kind.AGREEMENT, "Ada Ruun and Ilo Best agreed to a 10-day port truce", (PALACE,), **TRUCE),
        told("wire", "w2", Kind.NO_COMMENT, "Best would not say when ships sail", certainty="CT-"),
    ),
}
REJECTED = Rejected(
    fact=told("wire", "w3", Kind.THREAT, "when ships sail", summary="Best threatened to sail."),
    reason="the evidence has no threat in it",
)


def record(article: str, facts: tuple[Fact, ...], rejected: tuple[Rejected, ...] = ()) -> Record:
    """The record of a sample article."""
    return Record(article=ARTICLES[article].info, facts=facts, rejected=rejected, provenance=PROVENANCE)


def refs(*names: str) -> tuple[FactRef, ...]:
    """References to sample facts: "k1" is fact k1 of article kelm."""
    article = {name[0]: name for name in TEXTS}
    return tuple(FactRef(article=article[name[0]], fact=name) for name in names)


RECORDS = tuple(record(article, facts, (REJECTED,) if article == "wire" else ()) for article, facts in FACTS.items())
CLUSTERS = (
    Cluster(
        id="c1",
        kind=Kind.AGREEMENT,
        label="10-day port truce",
        facts=refs("k1", "w1"),
        sides=("XA",),
        witnesses=(
            Witness(source="Rose Palace", articles=("kelm", "wire"), shared_text="agreed to a 10-day port truce"),
        ),
        rule="same_words",
    ),
    Cluster(
        id="c2",
        kind=Kind.COMMITMENT,
        label="Best accepts the port truce",
        facts=refs("p1"),
        sides=("XB",),
        witnesses=(Witness(source="Office of Ilo Best", articles=("post",)),),
        rule="alone",
    ),
    Cluster(
        id="c3",
        kind=Kind.MEETING,
        label="How long the call lasted",
        facts=refs("k2", "p2"),
        sides=("XB", "press"),
        witnesses=(
            Witness(source="Daily Kelm", articles=("kelm",)),
            Witness(source="Office of Ilo Best", articles=("post",)),
        ),
        rule="same_property",
    ),
    Cluster(
        id="c4",
        kind=Kind.COMMITMENT,
        label="The ports will open",
        facts=refs("k4", "p3"),
        sides=("XA", "XB"),
        witnesses=(Witness(source="Ilo Best", articles=("kelm", "post")),),
        rule="same_object",
        outcome="c1",
    ),
    Cluster(id="c5", kind=Kind.MEETING, label="When the call began", facts=refs("k3"), sides=("press",), rule="alone"),
    Cluster(id="c6", kind=Kind.NO_COMMENT, label="When ships sail", facts=refs("w2"), sides=("press",), rule="alone"),
)
DIVERGENCES = (
    Divergence(
        id="d2",
        type=DivergenceType.QUOTE_DRIFT,
        severity=Severity.LOW,
        facts=refs("k4", "p3"),
        clusters=("c4",),
        detail="Best’s words differ inside the quotation marks",
        rule="quote_words",
        diff=(
            DiffPart(op="same", text="We "),
            DiffPart(op="first", text="will"),
            DiffPart(op="second", text="shall"),
            DiffPart(op="same", text=" open the ports "),
            DiffPart(op="first", text="at once"),
            DiffPart(op="second", text="soon"),
        ),
    ),
    Divergence(
        id="d1",
        type=DivergenceType.VALUE,
        severity=Severity.HIGH,
        facts=refs("k2", "p2"),
        clusters=("c3",),
        detail="The call lasted nearly two hours, or exactly 40 minutes",
        rule="intervals_cannot_meet",
    ),
    Divergence(
        id="d3",
        type=DivergenceType.SILENCE,
        severity=Severity.LOW,
        facts=refs("w2"),
        clusters=("c6",),
        detail="Only in wire",
        rule="one_account",
    ),
)
ACCOUNTS = (
    Account(id="XA/kelm", side="XA", article="kelm", facts=refs("k1", "k4")),
    Account(id="press/kelm", side="press", article="kelm", facts=refs("k2", "k3", "k5")),
    Account(id="XB/post", side="XB", article="post", facts=refs("p1", "p2", "p3")),
    Account(id="XA/wire", side="XA", article="wire", facts=refs("w1")),
    Account(id="press/wire", side="press", article="wire", facts=refs("w2")),
)
EVENT = Event(
    id="e1",
    title="Ada Ruun and Ilo Best speak by phone",
    participants=("Ada Ruun", "Ilo Best"),
    articles=("kelm", "post", "wire"),
    accounts=ACCOUNTS,
    clusters=CLUSTERS,
    divergences=DIVERGENCES,
)
EVENTS = Events(events=(EVENT,))
