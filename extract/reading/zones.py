"""A time zone as news prose names it in, a `tzinfo` out: abbreviations, "local time" and "<place> time".

Places are the last parts of IANA zone names, so the table is the tz database's own. An abbreviation that two regions
share resolves to the one that news in English means; a name nobody knows gives None: the instant has no offset then.
"""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_ABBREVIATIONS = {
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York",
    "CT": "America/Chicago", "CST": "America/Chicago", "CDT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "GMT": "Etc/UTC", "UTC": "Etc/UTC", "BST": "Europe/London",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Athens", "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
}  # fmt: skip


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    names = sorted(name for name in available_timezones() if "/" in name)
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in names}


def zone_of(name: str | None) -> ZoneInfo | None:
    """The zone that `name` means ("ET", "London time"); None where it names none."""
    if not name:
        return None
    key = _ABBREVIATIONS.get(name.upper()) or _places().get(name.lower().removesuffix(" time"))
    return ZoneInfo(key) if key else None
