"""Values that wiring hands to the scheduler."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Addressee:
    """Where and how to reach a person: their chat, language, IANA zone, and whether they
    want marketing."""

    chat_id: int
    language: str
    time_zone: str
    marketing: bool


@dataclass(frozen=True)
class FrequencyCap:
    """At most so many marketing messages a person within a time; 0 is no limit."""

    messages: int = 0
    within: timedelta = timedelta(days=7)
