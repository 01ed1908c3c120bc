"""Text and the names found in it in; those named by what they are out: officials, sources, institutions, leaders."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from extract.reading.dates import WEEKDAY
from extract.reading.gazetteer import Entry, country_names, gazetteer
from extract.reading.keyed import Keyed
from extract.reading.mentions import HEADS, TITLES, Mention
from extract.reading.persons import MEETS
from extract.reading.words import word_list

_PLAIN = frozenset(word_list("plain_groups"))
_HEAD_WORDS = word_list("group_heads")
_OPENING_HEADS = frozenset(word_list("opening_group_heads"))
_HEADS = "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}" if word in _OPENING_HEADS else word for word in sorted(_HEAD_WORDS)
)
# People named by their office or trade, with what comes before ("senior Norvanian") and behind ("close to the talks").
_GROUP = Keyed(
    r"""\b
        (?: (?:[Aa]n?|[Tt]he|[Bb]oth|[Tt]wo|[Ss]everal|[Ss]ome|[Mm]any|[Ff]our|[Tt]hree|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)
            \s(?:pair\sof\s)?
        )?
        (?P<modifier>
            (?: (?: (?:[A-Z]\.){2,6}
                |   (?!(?:But|And|The|In|On|At|As|While|After|However|That|Two|One|Some)\b) [A-Z][\w’'-]{0,40}
                |   senior|top|unnamed|anonymous|administration|government|military|security|intelligence|state|foreign
                |   other|technical|palace|presidential|ministry|coast
                ) \s
            ){0,5}
        )
        \b(?P<head>
        """
    + _HEADS
    + r"""
        )\b
        (?! \s[A-Z][\w-]{1,40}\s[A-Z] | ’s | 's )
        (?P<tail>
            \s (?: familiar\swith|briefed\son|close\sto|involved\sin|informed\s(?:about|of|on)
               |   with\s(?:direct\s)?knowledge\sof|for\s(?:the|[A-Z])|of\s(?:his|her|their|the)|(?:to|in)\s[A-Z]
               )
            \s?(?:the\s)?(?:[A-Z][\w’-]*(?:\s(?:of\s(?:the\s)?|for\s(?:the\s)?)?[A-Z][\w’-]*){0,4}|[\w’'-]+)
            (?: \s(?:minister|president|government|ministry|talks|call|council|delegation
                |  region|province|party|group)\b )?
        |   \s(?:from|of)\s
            (?: (?:the\stwo|both)\s(?:countries|sides|governments|capitals|states) | [A-Z][\w’-]*\sand\s[A-Z][\w’-]* )
        |   \swho\s(?:has|have|had)\s[a-z]+(?:\s(?:the|a|his|her)\s[a-z]+)?
        )?""",
    " ".join(_HEAD_WORDS),
    re.VERBOSE,
    reach=60,
)
_COUNTED = re.compile(r"^(?:an?|the|two|several|some|many|one|three|four|pair of)\s+", re.IGNORECASE)
_ONE = ("a", "an", "one", "another")
_UNNAMED = ("official", "source", "diplomat", "aide", "adviser", "advisor", "negotiator", "insider")
# Both principals: no group of their own.
_SEVERAL = re.compile(r"(?:[Bb]oth|[Tt]wo|[Tt]he two|[Ee]ach)\s(?:leaders|ministers|sides|people)$")
# A holder of an office, without a name behind it.
_TITLED = Keyed(
    r"""\b[Tt]he\s
        (?P<country> (?:[A-Z]\.){2,6} | (?!(?:President|Prime|First|Federal|General|Foreign)\b)[A-Z][\w-]{1,40} )?\s?
        (?P<title> (?i:
            president|head\ of\ (?:state|government)
        |   prime\ minister|first\ minister|premier|chancellor|federal\ councillor|councillor
        |   general\ secretary|leader|king|queen|emir|sultan|dictator|ruler|foreign\ minister|secretary\ of\ state
        ))\b (?! \s[A-Z] | [’']s\s(?:[Oo]ffice|[Pp]alace|[Rr]esidence) )
        (?: \sof\s(?:the\s)?(?P<realm>(?:[A-Z]\.){2,6}|[A-Z][\w-]{1,40}(?:\s[A-Z][\w-]{1,40}){0,3}) )?
    |   \b(?:His|Her)\s(?:Highness|Majesty|Excellency)\b (?! \s(?:the\s)?[A-Z] )""",
    "president head minister premier chancellor councillor secretary leader king queen emir sultan dictator ruler"
    " highness majesty excellency",
    re.VERBOSE,
    reach=60,
)
_GOVERNING = ("prime minister", "first minister", "premier", "chancellor")
# A body by whose it is.
_BODY = Keyed(
    r"""\b(?:[Tt]he\s)? (?P<name>(?:[A-Z]\.){2,6}|[A-Z][\w-]{1,40}) \s
        (?P<body> administration|government|side|delegation|presidency|military|army|forces|[Mm]inistry|team|troops|navy
        |   chancellery|court|embassy )\b""",
    "administration government side delegation presidency military army forces ministry team troops navy chancellery"
    " court embassy",
    re.VERBOSE,
    reach=50,
)
# An institution without a name of its own, and an office with one.
_INSTITUTION = Keyed(
    r"""\b(?:[Tt]he(?:\s(?P<adjective>[A-Z][\w-]{1,40}))?|[Hh]is|[Hh]er|(?P<owner>[A-Z][\w-]{1,40}(?:\s[A-Z][\w-]{1,40}){0,2})[’']s)\s
        (?P<body>
            (?: (?:foreign|defen[cs]e|interior|finance|prime|federal|presidential|state|energy|fisheries)\s ){0,2}
            (?: chancellery|ministry|presidency|palace|government|court|cabinet|office|embassy|department|secretariat
            |   authority|commission|junta|army|navy|parliament|delegation )
        )\b (?! [’']s | \s(?:of|for)\s[A-Z] )
    |   \b[Tt]he\s(?P<named>Office\sof\sthe\s(?:[A-Z]\w{1,40}\s?){1,3}) (?: of\s(?P<seat>[A-Z][\w-]{1,40}) )?""",
    "chancellery ministry presidency palace government court cabinet office embassy department secretariat authority"
    " commission junta army navy parliament delegation",
    re.VERBOSE,
    reach=130,
)

_JOINED = re.compile(r"(?:,\s|\sand\s)(?P<word>[A-Z][\w-]*)")
# An institution by its name: "the Norvanian Foreign Ministry", "Kelm's Ministry of Ports and Rivers".
_NAMED_BODY = Keyed(
    r"""(?=[A-Z])(?<![\w-]) (?: (?P<owner>[A-Z][\w-]{1,40}(?:\s[A-Z][\w-]{1,40}){0,2})[’']s\s )?
        (?P<name>
            (?: (?!(?:The|A|An|But|And|In|On|At|As|For|While|After)\b) (?:[A-Z][\w-]{1,40}|(?:[A-Z]\.){2,6})\s ){0,3}
            (?:Ministry|Department|Council|Committee|Commission|Agency|Bureau|Service|Authority|Secretariat|Directorate|League
            |   Federation|Association|Foundation|Institute )\b
            (?: \s(?:of|for|on)\s(?:the\s)?(?!"""
    + WEEKDAY
    + r"""\b)[A-Z][\w-]{1,40}
                (?: (?:,\s|\sand\s|\sof\s(?:the\s)?|\s)[A-Z][\w-]{1,40} ){0,4}
            )?
        )
    |   (?P<holder>
            (?:[A-Z][\w-]{1,40}\s){0,2}(?:Minister|President|Chancellor|Premier|Councillor)[’']s\s[Oo]ffice
        )\b""",
    "ministry department council committee commission agency bureau service authority secretariat directorate league"
    " federation association foundation institute minister president chancellor premier councillor",
    re.VERBOSE,
    reach=130,
)


def find_titled(
    text: str, persons: dict[str, Mention], adjectives: dict[str, str], named: Sequence[Mention]
) -> list[Mention]:
    """Whom "the Norvanian president" means: the one person of that country with that title; "the emir" the only one.

    Of several with a title the one named last. `adjectives` leads from the adjective of a country that the gazetteer
    does not know to its name; `named` are the persons' mentions in order.
    """
    found = []
    mentioned: dict[str, list[Mention]] = {}  # title -> every mention of a holder
    there: dict[tuple[str, str], list[Mention]] = {}  # title and country -> who may hold it there
    by_title: dict[str, list[Mention]] = {}
    for match in _TITLED.near(text):
        land = match["country"] or match["realm"] or ""
        title = (match["title"] or "emir").lower()
        if title not in by_title:
            by_title[title] = _holders(title, persons.values())
        if land and (title, land) not in there:
            there[title, land] = _holders_in(land, title, by_title[title], persons.values(), adjectives, text)
        holders = there[title, land] if land else by_title[title]
        if not land and len(holders) > 1:
            if title not in mentioned:
                names = {holder.name for holder in holders}
                mentioned[title] = [m for m in named if m.name in names]
            at = bisect_left(mentioned[title], match.start(), key=lambda m: m.start)
            holders = mentioned[title][max(0, at - 1) : at]
        if len(holders) == 1:
            found.append(holders[0]._replace(start=match.start(), end=match.end()))
    return found


def _holders_in(  # noqa: PLR0913, PLR0917 - all of it decides
    land: str,
    title: str,
    holders: Collection[Mention],
    persons: Collection[Mention],
    adjectives: dict[str, str],
    text: str,
) -> list[Mention]:
    """Who has a title in a country: who is given it; else its only person without one, or the only one who meets."""
    entry = gazetteer().get(land)
    if entry is None:
        home = adjectives.get(land) or land
        return [p for p in holders if home in (p.of, p.country)]
    known = [p for p in holders if p.country == entry.country]
    if known:
        return known
    bare = [person for person in persons if not (person.title or person.of)]
    own = [p for p in bare if p.country == entry.country]
    found = own or [p for p in bare if not p.country and MEETS.match(text, p.end)]
    return [person._replace(title=title, country=entry.country) for person in found]


def _holders(title: str, persons: Collection[Mention]) -> list[Mention]:
    """Who has the title; if nobody does, and it is that of a head of state or government, every such head."""
    if title in ("head of state", "head of government"):
        governs = title == "head of government"
        return [p for p in persons if p.is_head and governs == any(held in p.title for held in _GOVERNING)]
    holders = [p for p in persons if title in p.title]
    return holders or [p for p in persons if title in HEADS and p.is_head]


def find_bodies(text: str) -> list[Mention]:
    """Bodies by whose they are: "the Best administration" is an office, "the Norvanian side" is the country."""
    found = []
    for match in _BODY.near(text):
        entry = gazetteer().get(match["name"])
        span = match.span()
        if entry and match["body"] == "side" and entry.country:
            country = country_names()[entry.country]
            found.append(Mention(*span, "country", country.name, entry.country, country.wikidata))
        else:
            name = f"{match['name']} {match['body']}"
            found.append(Mention(*span, "office", name, entry.country if entry else None))
    return found


def find_institutions(text: str, entities: dict[str, Mention]) -> list[Mention]:
    """Institutions without a name of their own: "the foreign ministry", "Kelm's chancellery", "her office"."""
    found = []
    for match in _INSTITUTION.near(text):
        owner = _bare(match["owner"]) or match["seat"]
        entry = gazetteer().get(owner or "")
        known = entities.get(owner or "")
        country = entry.country if entry else (known.country if known else None)
        if match["named"]:
            name = match["named"].strip() + (f" of {match['seat']}" if match["seat"] else "")
        else:
            whose = f"{owner}'s " if owner else f"{match['adjective']} " if match["adjective"] else ""
            name = f"{whose}{match['body']}"
        found.append(Mention(match.start(), match.end(), "office", name, country))
    return found


def find_named_bodies(text: str, persons: Collection[str]) -> list[Mention]:
    """Institutions with a name that goes beyond one word, but for those that the gazetteer knows.

    Nobody of `persons` and no country is part of what an institution is for: "the Ministry of Trade and Ruun".
    """
    found = []
    parts = {part for name in persons for part in name.split()}
    for match in _NAMED_BODY.near(text):
        name, owner = match["name"] or match["holder"].removeprefix("The "), _bare(match["owner"])
        joined = [j.start() for j in _JOINED.finditer(name) if j["word"] in parts or j["word"] in gazetteer()]
        name = name[: min([*joined, *_person_in(name, persons)], default=len(name))]
        if name in gazetteer() or (" " not in name and not owner):
            continue
        entries = (gazetteer().get(words) for words in (owner, *name.split()))
        country = next((entry.country for entry in entries if entry), None)
        whose = f"{owner}'s " if owner else ""
        cut = len(match["name"] or name) - len(name)
        found.append(Mention(match.start(), match.end() - cut, "office", f"{whose}{name}", country))
    return found


def _person_in(name: str, persons: Collection[str]) -> list[int]:
    """Where a person's whole name begins behind the first word of a body's."""
    gaps = [at for at, mark in enumerate(name) if mark == " "]
    ends = [*gaps, len(name)]
    return [at for at in gaps for end in ends if end > at and name[at + 1 : end] in persons]


def _bare(owner: str | None) -> str:
    """A name without "the" and the titles before it, unless it is a title alone; nothing for none."""
    words = (owner or "").split()
    while words and words[0] in ("The", "A", "An"):
        words.pop(0)
    named = [at for at, word in enumerate(words) if word.lower() not in TITLES]
    return " ".join(words[named[0] :] if named and words[0].lower() in TITLES else words)


def find_groups(text: str, persons: dict[str, Mention]) -> list[Mention]:
    """Groups such as "Norvanian officials"; an office's spokesperson is the person, if there is one."""
    found = []
    for match in _GROUP.near(text):
        words = match[0].strip()
        name = _COUNTED.sub("", words)
        described = bool(match["modifier"].strip() or match["tail"])
        if not _is_group(match, words, name, described=described):
            continue
        end = match.start() + len(words)
        entry = next((e for word in name.split() if (e := gazetteer().get(word))), None)
        holders = _spokespersons(entry, persons) if "spokes" in match["head"] else []
        if len(holders) == 1:
            found.append(holders[0]._replace(start=match.start(), end=end))
        else:
            country = entry.country if entry else None
            found.append(Mention(match.start(), end, "group", name, country, title="described" if described else ""))
    return found


def _is_group(match: re.Match[str], words: str, name: str, *, described: bool) -> bool:
    """Whether the words bring in somebody new, and somebody in particular."""
    if not name or _SEVERAL.match(words):
        return False
    first = words.split(maxsplit=1)[0].lower()
    if first in _ONE and match["head"].lower() in _UNNAMED:
        return True  # "an official"
    known = not name.rstrip("'’").endswith("s") or first == "the"
    return described or not (known or match["head"].lower() in _PLAIN)


def _spokespersons(entry: Entry | None, persons: dict[str, Mention]) -> list[Mention]:
    return [p for p in persons.values() if "spokes" in p.title and entry and p.of == entry.name]
