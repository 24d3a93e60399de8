"""The demo's experts, FAQ and library; experts and FAQ are read as an operator's own files."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from catalogue.model import Item, ItemState, Kind, Lesson, Rights, Words
from kernel.ids import ExpertId
from kernel.languages import LANGUAGES
from kernel.money import Money
from knowledge.importing import parse_entries
from knowledge.model import Entry
from workflows.expert_rows import ExpertRow, parse_experts
from workflows.offer_price import rail_of


def demo_experts() -> list[ExpertRow]:
    """The experts of the demo, in the order of their file."""
    return parse_experts(_read("experts.jsonl"), name="experts.jsonl")


def demo_entries() -> list[Entry]:
    """The FAQ of the demo in all languages."""
    names = [f"faq_{language}.jsonl" for language in LANGUAGES]
    return [entry for name in names for entry in parse_entries(_read(name), name=name)]


def demo_items(*, now: datetime) -> list[Item]:
    """The demo's library, listed."""
    rows = [json.loads(line) for line in _read("items.jsonl").splitlines()]
    return [
        Item(
            row["id"], Kind(row["kind"]), row["topic"],
            None if row["author"] is None else ExpertId(row["author"]), now,
            state=ItemState.LISTED, words=_words(row["words"]),
            price=(price := Money(row["price"]["amount"], row["price"]["currency"])),
            rail=rail_of(price), rights=Rights(row["rights"]), listed_at=now,
        )
        for row in rows
    ]  # fmt: skip


def _words(by_language: dict[str, dict[str, Any]]) -> dict[str, Words]:
    return {
        language: Words(
            one["title"], one.get("text", ""),
            tuple(Lesson(**lesson) for lesson in one.get("lessons", ())),
        )
        for language, one in by_language.items()
    }  # fmt: skip


def _read(name: str) -> str:
    return files("hourwise").joinpath("seed", name).read_text(encoding="utf-8")
