"""The shipped alias table (`aliases.toml`) in; one lookup from words to what they name out.

The table knows countries, seats of government, organisations, agencies, outlets and platforms; it knows no persons.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

GROUPS = ("country", "office", "organisation", "agency", "outlet", "platform")


class Entry(NamedTuple):
    """What an alias names. `form` tells a country's name from its adjective ("demonym") and its capital."""

    name: str
    group: str
    country: str | None = None
    wikidata: str | None = None
    form: str = "name"
    ambiguous: bool = False


def _aliases(group: str, row: dict[str, Any]) -> dict[str, str]:
    """Alias -> form, for one row of the table."""
    forms = dict.fromkeys((row["name"], *row.get("aliases", ())), "name")
    if group == "country":
        forms |= dict.fromkeys(row.get("capitals", ()), "capital") | dict.fromkeys(row.get("demonyms", ()), "demonym")
    return forms


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, Entry]:
    """Alias as written, without "the" -> entry. Read once a process."""
    table = tomllib.loads(files("extract.reading").joinpath("aliases.toml").read_text(encoding="utf-8"))
    found: dict[str, Entry] = {}
    for group in GROUPS:
        for row in table.get(group, ()):
            country = row.get("code") or row.get("country")
            for alias, form in _aliases(group, row).items():
                ambiguous = alias in row.get("ambiguous", ())
                entry = Entry(row["name"], group, country, row.get("wikidata"), form, ambiguous)
                found.setdefault(alias.removeprefix("the ").removeprefix("The "), entry)
    return found


@lru_cache(maxsize=1)
def country_names() -> dict[str, Entry]:
    """ISO 3166-1 alpha-2 code -> the country's entry."""
    return {e.country: e for e in gazetteer().values() if e.group == "country" and e.form == "name" and e.country}
