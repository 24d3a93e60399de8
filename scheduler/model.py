"""Values that wiring hands to the scheduler."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Addressee:
    """Where and how to reach a person: their chat, language, IANA zone, and whether they
    want marketing."""

    chat_id: int
    language: str
    time_zone: str
    marketing: bool
