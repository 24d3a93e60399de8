"""Time zones by place or clock, and whom to call there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.dates import get_timezone_location

from knowledge.danger import emergency_numbers
from people import places
from people.errors import UnclearLocalTime

_LOCALES = {"en": "en", "zh": "zh_Hans"}
_MOST = 8
_TURNED = str.maketrans("+-", "-+")


@dataclass(frozen=True)
class Places:
    """What a person's words say about where they are."""

    def zones_for(self, text: str, *, now: datetime) -> Sequence[str]:
        """The IANA zones that a city, a zone's name or a local time means; none if unclear."""
        zone = places.zone_for_city(text)
        if zone is not None:
            return [zone]
        try:
            return places.zones_for_local_time(text, now)[:_MOST]
        except UnclearLocalTime:
            return []

    def zone_name(self, zone: str, language: str) -> str:
        """The zone's city in the reader's language."""
        if zone.startswith("Etc/GMT"):
            # the IANA names count the other way round
            return "UTC" + zone.removeprefix("Etc/GMT").translate(_TURNED)
        if zone == "UTC":
            return zone
        locale = Locale.parse(_LOCALES[language])
        return str(get_timezone_location(zone, locale=locale, return_city=True))

    def emergency_numbers(self, zone: str | None) -> Sequence[tuple[str, str]]:
        """(kind, number) to call in the country of a zone; the crisis line first."""
        found = emergency_numbers(zone)
        kinds = ("crisis", "emergency", "medical", "police")
        numbers = [(kind, getattr(found, kind)) for kind in kinds]
        return [(kind, number) for kind, number in numbers if number]
