"""An invented article with hand labels, and every degenerate way to answer it: what the tests of the scorer share."""

from collections.abc import Callable, Sequence
from typing import Any

from evals.gold_files import Labelled
from evals.metrics import RunScore
from evals.runs import Recorded, score_run
from schemas import (
    Actor,
    Article,
    Comparator,
    Evidence,
    Fact,
    GoldArticle,
    GoldArticleRef,
    GoldFact,
    Kind,
    Provenance,
    Quote,
    QuoteMode,
    Record,
    SourceLink,
    SourceRole,
    SourceType,
    Value,
    ValueType,
)

TEXT = """\
📞 Rose Palace said Ada Ruun and Ilo Best had agreed to a 10-day port truce in
a call on Monday that ran for nearly an hour.
Best “has no quarrel with fishermen,” Tam Oro, his spokesman, told NPA, but would not say if the navy was on its way.
Norvania ordered its fleet to turn back at once, the Rose Palace readout said.
Ostria demanded that Kelm open the canal before any talks, according to NPA.
“Nobody has promised us anything,” Kelm’s envoy Mara Tolv said in an address. She accused Norvania of stalling.
Analysts doubt that the truce will last a week. The river war began in May 2028, when Ostria closed the canal.
Ruun is expected to visit Port Norvan at least twice this spring, a person briefed on the call told NPA.
Kelm refused to pay the 40 crowns a ship that Ostria asked for.
Grain prices fell by a tenth in the markets of the delta after the call, traders said.
"""

ADA, ILO, TAM = ("Ada Ruun", "XN"), ("Ilo Best", "XO"), ("Tam Oro", "XO")
NORVANIA, OSTRIA, KELM = ("Norvania", "XN"), ("Ostria", "XO"), ("Kelm", "XK")
WRITER = SourceLink(name="article", type=SourceType.WRITER, role=SourceRole.PUBLISHER)


def link(name: str, type_: SourceType = SourceType.OFFICE, **more: Any) -> SourceLink:
    """A link of a chain, by default an office that speaks."""
    return SourceLink(name=name, type=type_, **{"role": SourceRole.SPEAKER, **more})


PALACE, NPA = link("Rose Palace"), link("NPA", SourceType.AGENCY, role=SourceRole.RELAYER)


def span(exact: str, text: str = TEXT) -> Evidence:
    """The first place of these words in the article."""
    start = text.index(exact)
    return Evidence.of(text, start, start + len(exact))


def gold_fact(  # noqa: PLR0917 - a table of labels reads best as one line a fact
    id_: str,
    kind: Kind,
    actors: Sequence[tuple[str, str]],
    object_: str,
    exact: str,
    chain: Sequence[SourceLink] = (),
    **more: Any,
) -> GoldFact:
    """One labelled fact; the summary is made of its parts."""
    return GoldFact(
        id=id_,
        kind=kind,
        actor=tuple(Actor(name=name, as_written=name, country=country) for name, country in actors),
        object=object_,
        summary=f"{' and '.join(name for name, _ in actors)}: {kind.replace('_', ' ')}, {object_}.",
        attribution=(WRITER, *chain),
        evidence=(span(exact),),
        **more,
    )


def _value(type_: ValueType, iso: str, as_written: str, comparator: Comparator = Comparator.EXACTLY) -> Value:
    return Value(type=type_, iso=iso, as_written=as_written, comparator=comparator)


GOLD = GoldArticle(
    article=GoldArticleRef(id="truce", sha256=Article(id="truce", text=TEXT).info.sha256),
    annotator="test",
    facts=(
        gold_fact(
            *("f1", Kind.AGREEMENT, [ADA, ILO], "10-day port truce"),
            "Rose Palace said Ada Ruun and Ilo Best had agreed to a 10-day port truce",
            [PALACE],
            value=_value(ValueType.DURATION, "P10D", "10-day"),
            alternatives=((span("agreed to a 10-day port truce"),),),
        ),
        gold_fact("f2", Kind.MEETING, [ADA, ILO], "call of Ruun and Best: day", "a call on Monday"),
        gold_fact(
            *("f3", Kind.MEETING, [ADA, ILO], "call of Ruun and Best: duration", "ran for nearly an hour"),
            value=_value(ValueType.DURATION, "PT1H", "nearly an hour", Comparator.NEARLY),
        ),
        gold_fact(
            *("f4", Kind.STATEMENT, [ILO], "no quarrel with fishermen", "Best “has no quarrel with fishermen"),
            [NPA, link("Tam Oro", SourceType.PERSON, role=SourceRole.SPOKESPERSON, on_behalf_of="Ilo Best")],
            quote=Quote(mode=QuoteMode.MIXED, text="has no quarrel with fishermen", speaker="Tam Oro"),
        ),
        gold_fact(
            *("f5", Kind.NO_COMMENT, [TAM], "whether the navy is on its way home"),
            "would not say if the navy was on its way",
        ),
        gold_fact(
            *("f6", Kind.DIRECTIVE, [NORVANIA], "fleet to turn back at once"),
            "Norvania ordered its fleet to turn back at once",
            [PALACE],
        ),
        gold_fact(
            *("f7", Kind.CONDITION, [OSTRIA], "opening of the canal before any talks"),
            "Ostria demanded that Kelm open the canal before any talks, according to NPA",
            [link("NPA", SourceType.AGENCY)],
            target=(Actor(name="Kelm", as_written="Kelm", country="XK"),),
        ),
        gold_fact(
            *("f8", Kind.STATEMENT, [("Mara Tolv", "XK")], "no promises so far"),
            "Nobody has promised us anything",
            [link("Mara Tolv", SourceType.PERSON)],
            quote=Quote(mode=QuoteMode.DIRECT, text="Nobody has promised us anything", speaker="Mara Tolv"),
        ),
        gold_fact(
            *("f9", Kind.ACCUSATION, [("Mara Tolv", "XK")], "stalling by Norvania", "She accused Norvania of stalling"),
            [link("Mara Tolv", SourceType.PERSON)],
        ),
        gold_fact(
            *("f10", Kind.ASSESSMENT, [("analysts", "XK")], "truce not expected to last a week"),
            "Analysts doubt that the truce will last a week",
            [link("analysts", SourceType.ANONYMOUS)],
            optional=True,
        ),
        gold_fact(
            *("f11", Kind.BACKGROUND_EVENT, [OSTRIA], "beginning of the river war"),
            "The river war began in May 2028",
            value=_value(ValueType.DATE, "2028-05", "May 2028"),
        ),
        gold_fact(
            *("f12", Kind.EXPECTATION, [ADA], "visits to Port Norvan this spring"),
            "Ruun is expected to visit Port Norvan at least twice this spring",
            [NPA, link("person briefed on the call", SourceType.ANONYMOUS)],
            value=_value(ValueType.NUMBER, "2", "at least twice", Comparator.AT_LEAST),
        ),
        gold_fact(
            *("f13", Kind.REFUSAL, [KELM], "payment of 40 crowns a ship", "Kelm refused to pay the 40 crowns a ship"),
            value=_value(ValueType.NUMBER, "40", "40 crowns"),
        ),
    ),
)
ARTICLE = Article(id="truce", text=TEXT)
LABELLED = Labelled(GOLD, ARTICLE)
_PROVENANCE = Provenance(
    model="test", endpoint_host=None, strategy="test", prompt_digest=None, schema_digest="", tool_version="0"
)


def as_fact(gold: GoldFact, **changes: Any) -> Fact:
    """The labelled fact as an extraction would give it."""
    kept = {name: getattr(gold, name) for name in Fact.model_fields}
    return Fact.model_validate({**kept, **changes})


def perfect(gold: GoldArticle = GOLD) -> list[Fact]:
    """What an extraction without a fault gives."""
    return [as_fact(fact) for fact in gold.facts]


def record(facts: Sequence[Fact], article: Article = ARTICLE, **more: Any) -> Record:
    """A record of these facts."""
    return Record(article=article.info, facts=tuple(facts), provenance=_PROVENANCE, **more)


def scored(facts: Sequence[Fact], labelled: Labelled = LABELLED) -> RunScore:
    """One article's run, scored."""
    return score_run(Recorded("test", (record(facts, labelled.article),)), [labelled])


def _sentences(text: str) -> list[tuple[int, int]]:
    from extract.reading.segment import sentences  # noqa: PLC0415

    return [(one.start, one.end) for one in sentences(text)]


def every_sentence(labelled: Labelled) -> list[Fact]:
    """Every sentence a fact, in its own words."""
    text = labelled.article.text
    return [
        Fact(
            id=f"s{i}",
            kind=Kind.STATEMENT,
            object=text[start:end],
            summary=text[start:end],
            attribution=(WRITER,),
            evidence=(Evidence.of(text, start, end),),
        )
        for i, (start, end) in enumerate(_sentences(text))
    ]


def five_times(labelled: Labelled) -> list[Fact]:
    """Each fact five times."""
    return [fact.model_copy(update={"id": f"{fact.id}-{i}"}) for fact in perfect(labelled.gold) for i in range(5)]


def kinds_shuffled(labelled: Labelled) -> list[Fact]:
    """Each fact with the next kind of the list."""
    kinds = list(Kind)
    return [
        fact.model_copy(update={"kind": kinds[(kinds.index(fact.kind) + 1) % len(kinds)]})
        for fact in perfect(labelled.gold)
    ]


def sources_swapped(labelled: Labelled) -> list[Fact]:
    """What has a source is told by the writer, what the writer tells has a source."""
    return [
        fact.model_copy(
            update={"attribution": (WRITER,) if len(fact.attribution) > 1 else (WRITER, link("Daily Kelm"))}
        )
        for fact in perfect(labelled.gold)
    ]


def whole_article(labelled: Labelled) -> list[Fact]:
    """Each fact with the whole article as its evidence."""
    text = labelled.article.text
    return [as_fact(fact, evidence=(Evidence.of(text, 0, len(text)),)) for fact in labelled.gold.facts]


def all_null(labelled: Labelled) -> list[Fact]:
    """As many facts as there are, with nothing in them but the right evidence."""
    return [
        Fact(id=fact.id, kind=Kind.STATEMENT, attribution=(WRITER,), evidence=fact.evidence)
        for fact in labelled.gold.facts
    ]


def nothing(labelled: Labelled) -> list[Fact]:
    """No fact at all."""
    return []


Answer = Callable[[Labelled], list[Fact]]
