"""The names that all records use in, one canonical name and one side for each out.

Countries and offices resolve through the shipped alias table; people only through what the articles themselves say: a
surname stands for the one full name that ends in it, and spellings that differ by a letter or two are one person.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extract.reading.gazetteer import Entry, gazetteer
from schemas import Record, SourceLink, SourceType

PRESS = "press"
OTHER = "other"
SAME_SPELLING = 80.0
_PRESS_TYPES = frozenset({SourceType.WRITER, SourceType.OUTLET, SourceType.AGENCY})


def folded(name: str) -> str:
    """A name for comparison: lower case, no accents, no full stops, no article before it."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.casefold().replace(".", "").removeprefix("the ").split())


@dataclass(frozen=True)
class Names:
    """`canonical` maps each folded name to the name shown; `countries` each canonical name to its country's code."""

    canonical: dict[str, str]
    countries: dict[str, str]

    def of(self, name: str) -> str:
        """The canonical name."""
        return self.canonical.get(folded(name), name)

    def country(self, name: str) -> str | None:
        """The country that bears or is stood for by `name`: from the records, else from the alias table."""
        shown = self.of(name)
        return self.countries.get(shown) or _mentioned_country(shown)

    def side(self, link: SourceLink) -> str:
        """Whose account a source gives: a country's code, PRESS or OTHER."""
        if link.type in _PRESS_TYPES:
            return PRESS
        told = [self.of(name) for name in (link.name, link.on_behalf_of) if name]
        known = (self.countries.get(name) for name in told)
        described = (_mentioned_country(name) for name in reversed(told))
        return next((country for country in (*known, *described) if country), OTHER)


def is_person(name: str) -> bool:
    """Whether a name can be a person's: capitalised words alone, none of which names a country or an office."""
    words = name.split()
    return bool(words) and all(word[:1].isupper() for word in words) and _entry(name) is None and not _countries(words)


def _entry(name: str) -> Entry | None:
    plain = name.removeprefix("the ").removeprefix("The ")
    return gazetteer().get(plain) or gazetteer().get(plain.replace(".", ""))


def _mentioned_country(name: str) -> str | None:
    """The country in a description such as "Norvanian officials": the only one that its words name."""
    found = _countries(name.split())
    return found.pop() if len(found) == 1 else None


def _countries(words: list[str]) -> set[str]:
    found = set()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            entry = _entry(" ".join(words[start:end]).strip(",;").removesuffix("’s").removesuffix("'s"))
            if entry and entry.country:
                found.add(entry.country)
                break
    return found


def names_of(records: Iterable[Record]) -> Names:
    """What the names in `records` stand for. The order of the records does not matter."""
    uses: Counter[str] = Counter()
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for name, country in _named(records):
        uses[name] += 1
        if country:
            homes[name][country] += 1
    canonical = _canonical(uses)
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    for name, homes_of_name in homes.items():
        countries[canonical[folded(name)]].update(homes_of_name)
    return Names(canonical, {name: _commonest(found) for name, found in countries.items()})


def _named(records: Iterable[Record]) -> Iterator[tuple[str, str | None]]:
    for record in records:
        for fact in record.facts:
            for actor in (*fact.actor, *fact.target):
                yield actor.name, actor.country
            for link in fact.attribution:
                if link.type != SourceType.WRITER:
                    yield link.name, None
                    if link.on_behalf_of:
                        yield link.on_behalf_of, None


def _commonest(found: Counter[str]) -> str:
    return min(found, key=lambda name: (-found[name], name))


def _canonical(uses: Counter[str]) -> dict[str, str]:
    """Folded name -> name shown: the alias table's, else the commonest spelling of the fullest form."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in uses.items():
        entry = _entry(name)
        known = entry is not None and entry.form != "demonym"
        groups[folded(entry.name if entry and known else name)][entry.name if entry and known else name] += count
    shown = {key: _commonest(found) for key, found in groups.items()}
    leader = _same_person({key: sum(groups[key].values()) for key in shown})
    result = {key: shown[leader[key]] for key in shown}
    return {folded(name): result[_group_key(name)] for name in uses} | result


def _group_key(name: str) -> str:
    entry = _entry(name)
    return folded(entry.name if entry and entry.form != "demonym" else name)


def _same_person(weights: dict[str, int]) -> dict[str, str]:
    """Each folded name -> the one that stands for it; near spellings and lone surnames join the fullest common name."""
    leader = {name: name for name in weights}
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(weights, key=lambda n: (-weights[n], n)):
        parts = name.split()
        if len(parts) < 2:
            continue
        block = blocks[parts[0][0], parts[-1][0]]
        twin = next((other for other in block if _near(parts, other.split())), None)
        if twin:
            leader[name] = twin
        else:
            block.append(name)
    surnames: dict[str, set[str]] = defaultdict(set)
    for name, full in leader.items():
        if len(name.split()) in (2, 3):
            surnames[name.split()[-1]].add(full)
    lone = {name: found for name, found in surnames.items() if name in leader and len(found) == 1}
    return leader | {name: next(iter(found)) for name, found in lone.items()}


def _near(left: list[str], right: list[str]) -> bool:
    """The same person spelt otherwise: first and last names both near, every other word the same or left out."""
    if len(left) > 4 or len(right) > 4:
        return False
    if left[-1] == right[-1] and left[0] == right[0]:
        return len(left) == len(right) == 2 or left[1:-1] == right[1:-1] or not left[1:-1] or not right[1:-1]
    return len(left) == len(right) == 2 and min(ratio(left[0], right[0]), ratio(left[1], right[1])) >= SAME_SPELLING
