"""A time zone as news prose names it in, a `tzinfo` out: abbreviations, "local time" and "<place> time".

Places are the last parts of IANA zone names, so that table is the tz database's own; abbreviations are in `zones.toml`.
A name nobody knows gives None: the instant has no offset then.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return tomllib.loads(files("extract.reading").joinpath("zones.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    names = sorted(name for name in available_timezones() if "/" in name)
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in names}


def zone_of(name: str | None) -> ZoneInfo | None:
    """The zone that `name` means ("ET", "London time"); None where it names none."""
    if not name:
        return None
    key = _abbreviations().get(name.upper()) or _places().get(name.lower().removesuffix(" time"))
    return ZoneInfo(key) if key else None
