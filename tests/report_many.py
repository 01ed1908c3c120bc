"""Numbers of articles and facts in, a large event on an invented call out: for pages that must stay bounded."""

from schemas import (
    Account,
    Article,
    Cluster,
    Divergence,
    DivergenceType,
    Event,
    Events,
    Evidence,
    Fact,
    FactRef,
    Kind,
    Record,
    Severity,
    Witness,
)
from tests.report_sample import PALACE, PROVENANCE, WRITER


def many(articles: int, facts_each: int) -> tuple[tuple[Record, ...], Events, dict[str, str]]:
    """A large page: every article tells `facts_each` facts of its own, one line of text each."""
    lines = [f"Ruun raised point {number} of the long list with Best." for number in range(facts_each)]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(facts_each)]
    facts = tuple(
        Fact(
            id=f"f{number}",
            kind=Kind.TOPIC,
            object=f"point {number}",
            attribution=(WRITER, PALACE),
            evidence=(Evidence.of(text, start, start + len(lines[number])),),
        )
        for number, start in enumerate(starts)
    )
    names = [f"article-{number}" for number in range(articles)]
    records = tuple(
        Record(article=Article(id=name, text=text).info, facts=facts, provenance=PROVENANCE) for name in names
    )
    clusters = tuple(
        Cluster(
            id=f"{name}-{fact.id}",
            kind=Kind.TOPIC,
            label=f"{name} tells of {fact.object}",
            facts=(FactRef(article=name, fact=fact.id),),
            sides=("XA",),
            witnesses=(Witness(source="Rose Palace", articles=(name,)),),
            rule="alone",
        )
        for name in names
        for fact in facts
    )
    divergences = tuple(
        Divergence(
            id=f"d-{cluster.id}",
            type=DivergenceType.SCOPE if number % 2 else DivergenceType.SILENCE,
            severity=Severity.MEDIUM,
            facts=cluster.facts,
            clusters=(cluster.id,),
            detail=f"Told otherwise: {cluster.label}",
            rule="sample",
        )
        for number, cluster in enumerate(clusters)
    )
    accounts = tuple(
        Account(id=f"XA/{name}", side="XA", article=name, facts=tuple(FactRef(article=name, fact=f.id) for f in facts))
        for name in names
    )
    event = Event(
        id="long",
        title="A long call",
        articles=tuple(names),
        accounts=accounts,
        clusters=clusters,
        divergences=divergences,
    )
    return records, Events(events=(event,)), dict.fromkeys(names, text)
