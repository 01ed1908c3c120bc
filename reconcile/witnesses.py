"""The tellings of one claim in; its independent witnesses out.

Two articles are one witness where their chains end in the same primary source, pass through the same relay, or share so
long a run of words that one must have copied the other or both a third.
"""

from collections import defaultdict
from collections.abc import Sequence

from reconcile.telling import Telling
from reconcile.words import runs
from schemas import Witness

COPIED = 9  # words in a row that two writers do not hit upon independently


def witnesses(tellings: Sequence[Telling]) -> tuple[Witness, ...]:
    """The witnesses, best attested first; each with the words its articles share, if they do."""
    ordered = sorted(tellings, key=lambda t: t.key)
    groups = _Groups(len(ordered))
    first: dict[object, int] = {}
    for at, telling in enumerate(ordered):
        for mark in (*_chain_marks(telling), *runs(telling.spoken, COPIED)):
            groups.join(first.setdefault(mark, at), at)
    members: dict[int, list[Telling]] = defaultdict(list)
    for at, telling in enumerate(ordered):
        members[groups.root(at)].append(telling)
    found = [_witness(group) for group in members.values()]
    return tuple(sorted(found, key=lambda w: (-len(w.articles), w.source)))


def _chain_marks(telling: Telling) -> list[tuple[str, str]]:
    """What makes a chain dependent on another: its primary source, if it is told, and every relay."""
    marks = [("relay", name) for name in telling.relays]
    if telling.nameless:
        return marks or [("article", telling.article.id)]
    return [*marks, ("relay", telling.source)]


def _witness(group: list[Telling]) -> Witness:
    sources = sorted({t.source for t in group}, key=lambda s: (-sum(t.source == s for t in group), s))
    articles = tuple(sorted({t.article.id for t in group}))
    return Witness(source=" / ".join(sources), articles=articles, shared_text=_shared(group))


def _shared(group: list[Telling]) -> str | None:
    """The longest run of words that stands in the most articles of the group, in lower case."""
    articles: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for telling in group:
        for shingle in runs(telling.spoken, COPIED):
            articles[shingle].add(telling.article.id)
    most = max((len(where) for where in articles.values()), default=0)
    if most < 2:
        return None
    return _longest({shingle for shingle, where in articles.items() if len(where) == most})


def _longest(shared: set[tuple[str, ...]]) -> str:
    """Shingles that overlap by all but one word, strung together; the longest string."""
    follow = {shingle[:-1]: shingle for shingle in sorted(shared)}
    best: list[str] = []
    preceded = {shingle[1:] for shingle in shared}
    starts = [s for s in sorted(shared) if s[:-1] not in preceded] or sorted(shared)[:1]
    for start in starts:
        run, seen = list(start), {start}
        following = follow.get(start[1:])
        while following and following not in seen:
            run.append(following[-1])
            seen.add(following)
            following = follow.get(following[1:])
        best = max(best, run, key=len)
    return " ".join(best)


class _Groups:
    """Disjoint sets of positions."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, at: int) -> int:
        """The smallest position joined with `at`."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, left: int, right: int) -> None:
        """Makes one set of two."""
        low, high = sorted((self.root(left), self.root(right)))
        self._parent[high] = low
