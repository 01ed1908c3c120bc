"""Text and the names found in it in; those who are named by what they are out: officials, sources, institutions, leaders."""

import re
from dataclasses import replace

from extract.reading.gazetteer import country_names, gazetteer
from extract.reading.mentions import HEADS, Mention

_PEOPLE = (
    r"[Oo]fficials?|[Ss]ources?|[Aa]nalysts?|[Ee]xperts?|aides?|[Dd]iplomats?|spokes(?:person|man|woman|people)|leaders|ministers"
    r"|lawmakers|observers|commanders?|negotiators?|advis[eo]rs?|insiders?|historians?|[Cc]ritics|authorities|allies"
    r"|representatives|[Pp]erson|[Pp]eople|residents|families|members?|troops|engineers|guards|sailors|scientists|teams|inspectors|officers|generals"
)
_GROUP = re.compile(
    r"(?:\b(?:[Aa]n?|[Tt]he|[Tt]wo|[Ss]everal|[Ss]ome|[Mm]any|[Ff]our|[Tt]hree|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)\s(?:pair\sof\s)?)?"
    r"(?P<modifier>(?:(?:(?:[A-Z]\.){2,}|(?!(?:But|And|The|In|On|At|As|While|After|However|That|Two|One|Some)\b)[A-Z][\w’'-]*"
    r"|senior|top|unnamed|anonymous|administration|government|military|security|intelligence|state|foreign|other|technical"
    r"|palace|presidential|ministry|coast)\s){0,5})"
    rf"\b(?P<head>{_PEOPLE})\b(?!\s[A-Z][\w-]+\s[A-Z]|’s|'s)"
    r"(?P<tail>\s(?:familiar\swith|briefed\son|close\sto|involved\sin|informed\s(?:about|of|on)|with\s(?:direct\s)?knowledge\sof"
    r"|for\s(?:the|[A-Z])|of\s(?:his|her|their|the)|to\s[A-Z])\s?(?:the\s)?[\w’'-]+"
    r"(?:\s(?:minister|president|government|ministry|talks|call|council|delegation)\b)?"
    r"|\swho\s(?:has|have|had)\s[a-z]+(?:\s(?:the|a|his|her)\s[a-z]+)?)?"
)
_PLAIN = frozenset(
    "leaders person people sides allies representatives ministers families residents member members".split()
)
_SEVERAL = re.compile(r"(?:[Bb]oth|[Tt]wo|[Tt]he two|[Ee]ach)\s(?:leaders|ministers|sides|people)$")
_TITLED = re.compile(
    r"\b[Tt]he\s(?P<country>(?:[A-Z]\.){2,}|(?!(?:President|Prime|First|Federal|General|Foreign)\b)[A-Z][\w-]+)?\s?"
    r"(?P<title>(?i:president|prime minister|first minister|premier|chancellor|federal councillor|councillor|general secretary"
    r"|leader|king|queen|emir|sultan|dictator|ruler|foreign minister|secretary of state))\b(?!\s[A-Z]|[’']s\s(?:office|palace))"
    r"|\b(?:His|Her)\s(?:Highness|Majesty|Excellency)\b(?!\s(?:the\s)?[A-Z])",
)
_BODY = re.compile(
    r"\b(?:[Tt]he\s)?(?P<name>(?:[A-Z]\.){2,}|[A-Z][\w-]+)\s(?P<body>administration|government|side|delegation|presidency"
    r"|military|army|forces|[Mm]inistry|team|troops|navy|chancellery|court|embassy)\b"
)
_INSTITUTION = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|(?P<owner>[A-Z][\w-]+)[’']s)\s(?P<body>(?:(?:foreign|defen[cs]e|interior|finance|prime|federal"
    r"|presidential|state|energy|fisheries)\s){0,2}(?:chancellery|ministry|presidency|palace|government|court|cabinet|office"
    r"|embassy|department|secretariat|authority|commission|junta|army|navy|parliament|delegation))\b(?![’']s|\s(?:of|for)\s[A-Z])"
    r"|\b[Tt]he\s(?P<named>Office\sof\sthe\s(?:[A-Z]\w+\s?){1,3})(?:of\s(?P<seat>[A-Z][\w-]+))?"
)


def find_titled(text: str, persons: dict[str, Mention], adjectives: dict[str, str]) -> list[Mention]:
    """ "the Norvanian president" -> the person of that country with that title; "the emir" if there is only one.

    `adjectives` leads from the adjective of a country that the gazetteer does not know to its name.
    """
    found = []
    for match in _TITLED.finditer(text):
        entry = gazetteer().get(match["country"] or "")
        home = adjectives.get(match["country"] or "")
        title = (match["title"] or "emir").lower()
        holders = [p for p in persons.values() if title in p.title]
        holders = holders or [p for p in persons.values() if title in HEADS and p.is_head]
        if entry:
            holders = [p for p in holders if p.country == entry.country]
        if home:
            holders = [p for p in holders if p.of == home]
        if len(holders) == 1 and (entry or home or not match["country"]):
            found.append(replace(holders[0], start=match.start(), end=match.end()))
    return found


def find_bodies(text: str) -> list[Mention]:
    """ "the Best administration", "the Norvanian side": the body has a name of its own, a side is its country."""
    found = []
    for match in _BODY.finditer(text):
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
    """ "the foreign ministry", "Kelm's chancellery", "her office": institutions without a name of their own."""
    found = []
    for match in _INSTITUTION.finditer(text):
        owner = match["owner"] or match["seat"]
        entry = gazetteer().get(owner or "")
        known = entities.get(owner or "")
        country = entry.country if entry else (known.country if known else None)
        if match["named"]:
            name = match["named"].strip() + (f" of {match['seat']}" if match["seat"] else "")
        else:
            name = f"{owner}'s {match['body']}" if owner else match["body"]
        found.append(Mention(match.start(), match.end(), "office", name, country))
    return found


def find_groups(text: str, persons: dict[str, Mention]) -> list[Mention]:
    """ "Norvanian officials", "a source close to the talks"; an office's spokesperson is the person, if there is one."""
    found = []
    for match in _GROUP.finditer(text):
        words = match[0].strip()
        described = bool(match["modifier"].strip() or match["tail"])
        name = re.sub(r"^(?:an?|the|two|several|some|many|one|three|four|pair of)\s+", "", words, flags=re.IGNORECASE)
        if _SEVERAL.match(words) or not name:
            continue
        definite = not described and (not name.rstrip("'’").endswith("s") or words.lower().startswith("the "))
        if definite or (match["head"].lower() in _PLAIN and not described):
            continue
        end = match.start() + len(words)
        entry = next((e for word in name.split() if (e := gazetteer().get(word))), None)
        spokes = [p for p in persons.values() if "spokes" in p.title and entry and p.of == entry.name]
        if "spokes" in match["head"] and len(spokes) == 1:
            found.append(replace(spokes[0], start=match.start(), end=end))
            continue
        country = entry.country if entry else None
        found.append(Mention(match.start(), end, "group", name, country, title="described" if described else ""))
    return found
