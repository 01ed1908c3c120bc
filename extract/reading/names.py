"""Text and its sentences in; who is named where out: persons, countries, offices, outlets, and groups of people.

A person is a run of capitalised words with a sign of personhood (a title before it, a verb of speech beside it, or the
surname alone elsewhere). Later mentions by surname, by title ("the Norvanian president") or by pronoun resolve to the full
name. A name that the gazetteer does not know is a place where the text treats it as one ("the Emir of Kelm", "Kelm's
government", with "Kelmi" beside it), else an organisation.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.reading.groups import find_bodies, find_groups, find_institutions, find_titled
from extract.reading.mentions import Mention
from extract.reading.runs import Run, find_runs
from extract.reading.segment import Sentence

_BODIES = frozenset(
    """administration government side delegation presidency cabinet ministry council committee parliament congress senate
    department agency commission office bureau army military forces navy police court union house embassy party bank
    foundation institute university group authority service league line company association federation movement front
    chancellery secretariat board corporation alliance assembly chamber conference""".split()
)
_PLACES = frozenset(
    """sea ocean gulf river lake mountains mountain strait island islands peninsula east west north south bay airport street
    square room hall palace resort base agreement treaty accord accords convention act protocol plan process summit war
    forum conference pact day times post news dam port city valley basin canal cape point time bridge one incident""".split()
)
_SEATS = frozenset("palace house hall court residence castle square street terrace gate".split())
_SPEECH = (
    r"(?:said|says|told|tells|wrote|writes|added|stated|noted|posted|warned|stressed|announced|insisted|denied|confirmed"
    r"|claimed|argued|urged|accused|replied|recalled|declared|explained|remarked|called|spoke|met|agreed)"
)
_AFTER_SPEECH = re.compile(rf",?\s(?:has\s|had\s|also\s|later\s)?{_SPEECH}\b")
_BEFORE_SPEECH = re.compile(r"\b(?:said|says|told|added|wrote|replied|according to|by)\s$")
_APPOSED = re.compile(r",\s(?:who|whose|an?|the|his|her|\d\d)\b")
_OUTLET = re.compile(
    r"\b(?:Wire|Radio|Times|Post|Journal|News|Herald|Gazette|Press|Telegraph|Tribune|TV|Television|Daily|Media)\b"
)
_OUTLET_BEFORE = re.compile(
    r"\b(?:newspaper|agency|daily|broadcaster|channel|website|outlet|magazine|weekly)\s(?:the\s)?$"
)
_CONTACT = re.compile(
    r"\b(?:calls?|conversations?|talks|meeting|summit|spoke|met|discussed|phoned|discussion|negotiations|letters?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Names:
    """All mentions in order, the persons by canonical name, and the principals of the contact, mostly two."""

    text: str
    mentions: tuple[Mention, ...]
    persons: dict[str, Mention] = field(default_factory=dict)
    principals: tuple[Mention, ...] = ()

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in [start, end)."""
        left = bisect_left(self.mentions, start, key=lambda m: m.start)
        right = bisect_left(self.mentions, end, key=lambda m: m.start)
        return list(self.mentions[left:right])


def find_names(text: str, sentences: list[Sentence]) -> Names:
    """Everybody named in `text`. Persons keep the country and title of their fullest mention."""
    known, candidates = _sorted_runs(text)
    persons = _persons(candidates, text)
    people = _mentions_of(persons, candidates)
    places = _places(candidates, persons, text)
    other = [m for m in _unknown(candidates, persons, places, text)]
    entities = {m.name: m for m in [*known, *other] if m.form == "name"}
    adjectives = {text[m.start : m.end]: m.name for m in other if m.form == "demonym"}
    people = [_with_home(m, entities) for m in people]
    persons = {name: _with_home(m, entities) for name, m in persons.items()}
    found = _without_overlaps(
        [
            *known,
            *people,
            *other,
            *find_titled(text, persons, adjectives),
            *find_bodies(text, entities),
            *find_groups(text, persons, entities),
            *find_institutions(text, entities),
        ]
    )
    return Names(text, tuple(found), persons, _principals(found, sentences, text))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run with a name in it that may be a person's."""

    run: Run
    mention: Mention
    sure: bool


def _sorted_runs(text: str) -> tuple[list[Mention], list[_Candidate]]:
    """What the gazetteer knows, as mentions; and the runs with a name that it does not know."""
    known: list[Mention] = []
    candidates: list[_Candidate] = []
    for run in find_runs(text):
        for start, end, entry in run.entries:
            known.append(Mention(start, end, entry.group, entry.name, entry.country, entry.wikidata, form=entry.form))
        if run.place and not any(start == run.place[0] for start, _, _ in run.entries):
            left, right = run.place
            candidates.append(_Candidate(run, Mention(left, right, "place", text[left:right]), sure=False))
        if run.name:
            candidates.append(_candidate(run, text))
    return known, candidates


def _candidate(run: Run, text: str) -> _Candidate:
    start, end = run.name or (0, 0)
    country = next((e.country for _, _, e in run.entries if e.country), None)
    of = next((e.name for _, _, e in reversed(run.entries) if e.group in ("office", "organisation")), None)
    home = text[run.place[0] : run.place[1]] if run.place else None
    mention = Mention(start, end, "person", text[start:end], country, None, " ".join(run.titles), of or home)
    spoken = _AFTER_SPEECH.match(text, end) or _BEFORE_SPEECH.search(text[max(0, start - 14) : start])
    apposed = not run.single and _APPOSED.match(text, end)
    definite = re.search(r"\b[Tt]he\s$", text[max(0, start - 4) : start])
    sure = bool(run.titles) or (bool(spoken or apposed) and not run.single and not definite)
    return _Candidate(run, mention, sure)


def _last(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _is_body(name: str) -> bool:
    words = name.lower().split()
    return words[-1] in _BODIES or words[0] in _BODIES


def _persons(candidates: list[_Candidate], text: str) -> dict[str, Mention]:
    """Canonical name -> the fullest mention, for every run with a sign of personhood."""
    alone = Counter(c.mention.name for c in candidates if c.run.single)
    titled = {c.mention.name for c in candidates if c.sure and c.run.single}
    persons: dict[str, Mention] = {}
    for c in sorted(candidates, key=lambda c: -len(c.mention.name)):
        name = c.mention.name
        if c.mention.type != "person" or _is_body(name) or _last(name).lower() in _PLACES or len(name.split()) > 6:
            continue
        full = _fullest(name, persons)
        if full:
            persons[full] = _joined(persons[full], c.mention)
        elif c.run.single and not c.sure:
            continue
        elif c.sure or any(alone[word] for word in (_last(name), name.split()[0])) or _last(name) in titled:
            persons[name] = c.mention
    for c in candidates:
        beside = text[c.mention.end : c.mention.end + 5] == " and " and not c.run.single and c.mention.type == "person"
        if beside and not _is_body(c.mention.name) and _last(c.mention.name).lower() not in _PLACES:
            follows = any(text.startswith(person, c.mention.end + 5) for person in persons)
            if follows and not _fullest(c.mention.name, persons):
                persons[c.mention.name] = c.mention
    return persons


def _fullest(name: str, persons: Iterable[str]) -> str | None:
    """The known person that `name` is short for: the same name, its last words, or its first (family name first)."""
    for person in persons:
        if person == name or person.lower().endswith((" " + name.lower(), "-" + name.lower())):
            return person
    return next((p for p in persons if p.startswith(name + " ")), None)


def _joined(known: Mention, more: Mention) -> Mention:
    title = known.title if known.is_head or not more.is_head else more.title
    return replace(known, country=known.country or more.country, title=title or more.title, of=known.of or more.of)


def _mentions_of(persons: dict[str, Mention], candidates: list[_Candidate]) -> list[Mention]:
    found = []
    for c in candidates:
        full = _fullest(c.mention.name, persons) if c.mention.type == "person" else None
        if full:
            known = persons[full]
            found.append(replace(c.mention, name=full, country=known.country, title=known.title, of=known.of))
    return found


def _places(candidates: list[_Candidate], persons: dict[str, Mention], text: str) -> set[str]:
    """Names that the text treats as countries: "<title> of X", "X's government"; and those with an adjective beside them."""
    names = {c.mention.name for c in candidates if c.mention.type == "place"}
    singles = Counter(c.mention.name for c in candidates if c.run.single and not _fullest(c.mention.name, persons))
    for name in singles:
        if re.search(
            rf"\b{re.escape(name)}[’']s\s(?:\w+\s)?(?:government|president|prime|premier|chancell|emir|king|foreign|army|navy|parliament|capital)",
            text,
        ):
            names.add(name)
        elif singles[name] > 1 and any(_is_adjective(other, name) for other in singles if other != name):
            names.add(name)
    return names


def _is_adjective(word: str, name: str) -> bool:
    """Whether `word` looks like the adjective of the place `name`: "Kelmi" of Kelm, "Norvanian" of Norvania."""
    stem = name.rstrip("aeiouy")
    return (
        len(stem) >= 4
        and word.startswith(stem[: max(4, len(stem) - 1)])
        and word != name
        and bool(re.search(r"(?:i|is|ian|ians|an|ans|ese|ish|ic|er|ers)$", word))
    )


def _unknown(candidates: list[_Candidate], persons: dict[str, Mention], places: set[str], text: str) -> list[Mention]:
    """Mentions of names that are no person: places, their adjectives, and organisations."""
    counted = Counter(c.mention.name for c in candidates)
    found = []
    for c in candidates:
        name = c.mention.name
        if c.mention.type == "person" and _fullest(name, persons):
            continue
        place = next((p for p in sorted(places) if p == name or (c.run.single and _is_adjective(name, p))), None)
        if place:
            found.append(
                replace(
                    c.mention,
                    type="country",
                    name=place,
                    title="",
                    of=None,
                    form="name" if place == name else "demonym",
                )
            )
        elif _last(name).lower() in _SEATS and (_AFTER_SPEECH.match(text, c.mention.end) or counted[name] > 1):
            found.append(replace(c.mention, type="office", title=""))
        elif _OUTLET.search(name) or _OUTLET_BEFORE.search(text[max(0, c.mention.start - 20) : c.mention.start]):
            found.append(replace(c.mention, type="outlet", title=""))
        elif _is_body(name) or (not c.run.single and _last(name).lower() not in _PLACES):
            found.append(replace(c.mention, type="office" if _is_body(name) else "organisation", title=""))
        elif c.run.single and counted[name] > 1 and name.lower() not in _PLACES:
            found.append(replace(c.mention, type="organisation", title=""))
    return found


def _with_home(person: Mention, entities: dict[str, Mention]) -> Mention:
    """A person "of" a place stands for that place's country."""
    home = entities.get(person.of or "")
    if home and home.type == "country" and home.country:
        return replace(person, country=home.country, of=None)
    return person


def _principals(found: list[Mention], sentences: list[Sentence], text: str) -> tuple[Mention, ...]:
    """The persons named together most often where the text speaks of a contact; heads of government before others."""
    persons = sorted((m for m in found if m.type == "person"), key=lambda m: m.start)
    starts = [m.start for m in persons]
    pairs: Counter[tuple[str, str]] = Counter()
    first: dict[str, Mention] = {}
    for sentence in sentences:
        here = persons[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        for mention in here:
            first.setdefault(mention.name, mention)
        names = list(dict.fromkeys(m.name for m in here))
        weight = 3 if _CONTACT.search(text, sentence.start, sentence.end) else 1
        for left in range(len(names)):
            for right in range(left + 1, len(names)):
                low, high = sorted((names[left], names[right]))
                pairs[low, high] += weight * (4 if first[low].is_head and first[high].is_head else 1)
    if not pairs:
        heads = [m for m in first.values() if m.is_head]
        return tuple(heads[:2])
    best, most = pairs.most_common(1)[0]
    third = [
        name
        for name, mention in first.items()
        if name not in best and mention.is_head and all(pairs[tuple(sorted((name, b)))] >= most / 2 for b in best)  # type: ignore[index]
    ]
    return tuple(sorted((first[name] for name in (*best, *third[:1])), key=lambda m: m.start))


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
