"""Records in, a drawing of who relays whom out: primary sources left, relayers between, articles right."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from report.sides import NO_SIDE, sides_of_facts
from report.words import counted, letters, side_name
from schemas import Events, FactRef, Record

WIDTH = 1000
_ROW = 38
_TOP = 12
_X = {"source": 262.0, "relayer": 560.0, "article": 800.0}  # names of sources stand left of theirs, of articles right
_MOST_SOURCES = 14
_MOST_RELAYERS = 12
_MOST_ARTICLES = 16

_MOST_SIDES = 4

Node = tuple[str, str]  # column ("source", "relayer" or "article") and name
Chain = tuple[Node, ...]  # from the primary source to the article
Link = tuple[Node, Node]


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
    """A line from a node to the one that relays it, `width` wide; `title` says in words what it shows.

    `side` is the place of the side that most of these facts are told from in the drawing's `sides`, from 1; 0 is none.
    """

    path: str
    width: float
    side: int
    title: str


@dataclass(frozen=True)
class Drawing:
    """The graph, laid out, in units of its own view box of `WIDTH` by `height`; `left_out` counts what did not fit."""

    places: tuple[Place, ...]
    curves: tuple[Curve, ...]
    sides: tuple[str, ...]
    height: float
    sources: int
    left_out: int


def draw(records: Sequence[Record], events: Events) -> Drawing | None:
    """Lay out the chains of all facts that somebody other than the writer tells; None where there is none."""
    told = _told(records, events)
    if not told:
        return None
    chains = Counter(chain for chain, _ in told)
    shown = _shown(chains)
    drawn = Counter({chain: count for chain, count in chains.items() if set(chain) <= shown})
    places = _places(drawn)
    sides = [side for side, _ in Counter(side for _, side in told if side not in NO_SIDE).most_common(_MOST_SIDES)]
    return Drawing(
        places=tuple(places.values()),
        curves=tuple(
            _curve(places[start], places[end], of, sides) for (start, end), of in _links(told, set(drawn)).items()
        ),
        sides=tuple(side_name(side) for side in sides),
        height=max(place.y for place in places.values()) + _ROW,
        sources=len({chain[0] for chain in chains}),
        left_out=len(chains) - len(drawn),
    )


def _told(records: Sequence[Record], events: Events) -> list[tuple[Chain, str]]:
    """The chain of every fact that has one, innermost first, and the side it is told from ("other" where unknown)."""
    sides = sides_of_facts(events.events)
    told: list[tuple[Chain, str]] = []
    for place, record in enumerate(records):
        for fact in record.facts:
            *relayers, source = [link.name for link in fact.attribution[1:]] or [""]
            if source:
                between = [("relayer", name) for name in dict.fromkeys(reversed(relayers)) if name != source]
                side = sides.get(FactRef(article=record.article.id, fact=fact.id), "other")
                told.append(((("source", source), *between, ("article", letters(place))), side))
    return told


def _links(told: Iterable[tuple[Chain, str]], drawn: Container[Chain]) -> dict[Link, Counter[str]]:
    """How many facts of each side pass from one node to the next."""
    links: dict[Link, Counter[str]] = defaultdict(Counter)
    for chain, side in told:
        if chain in drawn:
            for link in pairwise(chain):
                links[link][side] += 1
    return dict(sorted(links.items()))


def _shown(chains: Counter[Chain]) -> set[Node]:
    weights: dict[str, Counter[Node]] = defaultdict(Counter)
    for chain, count in chains.items():
        for node in chain:
            weights[node[0]][node] += count
    limits = {"source": _MOST_SOURCES, "relayer": _MOST_RELAYERS, "article": _MOST_ARTICLES}
    return {node for column, limit in limits.items() for node, _ in weights[column].most_common(limit)}


def _places(chains: Counter[Chain]) -> dict[Node, Place]:
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
    columns["relayer"].sort(key=lambda node: (_middle(node, chains, rank), node[1]))
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


def _middle(node: Node, chains: Iterable[Chain], rank: Mapping[Node, int]) -> float:
    """The mean rank of the sources that a relayer relays."""
    ranks = [rank[chain[0]] for chain in chains if node in chain]
    return sum(ranks) / len(ranks)


def _curve(start: Place, end: Place, of: Counter[str], sides: Sequence[str]) -> Curve:
    half = (end.x - start.x) / 2 or _ROW
    path = (
        f"M{start.x:.0f},{start.y:.1f} C{start.x + half:.0f},{start.y:.1f} {end.x - half:.0f},{end.y:.1f} "
        f"{end.x:.0f},{end.y:.1f}"
    )
    side = max(of, key=lambda name: (of[name], name))
    goal = f"article {end.name}" if end.column == "article" else end.name
    return Curve(
        path=path,
        width=round(0.75 + 1.1 * sqrt(of.total()), 2),
        side=sides.index(side) + 1 if side in sides else 0,
        title=f"{start.name} to {goal}: {counted(of.total(), 'fact')}",
    )
