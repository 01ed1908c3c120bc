"""Text and its sentences in; who is named where out: persons, countries, offices, outlets, and groups of people.

A mention leads to whom it means: a surname or a title ("the Norvanian president") to the full name, an adjective to
its country. A name that the gazetteer does not know is a person with a sign of personhood, a place where the text
treats it as one ("the Emir of Kelm", "Kelm's government", with "Kelmi" beside it), else an organisation.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from extract.reading.gazetteer import country_names
from extract.reading.groups import find_bodies, find_groups, find_institutions, find_named_bodies, find_titled
from extract.reading.mentions import Mention
from extract.reading.persons import Candidate, Persons, find_persons, last_word, mentions_of, sorted_runs
from extract.reading.places import find_others
from extract.reading.principals import principals
from extract.reading.segment import Sentence
from extract.reading.stretches import START

_POSSESSIVE = re.compile("[’']s$")
_TWO = re.compile(r"(?:the two|both) (?:countries|sides|governments|capitals|states)$")
_LONGEST_TITLE = 90  # code points, with the place before it
_HIS = re.compile("[Hh](?:is|er)\\s")


@dataclass(frozen=True)
class Names:
    """All mentions in order, the persons by canonical name, and the principals of the contact, mostly two."""

    mentions: tuple[Mention, ...]
    persons: dict[str, Mention] = field(default_factory=dict)
    principals: tuple[Mention, ...] = ()

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def principal_names(self) -> frozenset[str]:
        """The names of the principals."""
        return frozenset(m.name for m in self.principals)

    @cached_property
    def parties(self) -> frozenset[str]:
        """The names of the principals, and of the countries that they stand for."""
        return self.principal_names | {home for home in map(_home, self.principals) if home}

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]


def find_names(text: str, sentences: list[Sentence]) -> Names:
    """Everybody named in `text`. Persons keep the country and title of their fullest mention."""
    known, candidates = sorted_runs(text)
    people = find_persons(candidates, text)
    other = find_others(candidates, people, text)
    entities = {m.name: m for m in [*known, *other] if m.form == "name"}
    adjectives = {text[m.start : m.end]: m.name for m in other if m.form == "demonym"}
    places = adjectives | {name: name for name, m in entities.items() if m.type == "country"}
    homes = _homes(candidates, people, places, text)
    persons = {name: _with_home(m, entities, homes) for name, m in people.by_name.items()}
    named = [_with_home(m, entities, homes) for m in mentions_of(people, candidates)]
    found = _without_overlaps(
        [
            *known,
            *named,
            *other,
            *find_titled(text, persons, adjectives, named),
            *find_bodies(text),
            *find_groups(text, persons),
            *find_institutions(text, entities),
            *find_named_bodies(text, persons),
        ]
    )
    named_in_full = _owned(_in_full(found, text), sentences, text)
    leading = principals(named_in_full, sentences, text)
    return Names(tuple(_of_both(named_in_full, leading)), persons, leading)


def _of_both(found: list[Mention], leading: tuple[Mention, ...]) -> list[Mention]:
    """The same mentions; officials "of the two countries" are of those that the two principals stand for."""
    homes = [home for home in map(_home, leading) if home]
    if len(leading) != 2 or len(homes) != 2:
        return found
    both = " and ".join(homes)
    return [
        mention._replace(name=_TWO.sub(both, mention.name)) if mention.type == "group" else mention for mention in found
    ]


def _home(person: Mention) -> str | None:
    """The name of the country that a person stands for, or of the place that the text says he is of."""
    country = country_names().get(person.country or "")
    return country.name if country else person.of


def _in_full(found: list[Mention], text: str) -> list[Mention]:
    """The same mentions; "the ministry", but not "his ministry", is the last one named before it that is called so."""
    last: dict[str, Mention] = {}
    return [_named_before(mention, last, text) if mention.type == "office" else mention for mention in found]


def _named_before(office: Mention, last: dict[str, Mention], text: str) -> Mention:
    """The office, by its name or as one of the `last` named by their first and last words, which it joins."""
    name = office.name.removeprefix("The ").lower()
    the = text[max(0, office.start - 4) : office.start + 4].lower()
    whole = last.get(name) if " " not in name and "the " in the else None
    if whole:
        return office._replace(name=whole.name, country=whole.country, wikidata=whole.wikidata)
    last[last_word(name)] = last[name.split(" ", 1)[0]] = office
    return office


def _owned(found: list[Mention], sentences: list[Sentence], text: str) -> list[Mention]:
    """The same mentions; "his office" is that of whom its sentence names first, else the one before."""
    people = [mention for mention in found if mention.type == "person"]
    return [
        _office_of(mention, people, sentences)
        if mention.name == "office" and _HIS.match(text, mention.start)
        else mention
        for mention in found
    ]


def _office_of(office: Mention, people: list[Mention], sentences: list[Sentence]) -> Mention:
    at = bisect_right(sentences, office.start, key=START) - 1
    for sentence in reversed(sentences[max(0, at - 1) : at + 1]):
        owner = next((m for m in people if sentence.start <= m.start < min(sentence.end, office.start)), None)
        if owner:
            return office._replace(name=f"{owner.name.rsplit(' ', 1)[-1]}'s office", country=owner.country)
    return office


def _homes(candidates: list[Candidate], people: Persons, places: dict[str, str], text: str) -> dict[str, str]:
    """Whence persons are by what stands before their titles: "Kelm's president", "the Kelmi president"; by name."""
    homes: dict[str, str] = {}
    for candidate in candidates:
        titles, at = list(candidate.run.titles), candidate.mention.start
        before = text[max(0, at - _LONGEST_TITLE) : at].replace(",", " ").split()
        if not titles or [word.lower() for word in before[-len(titles) :]] != titles:
            continue
        place = places.get(_POSSESSIVE.sub("", " ".join(before[-len(titles) - 1 : -len(titles)])))
        name = people.fullest(candidate.mention.name) if place else None
        if name and place:
            homes.setdefault(name, place)
    return homes


def _with_home(person: Mention, entities: dict[str, Mention], homes: dict[str, str]) -> Mention:
    """A person "of" a place stands for that place's country."""
    if not (person.country or person.of) and person.name in homes:
        person = person._replace(of=homes[person.name])
    home = entities.get(person.of or "")
    if home and home.type == "country" and home.country:
        return person._replace(country=home.country, of=None)
    return person


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """The longest mention wins where two overlap; of two alike the first given."""
    kept: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(found, key=lambda m: m.start - m.end):
        at = bisect_left(starts, mention.start)
        clear_left = at == 0 or kept[at - 1].end <= mention.start
        clear_right = at == len(kept) or mention.end <= kept[at].start
        if clear_left and clear_right:
            kept.insert(at, mention)
            starts.insert(at, mention.start)
    return kept
