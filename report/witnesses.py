"""An event in, how many independent witnesses stand behind its claims out."""

from collections import Counter
from dataclasses import dataclass

from schemas import Event

WIDTH = 100


@dataclass(frozen=True)
class Count:
    """How many claims count so many witnesses; `width` is the bar that shows it, of `WIDTH`."""

    witnesses: int
    claims: int
    width: float


@dataclass(frozen=True)
class Hollow:
    """A claim that several articles carry and a single witness stands behind."""

    claim: str
    label: str
    articles: int
    source: str


def counts(event: Event) -> list[Count]:
    """The event's claims by their number of witnesses, ascending."""
    found = Counter(len(cluster.witnesses) for cluster in event.clusters)
    most = max(found.values(), default=1)
    return [Count(number, claims, round(WIDTH * claims / most, 1)) for number, claims in sorted(found.items())]


def widely_carried_from_one(event: Event) -> list[Hollow]:
    """Claims in two or more articles that count one witness, the most widely carried first."""
    hollow = [
        Hollow(cluster.id, cluster.label, len({ref.article for ref in cluster.facts}), cluster.witnesses[0].source)
        for cluster in event.clusters
        if len(cluster.witnesses) == 1
    ]
    return sorted((claim for claim in hollow if claim.articles > 1), key=lambda claim: -claim.articles)
