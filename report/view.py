"""Records, events and texts in, the page's data out: what the script in the page draws on demand, as plain JSON."""

from collections.abc import Iterator, Mapping, Sequence

from reconcile.diff import compare
from reconcile.matrix import State, matrix
from report.articles import JSON, article_data, fact_data, words_of
from report.index import Index
from report.sides import parties, parts_cells, sides_of_facts
from report.words import DIVERGENCE, FAMILY_OF, SEVERITIES, side_name
from schemas import Account, Cluster, DiffPart, Divergence, DivergenceType, Event, Events, Fact, FactRef, Record

_Cell = tuple[int, State, list[int]]
_NEAR = 0.5
_SHOWN_BY_WORDS = frozenset({DivergenceType.VALUE, DivergenceType.QUOTE_DRIFT})  # the wordings say what the detail does


def page_data(records: Sequence[Record], events: Events, texts: Mapping[str, str]) -> JSON:
    """The object that the page's script reads; the numbers in it are places in its own lists."""
    index = Index(records)
    claim_of = _claim_places(events)
    divergences = sorted(
        ((place, divergence) for place, event in enumerate(events.events) for divergence in event.divergences),
        key=lambda entry: (SEVERITIES.index(entry[1].severity), list(DivergenceType).index(entry[1].type)),
    )
    columns = [matrix(event.model_copy(update={"clusters": ()})).accounts for event in events.events]
    claims = [
        {**_claim(place, cluster, index, claim_of), "cells": cells}
        for place, event in enumerate(events.events)
        for cluster, cells in _cells(event, columns[place], index)
    ]
    return {
        "articles": [
            article_data(place, index.first[place], record, index.by_article[place], texts.get(record.article.id))
            for place, record in enumerate(records)
        ],
        "facts": _facts(records, events, index, claims),
        "claims": claims,
        "divergences": [_divergence(place, entry, index, claim_of) for place, entry in divergences],
        "events": [_event(event, found, index) for event, found in zip(events.events, columns, strict=True)],
        "main": main_event(events),
    }


def main_event(events: Events) -> int | None:
    """The place of the event the page opens with: the contact with the most facts; None where there is no event."""
    sizes = [
        (not event.background, sum(len(cluster.facts) for cluster in event.clusters), -place)
        for place, event in enumerate(events.events)
    ]
    return -max(sizes)[2] if sizes else None


def _claim_places(events: Events) -> dict[tuple[int, str], int]:
    keys = [(place, cluster.id) for place, event in enumerate(events.events) for cluster in event.clusters]
    return {key: number for number, key in enumerate(keys)}


def _event(event: Event, columns: Sequence[Account], index: Index) -> JSON:
    return {
        "title": event.title,
        "background": event.background,
        "articles": len(event.articles),
        "columns": [
            {"side": account.side, "sideName": side_name(account.side), "article": index.article[account.article]}
            for account in columns
        ],
    }


def _facts(records: Sequence[Record], events: Events, index: Index, claims: Sequence[JSON]) -> list[JSON]:
    claimed: dict[int, list[int]] = {}
    for number, claim in enumerate(claims):
        for place in claim["facts"]:
            claimed.setdefault(place, []).append(number)
    sides = sides_of_facts(events.events)
    rows: list[JSON] = []
    for article, (record, facts) in enumerate(zip(records, index.by_article, strict=True)):
        for rank, fact in enumerate(facts):
            side = sides.get(FactRef(article=record.article.id, fact=fact.id))
            place = {"article": article, "number": rank + 1, "side": side, "claims": claimed.get(len(rows), [])}
            rows.append({**place, **fact_data(fact)})
    return rows


def _cells(event: Event, columns: Sequence[Account], index: Index) -> Iterator[tuple[Cluster, list[_Cell]]]:
    """The cells that are not silent, claim by claim: the column, the state, the facts.

    The states are those of `reconcile.matrix`, whose silent cells are left out: of thousands of claims by hundreds of
    accounts nearly all are silent.
    """
    home = {ref: place for place, account in enumerate(columns) for ref in account.facts}
    parted = {ref for found in event.divergences if parts_cells(found) for ref in found.facts}
    for cluster in event.clusters:
        told: dict[int, list[FactRef]] = {}
        for ref in cluster.facts:
            told.setdefault(home[ref], []).append(ref)
        yield (
            cluster,
            [
                (place, State.AGREE if parted.isdisjoint(refs) else State.DIFFERS, index.of(refs))
                for place, refs in sorted(told.items())
            ],
        )


def _claim(place: int, cluster: Cluster, index: Index, claim_of: Mapping[tuple[int, str], int]) -> JSON:
    return {
        "id": cluster.id,
        "event": place,
        "kind": cluster.kind,
        "family": FAMILY_OF[cluster.kind],
        "label": cluster.label,
        "object": cluster.object,
        "parties": parties(cluster),
        "facts": index.of(cluster.facts),
        "witnesses": [
            {
                "source": witness.source,
                "articles": [index.article[article] for article in witness.articles if article in index.article],
                "shared": witness.shared_text,
            }
            for witness in cluster.witnesses
        ],
        "rule": cluster.rule,
        "outcome": claim_of.get((place, cluster.outcome)) if cluster.outcome else None,
    }


def _divergence(place: int, divergence: Divergence, index: Index, claim_of: Mapping[tuple[int, str], int]) -> JSON:
    readings = [index.of(reading) for reading in divergence.readings] or [[fact] for fact in index.of(divergence.facts)]
    facts = index.of(divergence.facts)
    first, last = (words_of(index.facts[number]) for number in (facts[0], facts[-1]))
    return {
        "id": divergence.id,
        "event": place,
        "type": divergence.type,
        "name": DIVERGENCE[divergence.type],
        "severity": divergence.severity,
        "facts": facts,
        "readings": readings,
        "claims": [claim_of[place, cluster] for cluster in divergence.clusters if (place, cluster) in claim_of],
        "heading": _heading(divergence.type, [index.facts[reading[0]] for reading in readings]),
        "detail": "" if divergence.type in _SHOWN_BY_WORDS else divergence.detail,
        "rule": divergence.rule,
        "diff": [[part.op, part.text] for part in divergence.diff or _diff(first, last)],
    }


def _heading(kind: DivergenceType, readings: Sequence[Fact]) -> str:
    """What a divergence is about: the values where values part, else the object, else what the first fact says."""
    values = dict.fromkeys(fact.value.as_written for fact in readings if fact.value)
    if kind in {DivergenceType.VALUE, DivergenceType.INTERNAL} and len(values) > 1:
        return " / ".join(values)
    words = next((fact.object for fact in readings if fact.object), readings[0].summary or words_of(readings[0]))
    return words[:1].upper() + words[1:]


def _diff(first: str, last: str) -> tuple[DiffPart, ...]:
    """The word diff of two wordings that are near enough: half of the shorter stands in the longer."""
    comparison = compare(first, last)
    return comparison.diff if comparison.differs and comparison.share >= _NEAR else ()
