"""The demo's experts and FAQ as plain values; what is done with them is decided elsewhere."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kernel.languages import LANGUAGES
from kernel.money import Money
from knowledge.importing import parse_entries
from knowledge.model import Entry


@dataclass(frozen=True)
class SeedOffer:
    """Something to book; `title` by language, `rail` is card, invoice or free."""

    id: str
    title: dict[str, str]
    minutes: int
    price: Money
    rail: str


@dataclass(frozen=True)
class SeedExpert:
    """A demo expert; `weekly` has the shape of the `slots` command's input, `bio` by language.

    `delivery` is video or relay.
    """

    id: str
    name: str
    telegram_id: int | None
    bio: dict[str, str]
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    timezone: str
    weekly: tuple[dict[str, Any], ...]
    needs_confirmation: bool
    delivery: str
    offers: tuple[SeedOffer, ...]
    credentials: tuple[str, ...]


def demo_experts() -> list[SeedExpert]:
    """The experts of the demo, in the order of their file."""
    return [_expert(json.loads(line)) for line in _read("experts.jsonl").splitlines()]


def demo_entries() -> list[Entry]:
    """The FAQ of the demo in all languages."""
    names = [f"faq_{language}.jsonl" for language in LANGUAGES]
    return [entry for name in names for entry in parse_entries(_read(name), name=name)]


def _read(name: str) -> str:
    return files("hourwise").joinpath("seed", name).read_text(encoding="utf-8")


def _expert(row: dict[str, Any]) -> SeedExpert:
    return SeedExpert(
        id=row["id"],
        name=row["name"],
        telegram_id=row.get("telegram_id"),
        bio=row["bio"],
        languages=tuple(row["languages"]),
        topics=tuple(row["topics"]),
        timezone=row["timezone"],
        weekly=tuple(row["weekly"]),
        needs_confirmation=row["needs_confirmation"],
        delivery=row["delivery"],
        offers=tuple(
            SeedOffer(
                id=offer["id"],
                title=offer["title"],
                minutes=offer["minutes"],
                price=Money(offer["price"]["amount"], offer["price"]["currency"]),
                rail=offer["rail"],
            )
            for offer in row["offers"]
        ),
        credentials=tuple(row["credentials"]),
    )
