"""The tellings of one contact in; groups that are one claim out, each with the rule that joined it.

Near-linear: every telling is compared with the few claims found so far that share its stems or a run of its words,
never with all others; a claim is represented by a few exemplars, however many articles repeat it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from reconcile.judging import Judged
from reconcile.likeness import FEWEST_WORDS, Rarity, likeness
from reconcile.properties import contact_property
from reconcile.telling import Telling
from reconcile.words import runs

SAME = 0.5  # a claim takes in what is at least so much like its exemplars on average
BORDERLINE = 0.4  # from here to SAME a judge may be asked
EXEMPLARS = 6
CANDIDATES = 8
COMMON = 40  # a stem that so many claims share does not make two of them neighbours


@dataclass(eq=False)
class Claim:
    """Tellings of one claim. `rules` counts what joined each; `exemplars` are those that stand for all.

    `about_contact` names the property of the contact that the claim is about; nothing else joins such a claim.
    """

    tellings: list[Telling] = field(default_factory=list)
    by_article: dict[str, list[Telling]] = field(default_factory=lambda: defaultdict(list))
    exemplars: list[Telling] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    about_contact: str | None = None

    def add(self, telling: Telling, rule: str) -> bool:
        """Takes in one telling; says whether it became an exemplar."""
        self.tellings.append(telling)
        self.by_article[telling.article.id].append(telling)
        self.rules[rule] += 1
        if len(self.exemplars) == EXEMPLARS or any(_signature(telling) == _signature(e) for e in self.exemplars):
            return False
        self.exemplars.append(telling)
        return True

    @property
    def rule(self) -> str:
        """What joined them, the commonest first."""
        named = sorted(self.rules, key=lambda rule: (-self.rules[rule], rule))
        return "; ".join(rule for rule in named if rule != "alone") or "alone"


def _signature(telling: Telling) -> tuple[object, ...]:
    return telling.kind, telling.about, telling.uttered, telling.actors


def claims(tellings: Sequence[Telling], judged: Judged | None = None) -> list[Claim]:
    """Groups `tellings` into claims, borderline ones as `judged` says. The order of input does not matter."""
    ordered = sorted(tellings, key=lambda t: (-len(set(t.about)), t.about, t.said, t.key))
    rarity = Rarity(ordered)
    index = _Index(rarity)
    for telling in ordered:
        index.place(telling)
    found = _merged(index.claims, rarity)
    return _judged(found, judged) if judged else found


def borderline(found: Sequence[Claim], rarity: Rarity) -> list[tuple[Claim, Claim]]:
    """Pairs of claims that are nearly enough alike to be one, the nearest first."""
    scored = [
        (score, left, right)
        for left, right in neighbours([claim.exemplars for claim in found])
        if (score := _alike(found[left], found[right], rarity)[0]) >= BORDERLINE
    ]
    return [(found[left], found[right]) for _, left, right in sorted(scored, key=lambda item: (-item[0], *item[1:]))]


def _judged(found: list[Claim], judged: Judged) -> list[Claim]:
    """The claims, with those pairs made one that the judge called one."""
    homes = {min(t.key for t in claim.tellings): claim for claim in found}
    for pair in sorted(judged.same, key=sorted):
        one, two = (homes.get(key) for key in sorted(pair))
        if one is None or two is None or one is two:
            continue
        for telling in two.tellings:
            one.add(telling, f"judged one by {judged.model}")
        homes = {key: one if claim is two else claim for key, claim in homes.items()}
    return list(dict.fromkeys(homes.values()))


class _Index:
    """Claims found so far, by property of the contact, by stem and by words in a row."""

    def __init__(self, rarity: Rarity) -> None:
        self.claims: list[Claim] = []
        self._rarity = rarity
        self._by_property: dict[str, int] = {}
        self._by_mark: dict[str | tuple[str, ...], set[int]] = defaultdict(set)

    def place(self, telling: Telling) -> None:
        """Adds the telling to the claim most like it, or opens one."""
        name = contact_property(telling)
        if name is not None:
            place = self._by_property.setdefault(name, len(self.claims))
            self._add(place, telling, f"contact: {name}")
            self.claims[place].about_contact = name
            return
        best = max(
            ((*_fit(telling, self.claims[at], self._rarity), at) for at in self._candidates(telling)),
            key=lambda found: (found[0], -found[2]),
            default=None,
        )
        if best and best[0] >= SAME:
            self._add(best[2], telling, best[1])
        else:
            self._add(len(self.claims), telling, "alone")

    def _add(self, place: int, telling: Telling, rule: str) -> None:
        if place == len(self.claims):
            self.claims.append(Claim())
        if self.claims[place].add(telling, rule):
            for mark in _marks(telling):
                self._by_mark[mark].add(place)

    def _candidates(self, telling: Telling) -> list[int]:
        """The claims whose exemplars share most with the telling."""
        shared: dict[int, float] = defaultdict(float)
        for mark in _marks(telling):
            weight = self._rarity.of(mark) if isinstance(mark, str) else 1.0
            for place in self._by_mark[mark]:
                shared[place] += weight
        return sorted(shared, key=lambda place: (-shared[place], place))[:CANDIDATES]


def _marks(telling: Telling) -> list[str | tuple[str, ...]]:
    """What a claim is found by: the stems of its object, and every few words in a row of what was said."""
    return [*sorted(set(telling.about)), *sorted(set(runs(telling.uttered, FEWEST_WORDS)))]


def _fit(telling: Telling, claim: Claim, rarity: Rarity) -> tuple[float, str]:
    """The mean likeness to the claim's exemplars, with the rule of the best; 0 where they cannot be one claim."""
    if claim.about_contact or _told_apart(telling, claim):
        return 0.0, "told apart"
    found = [likeness(telling, exemplar, rarity) for exemplar in claim.exemplars]
    return sum(score for score, _ in found) / len(found), max(found)[1]


def _told_apart(telling: Telling, claim: Claim) -> bool:
    """Whether this very article tells both as two facts of one kind from one source."""
    return any(
        other.kind == telling.kind and other.source == telling.source and other.about != telling.about
        for other in claim.by_article.get(telling.article.id, ())
    )


def shared_articles(left: Claim, right: Claim) -> list[str]:
    """The articles that tell both claims, in order."""
    return sorted(left.by_article.keys() & right.by_article.keys())


def _merged(found: list[Claim], rarity: Rarity) -> list[Claim]:
    """Joins claims that are one after all: their exemplars are alike on average. Best pair first."""
    scored = [
        (*_alike(found[left], found[right], rarity), left, right)
        for left, right in neighbours([claim.exemplars for claim in found])
    ]
    home = list(range(len(found)))
    for score, rule, left, right in sorted(scored, key=lambda item: (-item[0], item[2], item[3])):
        one, two = found[home[left]], found[home[right]]
        if score < SAME or one is two or _alike(one, two, rarity)[0] < SAME:
            continue
        for telling in two.tellings:
            one.add(telling, rule)
        gone = home[right]
        home = [home[left] if place == gone else place for place in home]
    return [found[place] for place in sorted(set(home))]


def neighbours(groups: Sequence[Sequence[Telling]]) -> list[tuple[int, int]]:
    """Pairs of groups whose objects share a stem that at most `COMMON` groups have; in order, each once."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, tellings in enumerate(groups):
        for stem in sorted({stem for telling in tellings for stem in telling.about}):
            places[stem].append(at)
    shared = (found for found in places.values() if len(found) <= COMMON)
    return sorted({pair for found in shared for pair in combinations(found, 2)})


def _alike(left: Claim, right: Claim, rarity: Rarity) -> tuple[float, str]:
    if left.about_contact or right.about_contact:
        return 0.0, "told apart"
    if any(_told_apart(telling, right) for name in shared_articles(left, right) for telling in left.by_article[name]):
        return 0.0, "told apart"
    found = [likeness(one, two, rarity) for one in left.exemplars for two in right.exemplars]
    return sum(score for score, _ in found) / len(found), max(found)[1]
