"""Records and events in, the figures and sentences of the page's head and foot out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any

from report.sides import is_conflict, parties
from report.words import SEVERITIES, counted
from schemas import Event, Provenance, Record, Severity

_STRATEGIES = frozenset({"whole", "windows", "rules"})
NO_EVENT = Event(id="", title="No event found")


@dataclass(frozen=True)
class Headline:
    """The page's head: the event the page opens with, and how much there is of what."""

    title: str
    standfirst: str
    articles: int
    facts: int
    rejected: int
    claims: int
    severities: Mapping[Severity, int]
    models: tuple[str, ...]
    cost: str
    other_events: int


@dataclass(frozen=True)
class Origin:
    """One way in which articles were read; the fields are those of `schemas.Provenance`."""

    model: str
    endpoint_host: str | None
    strategy: str
    prompt_digest: str | None
    schema_digest: str
    tool_version: str

    @property
    def command(self) -> str | None:
        """What reads articles so, safe to paste into a shell; None where no command of ours did."""
        if self.strategy not in _STRATEGIES:
            return None
        return f"readouts extract INPUT -o DIR -m {quote(self.model)} --strategy {self.strategy}"


def headline(records: Sequence[Record], event: Event, events: int) -> Headline:
    """Figures of all records and of the event that the page opens with, one of `events`."""
    conflicts = Counter(divergence.severity for divergence in event.divergences if is_conflict(divergence))
    return Headline(
        title=event.title,
        standfirst=_standfirst(event, sum(conflicts.values())),
        articles=len(records),
        facts=sum(len(record.facts) for record in records),
        rejected=sum(len(record.rejected) for record in records),
        claims=len(event.clusters),
        severities={severity: conflicts[severity] for severity in SEVERITIES},
        models=tuple(dict.fromkeys(record.provenance.model for record in records)),
        cost=cost(records),
        other_events=max(0, events - 1),
    )


def _standfirst(event: Event, conflicts: int) -> str:
    carried = [len({ref.article for ref in cluster.facts}) for cluster in event.clusters]
    everywhere = sum(count == len(event.articles) for count in carried) if len(event.articles) > 1 else 0
    alone = sum(count == 1 for count in carried)
    one_side = sum(len(parties(cluster)) == 1 for cluster in event.clusters)
    return (
        f"Of {counted(len(carried), 'claim')}, {everywhere} stand in every article and {alone} in one alone; "
        f"{one_side} come from one side only. The accounts part in {counted(conflicts, 'place')}."
    )


def cost(records: Sequence[Record]) -> str:
    """What all answers cost together; "unknown" as soon as one of them has no known price."""
    costs = [record.provenance.cost_usd for record in records]
    if any(amount is None for amount in costs):
        return "unknown"
    return f"${sum(amount or 0.0 for amount in costs):.2f}"


def origins(records: Sequence[Record]) -> list[tuple[Origin, int]]:
    """The distinct ways in which the articles were read and how many were read so, the most frequent first."""
    return Counter(_origin(record.provenance) for record in records).most_common()


def _origin(provenance: Provenance) -> Origin:
    return Origin(**provenance.model_dump(exclude={"usage", "cost_usd"}))


def run_date(run: Mapping[str, Any]) -> str | None:
    """When the articles were read, as the run file says; None where it does not."""
    moment = run.get("ended") or run.get("started")
    return str(moment) if moment else None
