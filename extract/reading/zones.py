"""A time zone as news prose names it in, a `tzinfo` out: abbreviations, "<place> time", and an offset from UTC.

Places are the last parts of IANA zone names, so that table is the tz database's own; abbreviations are in `zones.toml`.
A name nobody knows gives None: the instant has no offset then.
"""

import re
import tomllib
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

# An offset, and the name that a zone may have before it: "UTC+4", "Kelm Summer Time (UTC+05:30)".
_UTC = r"(?:UTC|GMT)\s?[+−–-]\d{1,2}(?::\d{2})?"
OFFSET = rf"(?:(?:[A-Z][\w’'-]{{0,30}}\s){{1,3}}[Tt]ime\s\({_UTC}\)|{_UTC})"
_OFFSET = re.compile(r"(?P<sign>[+−–-])(?P<hours>\d{1,2})(?::(?P<minutes>\d{2}))?\)?$")
_FARTHEST = timedelta(hours=14)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return tomllib.loads(files("extract.reading").joinpath("zones.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    names = sorted(name for name in available_timezones() if "/" in name)
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in names}


def zone_of(name: str | None) -> tzinfo | None:
    """The zone that `name` means ("ET", "London time", "UTC+4"); None where it names none."""
    if not name:
        return None
    if offset := _OFFSET.search(name):
        ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(ahead if offset["sign"] == "+" else -ahead) if ahead <= _FARTHEST else None
    key = _abbreviations().get(name.upper()) or _places().get(name.lower().removesuffix(" time"))
    return ZoneInfo(key) if key else None
