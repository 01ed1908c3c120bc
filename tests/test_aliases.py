"""The alias table: extract/reading/aliases.toml in, what may be relied on when reading names out."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extract

Entry = dict[str, Any]
SECTIONS = ("country", "office", "organisation", "agency", "outlet", "platform")
LISTS = ("aliases", "demonyms", "capitals", "ambiguous")

# ISO 3166-1 alpha-2, officially assigned (249).
ISO_3166_1 = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
ISO_CODES = frozenset(ISO_3166_1.split())
KOSOVO = "XK"  # user-assigned in ISO 3166-1, and what CLDR and the European Union use
UNINHABITED = frozenset({"AQ", "BV", "GS", "HM", "IO", "TF", "UM"})
SHARED_WORD = frozenset({"CG", "DM"})  # "Congolese", "Dominican" stand with the larger country, marked ambiguous
NO_USUAL_WORD = frozenset({"BL", "MF", "SJ", "VA"})
WITHOUT_DEMONYM = UNINHABITED | SHARED_WORD | NO_USUAL_WORD


@pytest.fixture(scope="module")
def table() -> dict[str, list[Entry]]:
    """The parsed table, section name -> entries."""
    path = Path(extract.__file__).with_name("reading") / "aliases.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def entries(table: dict[str, list[Entry]]) -> Iterator[tuple[str, Entry]]:
    """Every entry with its section."""
    for section, members in table.items():
        for entry in members:
            yield section, entry


def names(entry: Entry) -> list[str]:
    """All strings that lead to the entry."""
    return [entry["name"], *(name for key in LISTS[:3] for name in entry.get(key, []))]


def test_sections(table: dict[str, list[Entry]]) -> None:
    """The table loads and has the six sections, none empty, and no other."""
    assert tuple(table) == SECTIONS
    assert all(table.values())


def test_keys(table: dict[str, list[Entry]]) -> None:
    """An entry has a name, a list of aliases, and only the keys of its section."""
    allowed = {section: {"name", "aliases", "ambiguous"} for section in SECTIONS}
    allowed["country"] |= {"code", "wikidata", "demonyms", "capitals"}
    for section in ("office", "agency", "outlet"):
        allowed[section] |= {"country"}
    for section, entry in entries(table):
        assert {"name", "aliases"} <= set(entry) <= allowed[section], entry["name"]
        assert all(isinstance(entry.get(key, []), list) for key in LISTS), entry["name"]


def test_codes(table: dict[str, list[Entry]]) -> None:
    """Every ISO 3166-1 country and Kosovo stand there, each once."""
    codes = [country["code"] for country in table["country"]]
    assert len(codes) == len(set(codes))
    assert set(codes) == ISO_CODES | {KOSOVO}


@pytest.mark.parametrize("section", ["office", "agency", "outlet"])
def test_country_of(table: dict[str, list[Entry]], section: str) -> None:
    """An office, agency or outlet names a country of the table."""
    known = ISO_CODES | {KOSOVO}
    assert [entry["name"] for entry in table[section] if entry["country"] not in known] == []


def test_wikidata(table: dict[str, list[Entry]]) -> None:
    """A Wikidata id is a Q and a number without leading zero, and no two countries share one."""
    ids = [country["wikidata"] for country in table["country"] if "wikidata" in country]
    assert [item for item in ids if not re.fullmatch(r"Q[1-9][0-9]*", item)] == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("code", "item"), [("DE", "Q183"), ("FR", "Q142"), ("GB", "Q145"), ("JP", "Q17"), ("US", "Q30"), ("NL", "Q55")]
)
def test_known_ids(table: dict[str, list[Entry]], code: str, item: str) -> None:
    """Well-known ids stand with their countries; the Netherlands are the country, not the realm."""
    assert {country["code"]: country.get("wikidata") for country in table["country"]}[code] == item


def test_one_owner(table: dict[str, list[Entry]]) -> None:
    """No string leads to two entries, in whatever case and with whatever apostrophe it is written."""
    owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for section, entry in entries(table):
        for name in names(entry):
            owners[name.casefold().replace("’", "'")].add((section, entry["name"]))
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_repetition(table: dict[str, list[Entry]]) -> None:
    """Within an entry a string stands once; only a capital may be called like its country."""
    for _, entry in entries(table):
        capitals = set(entry.get("capitals", []))
        again = [name for name, times in Counter(names(entry)).items() if times > 1]
        assert all(name == entry["name"] and name in capitals for name in again), again


def test_clean_strings(table: dict[str, list[Entry]]) -> None:
    """No string is empty, padded, or broken by a line end or a doubled space."""
    for _, entry in entries(table):
        for text in [*names(entry), *entry.get("ambiguous", [])]:
            assert text, entry["name"]
            assert text == " ".join(text.split()), repr(text)


def test_no_leading_article(table: dict[str, list[Entry]]) -> None:
    """A leading lower-case "the" is left to the reader of the table."""
    assert [name for _, entry in entries(table) for name in names(entry) if name.startswith("the ")] == []


def test_demonyms(table: dict[str, list[Entry]]) -> None:
    """Every country has a demonym, but for those that have none of their own."""
    without = {country["code"] for country in table["country"] if not country.get("demonyms")}
    assert without == WITHOUT_DEMONYM


def test_ambiguous(table: dict[str, list[Entry]]) -> None:
    """What is marked ambiguous is one of the entry's own strings, marked once."""
    for _, entry in entries(table):
        marked = entry.get("ambiguous", [])
        assert set(marked) <= set(names(entry)), entry["name"]
        assert len(marked) == len(set(marked)), entry["name"]


@pytest.mark.parametrize(
    ("word", "code"),
    [("Georgia", "GE"), ("Jordan", "JO"), ("Chad", "TD"), ("Turkey", "TR"), ("Washington", "US"), ("Congolese", "CD")],
)
def test_known_ambiguities(table: dict[str, list[Entry]], word: str, code: str) -> None:
    """Country words that are also another place, a person's name or a thing are marked."""
    assert word in {country["code"]: country.get("ambiguous", []) for country in table["country"]}[code]


@pytest.mark.parametrize(
    ("section", "written", "name"),
    [
        ("country", "U.S.", "United States"),
        ("country", "Britain", "United Kingdom"),
        ("country", "Kiev", "Ukraine"),
        ("country", "Peking", "China"),
        ("country", "Türkiye", "Turkey"),
        ("country", "Cote d’Ivoire", "Ivory Coast"),
        ("country", "Frenchman", "France"),
        ("country", "Thais", "Thailand"),
        ("office", "No. 10", "Downing Street"),
        ("office", "Elysee Palace", "Élysée"),
        ("organisation", "U.N.", "United Nations"),
        ("agency", "Tass", "TASS"),
        ("outlet", "Guardian", "The Guardian"),
        ("platform", "Twitter", "X"),
    ],
)
def test_usual_spellings(table: dict[str, list[Entry]], section: str, written: str, name: str) -> None:
    """Usual news spellings, abbreviations and plain-letter forms lead to their entry."""
    assert [entry["name"] for entry in table[section] if written in names(entry)] == [name]
