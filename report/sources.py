"""Records in, a drawing of who relays whom out: primary sources left, relayers between, articles right."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from report.words import letters
from schemas import Events, Record

WIDTH = 1000
_ROW = 38
_TOP = 36
_X = {"source": 262.0, "relayer": 560.0, "article": 800.0}  # names of sources stand left of theirs, of articles right
_MOST_SOURCES = 16
_MOST_RELAYERS = 12
_MOST_ARTICLES = 16

Node = tuple[str, str]  # column ("source", "relayer" or "article") and name


@dataclass(frozen=True)
class Place:
    """A node of the drawing. `count` is how many facts pass through it, `articles` how many articles carry them."""

    column: str
    name: str
    x: float
    y: float
    count: int
    articles: int


@dataclass(frozen=True)
class Curve:
    """A line from a node to the one that relays it, `width` wide; `title` says in words what it shows."""

    path: str
    width: float
    title: str


@dataclass(frozen=True)
class Drawing:
    """The graph, laid out, in units of its own view box of `WIDTH` by `height`; `left_out` counts what did not fit."""

    places: tuple[Place, ...]
    curves: tuple[Curve, ...]
    height: float
    sources: int
    left_out: int


@dataclass(frozen=True)
class Hollow:
    """A claim that several articles carry and a single witness stands behind."""

    event: int
    claim: str
    label: str
    articles: int
    source: str


def widely_carried_from_one(events: Events) -> list[Hollow]:
    """Claims in two or more articles that count one witness, the most widely carried first."""
    hollow = [
        Hollow(
            place, cluster.id, cluster.label, len({ref.article for ref in cluster.facts}), cluster.witnesses[0].source
        )
        for place, event in enumerate(events.events)
        for cluster in event.clusters
        if len(cluster.witnesses) == 1
    ]
    return sorted((claim for claim in hollow if claim.articles > 1), key=lambda claim: -claim.articles)


def witness_counts(events: Events) -> Mapping[int, int]:
    """How many claims count one independent witness, how many two, and so on; ascending."""
    counts = Counter(len(cluster.witnesses) for event in events.events for cluster in event.clusters)
    return dict(sorted(counts.items()))


def draw(records: Sequence[Record]) -> Drawing | None:
    """Lay out the chains of all facts that somebody other than the writer tells; None where there is none."""
    chains = _chains(records)
    if not chains:
        return None
    shown = _shown(chains)
    left_out = sum(not set(chain) <= shown for chain in chains)
    drawn = Counter({chain: count for chain, count in chains.items() if set(chain) <= shown})
    edges: Counter[tuple[Node, Node]] = Counter()
    for chain, count in drawn.items():
        for link in pairwise(chain):
            edges[link] += count
    places = _places(drawn, edges)
    height = max(place.y for place in places.values()) + _ROW
    curves = tuple(_curve(places[start], places[end], count) for (start, end), count in sorted(edges.items()))
    sources = len({chain[0] for chain in chains})
    return Drawing(tuple(places.values()), curves, height, sources, left_out)


def _chains(records: Sequence[Record]) -> Counter[tuple[Node, ...]]:
    """Every distinct chain, innermost first, and how many facts came through it."""
    chains: Counter[tuple[Node, ...]] = Counter()
    for place, record in enumerate(records):
        for fact in record.facts:
            *relayers, source = [link.name for link in fact.attribution[1:]] or [""]
            if source:
                between = [("relayer", name) for name in reversed(relayers) if name != source]
                chains[("source", source), *between, ("article", letters(place))] += 1
    return chains


def _shown(chains: Counter[tuple[Node, ...]]) -> set[Node]:
    weights: dict[str, Counter[Node]] = defaultdict(Counter)
    for chain, count in chains.items():
        for node in chain:
            weights[node[0]][node] += count
    limits = {"source": _MOST_SOURCES, "relayer": _MOST_RELAYERS, "article": _MOST_ARTICLES}
    return {node for column, limit in limits.items() for node, _ in weights[column].most_common(limit)}


def _places(chains: Counter[tuple[Node, ...]], edges: Counter[tuple[Node, Node]]) -> dict[Node, Place]:
    """Articles in their own order, sources by reach, relayers near the middle of what they relay."""
    counts: Counter[Node] = Counter()
    reach: dict[Node, set[Node]] = defaultdict(set)
    for chain, count in chains.items():
        for node in set(chain):
            counts[node] += count
            reach[node].add(chain[-1])
    columns = {name: [node for node in counts if node[0] == name] for name in ("source", "relayer", "article")}
    columns["source"].sort(key=lambda node: (-len(reach[node]), -counts[node], node[1]))
    columns["article"].sort(key=lambda node: (len(node[1]), node[1]))
    rank = {node: place for name in ("source", "article") for place, node in enumerate(columns[name])}
    columns["relayer"].sort(key=lambda node: (_middle(node, edges, rank), node[1]))
    tallest = max(len(nodes) for nodes in columns.values())
    return {
        node: Place(
            column=name,
            name=node[1],
            x=_X[name],
            y=_TOP + (tallest - 1) * _ROW * (place + 0.5) / len(nodes) + _ROW / 2,
            count=counts[node],
            articles=len(reach[node]),
        )
        for name, nodes in columns.items()
        for place, node in enumerate(nodes)
    }


def _middle(node: Node, edges: Counter[tuple[Node, Node]], rank: Mapping[Node, int]) -> float:
    told_by = [rank[start] for start, end in edges if end == node and start in rank]
    return sum(told_by) / len(told_by) if told_by else 0.0


def _curve(start: Place, end: Place, count: int) -> Curve:
    half = (end.x - start.x) / 2 or _ROW
    path = (
        f"M{start.x:.0f},{start.y:.1f} C{start.x + half:.0f},{start.y:.1f} {end.x - half:.0f},{end.y:.1f} "
        f"{end.x:.0f},{end.y:.1f}"
    )
    goal = f"article {end.name}" if end.column == "article" else end.name
    return Curve(path, round(0.75 + 1.1 * sqrt(count), 2), f"{start.name} → {goal}: {count} facts")
