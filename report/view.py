"""Records, events and texts in, the page's data out: what the script in the page draws on demand, as plain JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from reconcile.diff import compare
from report.highlights import cut, paragraphs
from report.matrix import columns, parties, sides_of_facts
from report.words import CERTAINTY, DIVERGENCE, FAMILY_OF, SEVERITIES, letters, link_note, side_name, spoken
from schemas import (
    ArticleInfo,
    Cluster,
    DiffPart,
    Divergence,
    DivergenceType,
    Event,
    Events,
    Evidence,
    Fact,
    FactRef,
    Record,
)
from schemas.evidence import CONTEXT

JSON = dict[str, Any]
_NEAR = 0.5


class Index:
    """Where each article and fact stands in the page's lists."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.article = {record.article.id: place for place, record in enumerate(records)}
        self.by_article = [in_order(record.facts) for record in records]
        self.facts = [fact for facts in self.by_article for fact in facts]
        self.first: list[int] = []  # the place of each article's first fact
        self._fact: dict[tuple[str, str], int] = {}
        for record, facts in zip(records, self.by_article, strict=True):
            self.first.append(len(self._fact))
            self._fact.update({(record.article.id, fact.id): self.first[-1] + rank for rank, fact in enumerate(facts)})

    def of(self, refs: Sequence[FactRef]) -> list[int]:
        """The places of the facts that `refs` name, without repeats."""
        return list(dict.fromkeys(self._fact[ref.article, ref.fact] for ref in refs))


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts as they stand in the article, from the first words of each."""
    return sorted(facts, key=lambda fact: min((span.start for span in fact.evidence), default=0))


def page_data(records: Sequence[Record], events: Events, texts: Mapping[str, str]) -> JSON:
    """The object that the page's script reads; the numbers in it are places in its own lists."""
    index = Index(records)
    claim_of = _claim_places(events)
    divergences = sorted(
        ((place, divergence) for place, event in enumerate(events.events) for divergence in event.divergences),
        key=lambda entry: (SEVERITIES.index(entry[1].severity), list(DivergenceType).index(entry[1].type)),
    )
    claims = [
        _claim(place, cluster, parting, index, claim_of)
        for place, event in enumerate(events.events)
        for parting in [_parting(event)]
        for cluster in event.clusters
    ]
    return {
        "articles": [_article(place, record, index, texts) for place, record in enumerate(records)],
        "facts": _facts(records, events, index, claims),
        "claims": claims,
        "divergences": [_divergence(place, entry, index, claim_of) for place, entry in divergences],
        "events": [_event(event, index) for event in events.events],
        "main": main_event(events),
    }


def main_event(events: Events) -> int | None:
    """The place of the event the page opens with: the contact with the most facts; None where there is no event."""
    sizes = [
        (not event.background, sum(len(cluster.facts) for cluster in event.clusters), -place)
        for place, event in enumerate(events.events)
    ]
    return -max(sizes)[2] if sizes else None


def article_name(info: ArticleInfo) -> str:
    """What an article is called where space is short: its outlet, else its id."""
    return info.outlet or f"article {info.id}"


def is_conflict(divergence: Divergence) -> bool:
    """Whether accounts part: one account's silence is no conflict."""
    return divergence.type is not DivergenceType.SILENCE


def _claim_places(events: Events) -> dict[tuple[int, str], int]:
    keys = [(place, cluster.id) for place, event in enumerate(events.events) for cluster in event.clusters]
    return {key: number for number, key in enumerate(keys)}


def _event(event: Event, index: Index) -> JSON:
    return {
        "title": event.title,
        "background": event.background,
        "articles": len(event.articles),
        "columns": [
            {"side": column.side, "sideName": side_name(column.side), "article": index.article[column.article]}
            for column in columns(event)
        ],
    }


def _article(place: int, record: Record, index: Index, texts: Mapping[str, str]) -> JSON:
    info = record.article
    text = texts.get(info.id)
    spans = [
        (span, index.first[place] + rank) for rank, fact in enumerate(index.by_article[place]) for span in fact.evidence
    ]
    return {
        "key": letters(place),
        "id": info.id,
        "name": article_name(info),
        "title": info.title,
        "anchor": info.anchor_date.isoformat() if info.anchor_date else None,
        "chars": info.chars,
        "facts": [index.first[place], len(index.by_article[place])],
        "text": None
        if text is None
        else [
            [[segment.text, *segment.marks] if segment.marks else segment.text for segment in line]
            for line in paragraphs(cut(text, spans))
        ],
        "rejected": [
            {
                "reason": entry.reason,
                "kind": spoken(entry.fact.kind),
                "summary": entry.fact.summary or entry.fact.object,
                "words": _words(entry.fact),
            }
            for entry in record.rejected
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
            rows.append({**place, **_fact(fact)})
    return rows


def _fact(fact: Fact) -> JSON:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "family": FAMILY_OF[fact.kind],
        "summary": fact.summary or fact.object or spoken(fact.kind),
        "object": fact.object,
        "who": ", ".join(actor.name for actor in fact.actor),
        "whom": ", ".join(actor.name for actor in fact.target),
        "chain": [[link.name, link_note(link)] for link in fact.attribution[1:]],
        "certainty": fact.certainty,
        "sure": CERTAINTY[fact.certainty],
        "realis": fact.realis,
        "value": fact.value.as_written if fact.value else None,
        "words": [_in_context(span) for span in fact.evidence],
    }


def _parting(event: Event) -> set[FactRef]:
    return {ref for divergence in event.divergences if is_conflict(divergence) for ref in divergence.facts}


def _in_context(span: Evidence) -> tuple[str, str, str]:
    """The words before, of and after a span; cut at whole words where the context was cut off."""
    before = span.prefix.split(maxsplit=1)[-1] if len(span.prefix) == CONTEXT else span.prefix
    after = span.suffix.rsplit(maxsplit=1)[0] if len(span.suffix) == CONTEXT else span.suffix
    return ("…" if before != span.prefix else "") + before, span.exact, after + ("…" if after != span.suffix else "")


def _claim(
    place: int, cluster: Cluster, parting: set[FactRef], index: Index, claim_of: Mapping[tuple[int, str], int]
) -> JSON:
    return {
        "id": cluster.id,
        "event": place,
        "kind": cluster.kind,
        "family": FAMILY_OF[cluster.kind],
        "label": cluster.label,
        "object": cluster.object,
        "parties": parties(cluster),
        "facts": index.of(cluster.facts),
        "parting": index.of([ref for ref in cluster.facts if ref in parting]),
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
    facts = index.of(divergence.facts)
    first, last = (_words(index.facts[number]) for number in (facts[0], facts[-1]))
    return {
        "id": divergence.id,
        "event": place,
        "type": divergence.type,
        "name": DIVERGENCE[divergence.type],
        "severity": divergence.severity,
        "facts": facts,
        "claims": [claim_of[place, cluster] for cluster in divergence.clusters if (place, cluster) in claim_of],
        "heading": _heading(divergence.type, [index.facts[number] for number in facts]),
        "detail": divergence.detail,
        "rule": divergence.rule,
        "diff": [[part.op, part.text] for part in divergence.diff or _diff(first, last)],
    }


def _heading(kind: DivergenceType, facts: Sequence[Fact]) -> str:
    """What a divergence is about: the values where values part, else the object, else what the first fact says."""
    values = dict.fromkeys(fact.value.as_written for fact in facts if fact.value)
    if kind in {DivergenceType.VALUE, DivergenceType.INTERNAL} and len(values) > 1:
        return " / ".join(values)
    words = next((fact.object for fact in facts if fact.object), facts[0].summary or _words(facts[0]))
    return words[:1].upper() + words[1:]


def _diff(first: str, last: str) -> tuple[DiffPart, ...]:
    """The word diff of two wordings that are near enough: half of the shorter stands in the longer."""
    comparison = compare(first, last)
    return comparison.diff if comparison.differs and comparison.share >= _NEAR else ()


def _words(fact: Fact) -> str:
    return " … ".join(span.exact for span in fact.evidence)
