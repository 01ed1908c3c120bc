"""Runs of capitalised words in; the persons among them out, each with the country and title of the fullest mention.

A person is a name with a sign of personhood: a title before it, a verb of speech beside it, an apposition behind it, or
its surname alone elsewhere. Later mentions by a part of the name lead to the whole.
"""

import re
from collections import Counter
from typing import NamedTuple

from extract.reading.mentions import Mention
from extract.reading.runs import Run, find_runs
from extract.reading.words import word_list

LANDMARKS = frozenset(word_list("landmarks"))
_STATES = frozenset(word_list("states"))
_BODIES = frozenset(word_list("bodies"))
_LONGEST_NAME = 6  # words
# A verb of speech or contact right behind a name.
AFTER_SPEECH = re.compile(
    r",?\s(?:has\s|had\s|also\s|later\s)?"
    r"(?:said|says|told|tells|wrote|writes|added|stated|noted|posted|warned|stressed|announced|insisted|denied|confirmed"
    r"|claimed|argued|urged|accused|replied|recalled|declared|explained|remarked|called|spoke|met|agreed|had|held"
    r"|thanked|expressed|emphasi[sz]ed|reaffirmed|informed|welcomed|congratulated|invited|proposed|promised|pointed"
    r"|raised|shared|underlined|underscored|commented|praised|condemned|offered|pledged|refused|rejected)\b"
)
# A contact with somebody behind a name, which is then that of one who takes part.
MEETS = re.compile(
    r"\s(?:has\s|had\s)?(?:(?:spoke|spoken|talked|conferred)\s(?:by\s\w+\s|on the phone\s)?(?:\w+\s)?with\b"
    r"|(?:met|phoned)\s(?:with\s)?(?:[A-Z]|the\s)|held\s(?:\w+\s){0,3}(?:talks|call|meeting|conversation)\b"
    r"|had\san?\s(?:[\w-]+\s){0,3}(?:call|conversation|meeting)\b)"
)
# The same right before it.
_BEFORE_SPEECH = re.compile(r"\b(?:said|says|told|added|wrote|replied|according to|by)\s$")
# An apposition or an age behind a name.
_APPOSED = re.compile(r",\s(?:who|whose|an?|the|his|her|\d\d|[A-Z][\w-]*[’']s)\b")
_REALM = re.compile(r"\bof\s(?:the\s)?$")
_DEFINITE = re.compile(r"\b[Tt]he\s$")


class Candidate(NamedTuple):
    """A run with a name in it that may be a person's; `sure` if it has a sign of personhood."""

    run: Run
    mention: Mention
    sure: bool


class Persons:
    """Persons by canonical name, and which of them a part of a name means; the time to find one does not grow."""

    def __init__(self) -> None:
        self.by_name: dict[str, Mention] = {}
        self._order: dict[str, int] = {}
        self._endings: dict[str, str] = {}
        self._same: dict[str, str] = {}
        self._alike: dict[tuple[str, str, str], str] = {}
        self._beginnings: dict[str, str] = {}

    def add(self, name: str, mention: Mention) -> None:
        """Name a person, or replace what is known of one."""
        if name not in self.by_name:
            self._order[name] = len(self._order)
            lower = name.lower()
            for at, mark in enumerate(lower):
                if mark in " -":
                    self._endings.setdefault(lower[at + 1 :], name)
            for at, mark in enumerate(name):
                if mark == " ":
                    self._beginnings.setdefault(name[:at], name)
        self.by_name[name] = mention
        self._alike.setdefault(_likeness(name, mention.title), name)

    def like(self, mention: Mention) -> str | None:
        """The known person with this last name and title, whose first name begins with the same two letters."""
        if not mention.title or " " not in mention.name:
            return None
        return self._alike.get(_likeness(mention.name, mention.title))

    def also(self, name: str, full: str) -> None:
        """`name` is another form of the name of a known person."""
        self._same[name] = full

    def fullest(self, name: str) -> str | None:
        """The known person whose name, or the last words or first words of whose name, `name` is."""
        if name in self._same:
            return self._same[name]
        same = name if name in self.by_name else None
        ending = self._endings.get(name.lower())
        if same and ending:
            return min(same, ending, key=self._order.__getitem__)
        return same or ending or self._beginnings.get(name)


def _likeness(name: str, title: str) -> tuple[str, str, str]:
    return title, name[:2], last_word(name)


def sorted_runs(text: str) -> tuple[list[Mention], list[Candidate]]:
    """What the gazetteer knows, as mentions; and the runs with a name that it does not know."""
    known: list[Mention] = []
    candidates: list[Candidate] = []
    for run in find_runs(text):
        for start, end, entry in run.entries:
            known.append(Mention(start, end, entry.group, entry.name, entry.country, entry.wikidata, form=entry.form))
        if run.place and not any(start == run.place[0] for start, _, _ in run.entries):
            left, right = run.place
            candidates.append(Candidate(run, Mention(left, right, "place", text[left:right]), sure=False))
        if run.name:
            candidates.append(_candidate(run, run.name, text))
    alone = {c.mention.name for c in candidates if not c.run.single and not is_body(c.mention.name)}
    return known, [_without_realm(candidate, alone, text) for candidate in candidates]


def _without_realm(candidate: Candidate, alone: set[str], text: str) -> Candidate:
    """Of "President of the Inner Isles Ada Ruun" the person, if "Ada Ruun" also stands alone."""
    mention, words = candidate.mention, candidate.mention.name.split(" ")
    if len(words) > 2 and _REALM.search(text[max(0, mention.start - 12) : mention.start]):
        for at in range(1, len(words) - 1):
            name = " ".join(words[at:])
            if name in alone:
                person = mention._replace(start=mention.end - len(name), name=name, of=" ".join(words[:at]))
                return candidate._replace(mention=person, sure=True)
    return candidate


def _candidate(run: Run, name: tuple[int, int], text: str) -> Candidate:
    start, end = name
    country = next((e.country for _, _, e in run.entries if e.country), None)
    of = next((e.name for _, _, e in reversed(run.entries) if e.group in ("office", "organisation")), None)
    home = text[run.place[0] : run.place[1]] if run.place else None
    mention = Mention(start, end, "person", text[start:end], country, None, " ".join(run.titles), of or home)
    spoken = AFTER_SPEECH.match(text, end) or _BEFORE_SPEECH.search(text[max(0, start - 14) : start])
    apposed = not run.single and _APPOSED.match(text, end)
    candidate = Candidate(run, mention, sure=False)
    return candidate._replace(sure=bool(run.titles) or (bool(spoken or apposed) and _may_be_person(candidate, text)))


def _may_be_person(candidate: Candidate, text: str) -> bool:
    """Whether a name has two words and is not "the" one of its kind."""
    start = candidate.mention.start
    return not candidate.run.single and not _DEFINITE.search(text[max(0, start - 4) : start])


def last_word(name: str) -> str:
    """The last word of a name, in lower case."""
    return name.rsplit(" ", 1)[-1].lower()


def is_state(name: str) -> bool:
    """Whether a name says that it is a country's ("the Inner Republic")."""
    return " " in name and last_word(name) in _STATES


def is_body(name: str) -> bool:
    """Whether a name is that of an institution or a group of people."""
    words = name.lower().split()
    return words[-1] in _BODIES or words[0] in _BODIES


def find_persons(candidates: list[Candidate], text: str) -> Persons:
    """Every run with a sign of personhood, and every name that is joined to a person's by "and"."""
    alone = Counter(c.mention.name for c in candidates if c.run.single)
    titled = {c.mention.name for c in candidates if c.sure and c.run.single}
    persons = Persons()
    for candidate in sorted(candidates, key=lambda c: -len(c.mention.name)):
        name = candidate.mention.name
        if not _can_be_person(candidate) or len(name.split()) > _LONGEST_NAME:
            continue
        first, last = name.split()[0], name.rsplit(" ", 1)[-1]
        full = persons.fullest(name)
        if full is None and (full := persons.like(candidate.mention)):
            persons.also(name, full)
        if full:
            persons.add(full, _joined(persons.by_name[full], candidate.mention))
        elif candidate.sure or (_may_be_person(candidate, text) and (alone[last] or alone[first] or last in titled)):
            persons.add(name, candidate.mention)
    _add_joined(persons, candidates, text)
    return persons


def _can_be_person(candidate: Candidate) -> bool:
    name = candidate.mention.name
    return (
        candidate.mention.type == "person"
        and not is_state(name)
        and not is_body(name)
        and last_word(name) not in LANDMARKS
    )


def _add_joined(persons: Persons, candidates: list[Candidate], text: str) -> None:
    """Also "Ada Bo" of "Ada Bo and <a known person>"."""
    for candidate in candidates:
        mention = candidate.mention
        behind = mention.end + len(" and ")
        if candidate.run.single or text[mention.end : behind] != " and " or not _can_be_person(candidate):
            continue
        if persons.fullest(mention.name) is None and text.startswith(tuple(persons.by_name), behind):
            persons.add(mention.name, mention)


def _joined(known: Mention, more: Mention) -> Mention:
    title = known.title if known.is_head or not more.is_head else more.title
    return known._replace(country=known.country or more.country, title=title or more.title, of=known.of or more.of)


def mentions_of(persons: Persons, candidates: list[Candidate]) -> list[Mention]:
    """Every candidate that names a known person, as a mention of that person."""
    found = []
    for candidate in candidates:
        full = persons.fullest(candidate.mention.name) if candidate.mention.type == "person" else None
        if full:
            known = persons.by_name[full]
            found.append(candidate.mention._replace(name=full, country=known.country, title=known.title, of=known.of))
    return found
