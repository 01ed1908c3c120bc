"""Text and its sentences in; who is named where out: persons, countries, offices, outlets, and groups of people.

A person is a run of capitalised words with a sign of personhood (a title before it, a speech verb after it, or the surname
alone elsewhere). Later mentions by surname, by title ("the Norvanian president") or by pronoun resolve to the full name.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

from extract.reading.gazetteer import Entry, country_names, gazetteer
from extract.reading.segment import Sentence
from schemas import Actor

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*(?:[’'](?=s\b))?|[^\w\s]", re.UNICODE)
_JOINERS = frozenset("of for the al bin ibn van von der de da di el la le du ter ten dos".split())
_TITLES = frozenset(
    """president prime minister premier chancellor king queen emir sultan crown prince princess secretary general chief staff
    deputy vice foreign defense defence finance interior security adviser advisor national envoy special ambassador senator
    representative governor mayor director chairman chairwoman chair speaker spokesman spokeswoman spokesperson sir lord dame
    mr mrs ms dr colonel major marshal admiral commander former acting then state treasury justice economy energy press
    undersecretary assistant taoiseach pope sheikh ayatollah leader supreme counterpart head top diplomat aide negotiator
    lawmaker congressman congresswoman mp dictator presidential ruler premier-designate""".split()
)
_HEADS = frozenset(
    "president premier chancellor king queen emir sultan leader ruler dictator taoiseach counterpart".split()
)
_BODIES = frozenset(
    """administration government side delegation presidency cabinet ministry council committee parliament congress senate
    department agency commission office bureau army military forces navy police court union house embassy party bank
    foundation institute university group agency authority service""".split()
)
_PLACES = frozenset(
    """sea ocean gulf river lake mountains strait island islands peninsula east west north south bay airport street square
    one room hall palace resort base agreement treaty accord accords convention act protocol plan process summit war forum
    conference pact day times post journal news""".split()
)
_NO_NAME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december the a an both they these those this that he she it we i you his her their its our my in on at
    as after before but and or if while when since however meanwhile separately according for from with by under over
    during despite although though because beyond until later earlier also plus well maybe yes no not there here what who
    why how where such many most some several all any each every other another two three four five six seven eight nine ten
    following asked speaking late early now today yesterday tomorrow then once only just even still yet so to of""".split()
)
_SPEECH = (
    r"(?:said|says|told|wrote|added|stated|noted|posted|warned|stressed|announced|insisted|denied|confirmed|claimed)"
)
_AFTER_SPEECH = re.compile(rf",?\s(?:has\s|had\s|also\s|later\s)?{_SPEECH}\b")
_PEOPLE = (
    r"officials?|sources?|analysts?|experts?|aides?|diplomats?|spokes(?:person|man|woman|people)|leaders|ministers|lawmakers"
    r"|observers|commanders?|negotiators?|advis[eo]rs?|insiders?|historians?|critics|authorities|allies|representatives"
)
_GROUP = re.compile(
    rf"(?:\b(?:[Aa]n?|[Tt]he|[Tt]wo|[Ss]everal|[Ss]ome|[Mm]any|[Ff]our|[Tt]hree)\s(?:pair\sof\s)?)?"
    r"(?P<modifier>(?:(?:(?:[A-Z]\.){2,}|(?!(?:But|And|The|In|On|At|As|While|After|However)\b)[A-Z][\w’'-]*|senior|top|unnamed|anonymous|administration"
    r"|government|military|security|intelligence|state|foreign|other)\s){0,5})"
    rf"\b(?P<head>{_PEOPLE}|[Oo]fficials?|[Ss]ources?|[Aa]nalysts|[Ee]xperts|[Dd]iplomats|[Pp]erson|[Pp]eople)\b(?!\s[A-Z][a-z]+\s[A-Z])"
    r"(?P<tail>\s(?:familiar\swith|briefed\son|close\sto|involved\sin|informed\s(?:about|of|on)|with\s(?:direct\s)?knowledge\sof"
    r"|for\sthe)\s(?:the\s)?[\w’'-]+(?:\s(?:minister|president|government|ministry|talks|call|council)\b)?)?"
)
_BOTH = re.compile(
    r"\b(?:both|the two|the|two)\s(?:leaders|presidents|sides|men|countries|parties|prime ministers|heads of state"
    r"|counterparts|nations|governments)\b|\b(?:the pair|the duo)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|they|He|She|They)\b")
_CONTACT = re.compile(
    r"\b(?:calls?|conversations?|talks|meeting|summit|spoke|met|discussed|phoned|discussion|negotiations)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is named at [start, end). `type` is person, country, office, organisation, agency, outlet, platform or group."""

    start: int
    end: int
    type: str
    name: str
    country: str | None = None
    wikidata: str | None = None
    title: str = ""
    of: str | None = None
    form: str = "name"

    def actor(self, text: str) -> Actor:
        """The mention as an actor, with the words of the text."""
        return Actor(
            name=self.name, as_written=text[self.start : self.end], country=self.country, wikidata=self.wikidata
        )


@dataclass(frozen=True, slots=True)
class Names:
    """All mentions in order, the persons by canonical name, and the two principals of the contact."""

    text: str
    mentions: tuple[Mention, ...]
    persons: dict[str, Mention] = field(default_factory=dict)
    principals: tuple[Mention, ...] = ()

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in [start, end)."""
        left = bisect_left(self.mentions, start, key=lambda m: m.start)
        right = bisect_left(self.mentions, end, key=lambda m: m.start)
        return list(self.mentions[left:right])


@dataclass(slots=True)
class _Run:
    """Capitalised words in a row: the gazetteer entries, the title words and what is left, perhaps a name."""

    entries: list[tuple[int, int, Entry]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    words: list[tuple[int, int, str]] = field(default_factory=list)


def _lookup(tokens: list[re.Match[str]], at: int, text: str) -> tuple[int, Entry] | None:
    """The longest gazetteer alias that begins at token `at`: how many tokens, and the entry.

    An alias that is also another word counts only where no capitalised word goes on with it; a body ("Security Council")
    only where it does not end a longer name.
    """
    table = gazetteer()
    for length in range(min(6, len(tokens) - at), 0, -1):
        words = text[tokens[at].start() : tokens[at + length - 1].end()]
        entry = table.get(words.rstrip("’'"))
        if entry is None:
            continue
        following = tokens[at + length][0] if at + length < len(tokens) else ""
        if entry.ambiguous and entry.group != "country" and (following[:1].isupper() or _sentence_starts(tokens, at)):
            continue
        if entry.group == "organisation" and at and tokens[at - 1][0][:1].isupper() and tokens[at - 1][0] not in table:
            continue
        return length, entry
    return None


def _sentence_starts(tokens: list[re.Match[str]], at: int) -> bool:
    return at == 0 or tokens[at - 1][0] in '.!?“”"'


class _Reader:
    """Collects mentions of one text; used once."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self.text = text
        self.starts = {s.start for s in sentences}
        self.found: list[Mention] = []
        self.candidates: list[tuple[Mention, bool]] = []
        self.singles: list[tuple[int, int, str]] = []
        self.last_body: Mention | None = None

    def scan(self) -> None:
        tokens = list(_WORD.finditer(self.text))
        at, run = 0, _Run()
        while at < len(tokens):
            token = tokens[at]
            word = token[0].rstrip("’'") or token[0]
            if word[0].isupper() and (hit := _lookup(tokens, at, self.text)) and not self._surname_follows(run, hit[1]):
                if run.words:
                    self._close(run)
                    run = _Run()
                length, entry = hit
                run.entries.append((token.start(), tokens[at + length - 1].end(), entry))
                at += length
                continue
            low = word.lower().rstrip(".")
            if low in _TITLES and not (run.words and word[0].isupper() and low not in _HEADS):
                if run.words:
                    self._close(run)
                    run = _Run()
                run.titles.append(low)
            elif word[0].isupper() and low not in _NO_NAME and word[0].isalpha():
                run.words.append((token.start(), token.start() + len(word), word))
                if token[0] != word:
                    self._close(run)
                    run = _Run()
            elif low in _JOINERS and (run.words or run.titles or run.entries):
                pass
            elif word == "," and run.titles and not run.words and run.entries:
                pass
            elif word in "’'" and run.entries:
                pass
            elif low == "s" and run.entries and not run.words:
                pass
            else:
                self._close(run)
                run = _Run()
            at += 1
        self._close(run)

    @staticmethod
    def _surname_follows(run: _Run, entry: Entry) -> bool:
        """Whether the gazetteer word is rather the surname of a name under way ("Michael Jordan")."""
        return bool(run.words) and entry.group in ("country", "outlet", "platform") and entry.form == "name"

    def _close(self, run: _Run) -> None:
        words = run.words
        for start, end, entry in run.entries:
            kind = "country" if entry.group == "country" else entry.group
            self.found.append(Mention(start, end, kind, entry.name, entry.country, entry.wikidata, form=entry.form))
        if not words:
            return
        country = next((e.country for _, _, e in run.entries if e.country), None)
        of = next((e.name for _, _, e in reversed(run.entries) if e.group in ("office", "organisation")), None)
        name = " ".join(w for _, _, w in words)
        last = words[-1][2].lower()
        title = " ".join(run.titles)
        mention = Mention(words[0][0], words[-1][1], "person", name, country, None, title, of)
        if self.last_body and not of and self.text[self.last_body.end : mention.start].count(" ") <= 2:
            of, mention = self.last_body.name, replace(mention, of=self.last_body.name)
        if last in _BODIES or words[0][2].lower() in _BODIES:
            self.last_body = replace(mention, type="office")
            self.found.append(self.last_body)
        elif last in _PLACES or len(words) > 4:
            return
        elif len(words) == 1 and not run.titles:
            self.singles.append(words[0])
        else:
            spoken = bool(_AFTER_SPEECH.match(self.text, mention.end))
            self.candidates.append((mention, bool(run.titles) or spoken))


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _persons(reader: _Reader) -> dict[str, Mention]:
    """Canonical name -> the fullest mention, for every run with a sign of personhood."""
    singles = Counter(word for _, _, word in reader.singles)
    persons: dict[str, Mention] = {}
    titled = {_surname(m.name) for m, sure in reader.candidates if sure}
    for mention, sure in sorted(reader.candidates, key=lambda item: -len(item[0].name)):
        surname = _surname(mention.name)
        full = next((p for p in persons if p.endswith(" " + mention.name) or p == mention.name), None)
        if full:
            known = persons[full]
            persons[full] = replace(
                known,
                country=known.country or mention.country,
                title=known.title or mention.title,
                of=known.of or mention.of,
            )
        elif sure or singles[surname] or surname in titled:
            persons[mention.name] = mention
    return persons


def _person_mentions(reader: _Reader, persons: dict[str, Mention]) -> list[Mention]:
    surnames: dict[str, str] = {}
    for name in persons:
        surnames.setdefault(_surname(name), name)
    found = []
    for mention, _ in reader.candidates:
        full = next((p for p in persons if p == mention.name or p.endswith(" " + mention.name)), None)
        full = full or surnames.get(_surname(mention.name))
        if full:
            known = persons[full]
            found.append(replace(mention, name=full, country=known.country, title=known.title, of=known.of))
    for start, end, word in reader.singles:
        if full := surnames.get(word):
            known = persons[full]
            found.append(Mention(start, end, "person", full, known.country, None, known.title, known.of))
    return found


_TITLED = re.compile(
    r"\b[Tt]he\s(?P<country>(?:[A-Z]\.){2,}|[A-Z][\w-]+)?\s?(?P<title>president|prime minister|premier|chancellor|leader|king"
    r"|dictator|ruler|foreign minister|secretary of state)\b(?!\s[A-Z])"
)
_BODY = re.compile(
    r"\b(?:[Tt]he\s)?(?P<name>(?:[A-Z]\.){2,}|[A-Z][\w-]+)\s(?P<body>administration|government|side|delegation|presidency"
    r"|military|army|forces|[Mm]inistry|team)\b"
)


def _titled(text: str, persons: dict[str, Mention]) -> list[Mention]:
    """ "the Norvanian president" -> the person of that country with that title; "the president" if there is only one."""
    found = []
    for match in _TITLED.finditer(text):
        entry = gazetteer().get(match["country"] or "")
        title = match["title"]
        heads = [p for p in persons.values() if p.title and (title in p.title or (title in _HEADS and _is_head(p)))]
        if entry:
            heads = [p for p in heads if p.country == entry.country]
        if len(heads) == 1 and (entry or not match["country"]):
            found.append(replace(heads[0], start=match.start(), end=match.end()))
    return found


def _is_head(person: Mention) -> bool:
    words = person.title.split()
    return any(w in _HEADS for w in words) or "prime minister" in person.title


def _bodies(text: str) -> list[Mention]:
    """ "the Best administration", "the Norvanian side": the body has a name of its own, a side is its country."""
    found = []
    for match in _BODY.finditer(text):
        entry = gazetteer().get(match["name"])
        if entry and match["body"] == "side" and entry.country:
            country = country_names()[entry.country]
            found.append(Mention(match.start(), match.end(), "country", country.name, entry.country, country.wikidata))
            continue
        name = f"{match['name']} {match['body']}"
        found.append(Mention(match.start(), match.end(), "office", name, entry.country if entry else None))
    return found


def _groups(text: str, persons: dict[str, Mention]) -> list[Mention]:
    """ "Norvanian officials", "a source close to the talks"; an office's spokesperson is the person, if there is one."""
    found = []
    for match in _GROUP.finditer(text):
        words = match[0].strip()
        described = bool((match["modifier"] or "").strip() or match["tail"])
        name = re.sub(r"^(?:an?|the|two|several|some|many|pair of)\s+", "", words, flags=re.IGNORECASE)
        entry = next((e for w in name.split() if (e := gazetteer().get(w))), None)
        if re.match(r"(?:[Bb]oth|[Tt]wo|[Tt]he two|[Ee]ach)\b", words):
            continue
        bare = not described and (name.islower() and not name.endswith("s") or words.lower().startswith("the "))
        if bare or match["head"].lower() in ("people", "leaders") and not (match["modifier"] or match["tail"]):
            continue
        country = entry.country if entry else None
        spokes = [p for p in persons.values() if "spokes" in p.title and entry and p.of == entry.name]
        if "spokes" in match["head"] and len(spokes) == 1:
            found.append(replace(spokes[0], start=match.start(), end=match.start() + len(words)))
            continue
        found.append(
            Mention(
                match.start(),
                match.start() + len(words),
                "group",
                name,
                country,
                title="described" if described else "",
            )
        )
    return found


def _principals(found: list[Mention], sentences: list[Sentence], text: str) -> tuple[Mention, ...]:
    """The two persons named together most often where the text speaks of a contact."""
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
                pairs[low, high] += weight * (2 if _is_head(first[low]) and _is_head(first[high]) else 1)
    if not pairs:
        return ()
    best, _ = pairs.most_common(1)[0]
    return tuple(sorted((first[name] for name in best), key=lambda m: m.start))


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """The longest mention wins where two overlap."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def find_names(text: str, sentences: list[Sentence]) -> Names:
    """Everybody named in `text`. Persons keep the country and title of their fullest mention."""
    reader = _Reader(text, sentences)
    reader.scan()
    persons = _persons(reader)
    people = _person_mentions(reader, persons)
    found = _without_overlaps(
        [*reader.found, *people, *_titled(text, persons), *_bodies(text), *_groups(text, persons)]
    )
    return Names(text, tuple(found), persons, _principals(found, sentences, text))
