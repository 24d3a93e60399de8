"""Signs of danger in a text, and whom to call. Looked at before anything else."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from knowledge.data_files import read_yaml
from knowledge.model import Danger, DangerKind
from vectors.normal import normalize

_MAX_CHARACTERS = 4000
_GAP = " … "
_OLD_NAMES = {"Asia/Calcutta": "IN", "Asia/Saigon": "VN", "Asia/Katmandu": "NP", "US": "US"}
# whoever is in distress leaves apostrophes out and mistypes; whoever fears a filter respells
_SLIPS = {
    "cant": "can't", "dont": "don't", "wont": "won't", "doesnt": "doesn't", "didnt": "didn't",
    "isnt": "isn't", "wasnt": "wasn't", "wouldnt": "wouldn't", "havent": "haven't",
    "hasnt": "hasn't", "im": "i'm", "ive": "i've", "hes": "he's",
    "shes": "she's", "theyre": "they're", "abt": "about", "wnat": "want", "wnt": "want",
    "wana": "wanna", "kil": "kill", "kll": "kill", "dieing": "dying", "myslef": "myself",
    "mysef": "myself", "sucide": "suicide", "suicde": "suicide", "suiside": "suicide",
    "sewerslide": "suicide", "brething": "breathing", "unconcious": "unconscious",
    "bleding": "bleeding", "ambulence": "ambulance",
}  # fmt: skip
_SLIP = regex.compile(rf"\b(?:{'|'.join(_SLIPS)})\b")


@dataclass(frozen=True)
class Emergency:
    """The numbers to call in a country (ISO 3166, None when it is not known)."""

    country: str | None
    emergency: str
    medical: str | None = None
    police: str | None = None
    crisis: str | None = None


class DangerFinder:
    """Finds signs of self-harm, violence and medical emergency by patterns, recall first."""

    def __init__(self) -> None:
        data = read_yaml("danger.yml")
        self._harmless = _any_of(p for patterns in data["harmless"].values() for p in patterns)
        self._signs = {
            DangerKind(kind): _any_of(p for patterns in by_language.values() for p in patterns)
            for kind, by_language in data["signs"].items()
        }

    def find(self, text: str) -> Danger | None:
        """The first kind of danger that a text in any language shows, self-harm first."""
        plain = self._harmless.sub(_GAP, _plain(text))
        for kind, pattern in self._signs.items():
            found = pattern.search(plain)
            if found:
                return Danger(kind, found.group().strip())
        return None

    def without_figures(self, text: str) -> str:
        """The text without figures of speech, negations and the like; unchanged when it has none."""
        rest = self._harmless.sub(_GAP, plain := _plain(text))
        return text if rest == plain else rest


def _plain(text: str) -> str:
    plain = normalize(text[:_MAX_CHARACTERS]).casefold().replace("’", "'")
    return _SLIP.sub(lambda found: _SLIPS[found[0]], plain)


def _any_of(patterns: Any) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def emergency_numbers(zone: str | None) -> Emergency:
    """The numbers for the country of an IANA time zone; the general one when it is unknown."""
    numbers = read_yaml("emergency.yml")
    country = _country_of(zone) if zone else None
    row = numbers.get(country) if country else None
    if row is None:
        return Emergency(country, **numbers["default"])
    return Emergency(country, **row)


def _country_of(zone: str) -> str | None:
    """The country that a zone lies in, by the table that comes with the zone data."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        columns = line.split("\t")
        if len(columns) > 2 and columns[2] == zone:
            return columns[0]
    return _OLD_NAMES.get(zone) or _OLD_NAMES.get(zone.partition("/")[0])
