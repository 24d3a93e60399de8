"""Time zones by city, in English and Chinese, and by what somebody's clock shows.

`cities.jsonl` holds a row a zone: its cities, the best known first. The names are those of
Unicode's CLDR and of further big cities.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kernel.zones import zone_names
from people.errors import UnclearLocalTime, UnknownTimeZone

_SHORTEST_TO_CORRECT = 5
_SIMILAR = 0.8
_CLOCKS_DIFFER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_OFFSET = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?:\s*:?\s*00)?")
_LOCAL_TIME = re.compile(r"([01]?\d|2[0-3])[:.点时]([0-5]\d)?分?")

# one or two a UTC offset and daylight-saving rule, where most people live
_REPRESENTATIVE = (
    "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles",
    "Europe/London", "America/Chicago", "Asia/Tokyo", "Asia/Singapore", "Asia/Dubai",
    "Europe/Moscow", "Europe/Istanbul", "America/Sao_Paulo", "Australia/Sydney",
    "Africa/Lagos", "Africa/Cairo", "Africa/Nairobi", "Africa/Johannesburg", "Europe/Athens",
    "Asia/Bangkok", "Asia/Jakarta", "Asia/Dhaka", "Asia/Karachi", "Asia/Tehran", "Asia/Kabul",
    "Asia/Kathmandu", "Asia/Yangon", "Asia/Colombo", "America/Denver", "America/Phoenix",
    "America/Toronto", "America/Mexico_City", "America/Bogota", "America/Halifax",
    "America/Caracas", "America/Santiago", "America/Argentina/Buenos_Aires",
    "America/St_Johns", "America/Anchorage", "Pacific/Honolulu", "Pacific/Auckland",
    "Australia/Perth", "Australia/Adelaide", "Australia/Darwin", "Australia/Brisbane",
    "Pacific/Guadalcanal", "Asia/Yekaterinburg", "Asia/Vladivostok", "Asia/Kamchatka",
    "Atlantic/Azores", "Africa/Casablanca", "Africa/Accra", "Pacific/Pago_Pago",
    "Pacific/Tongatapu", "Pacific/Kiritimati", "Pacific/Chatham", "Australia/Lord_Howe",
    "Pacific/Marquesas", "America/Nuuk", "America/Noronha",
)  # fmt: skip


def check_zone(name: str) -> str:
    """`name` if it is an IANA time zone. Raises UnknownTimeZone."""
    if name not in zone_names():
        raise UnknownTimeZone(zone=name)
    return name


def zone_for_city(text: str) -> str | None:
    """The IANA zone that a person means: a city or its country in English or Chinese, an IANA
    name, an offset such as `UTC+8`, also within a sentence or with one slip of the pen.

    None when nothing is recognised.
    """
    wanted = _folded(text)
    names = _zones_by_name()
    return (
        names.get(wanted)
        or names.get(wanted.removesuffix("市"))
        or _by_offset(wanted)
        or _within(wanted, names)
        or _misspelt(wanted, names)
    )


def zones_for_local_time(local: str, now: datetime) -> list[str]:
    """Zones whose wall clock is within 15 minutes of `local` (`21:30`) at the instant `now`,
    the most populous first.

    Raises UnclearLocalTime when `local` is no time of day.
    """
    match = _LOCAL_TIME.fullmatch(unicodedata.normalize("NFKC", local).strip())
    if match is None:
        raise UnclearLocalTime
    shown = timedelta(hours=int(match[1]), minutes=int(match[2] or 0))
    return [zone for zone in _REPRESENTATIVE if _apart(shown, zone, now) <= _CLOCKS_DIFFER]


def _apart(shown: timedelta, zone: str, now: datetime) -> timedelta:
    there = now.astimezone(ZoneInfo(zone))
    ahead = (timedelta(hours=there.hour, minutes=there.minute) - shown) % _DAY
    return min(ahead, _DAY - ahead)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.replace("_", " ").split())


@cache
def _zones_by_name() -> Mapping[str, str]:
    names = {_folded(zone): zone for zone in zone_names()}
    for line in files("people").joinpath("cities.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        names.update((_folded(name), row["zone"]) for name in row["names"])
    return names


def _by_offset(wanted: str) -> str | None:
    match = _OFFSET.fullmatch(wanted)
    if match is None:
        return None
    sign = "-" if match[1] == "+" else "+"  # the IANA names count the other way round
    zone = f"Etc/GMT{sign}{int(match[2])}"
    return zone if zone in zone_names() else None


def _within(wanted: str, names: Mapping[str, str]) -> str | None:
    longest_first = sorted(names, key=len, reverse=True)
    for name in longest_first:
        if len(name) > 1 and name in wanted and _stands_alone(name, wanted):
            return names[name]
    return None


def _stands_alone(name: str, text: str) -> bool:
    if not name.isascii():
        return True
    return len(name) > 3 and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _misspelt(wanted: str, names: Mapping[str, str]) -> str | None:
    if len(wanted) < _SHORTEST_TO_CORRECT:
        return None
    close = get_close_matches(wanted, names, n=1, cutoff=_SIMILAR)
    return names[close[0]] if close else None
