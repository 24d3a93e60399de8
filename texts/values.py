"""Values of texts as JSON, so that a text can be rendered later, for its reader.

Besides plain strings and numbers a value may be an instant, money, a text that exists once a
language, or another text's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.money import Money


@dataclass(frozen=True)
class Localized:
    """A text once a language, such as an offer's title."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The reader's text, else the English one, else any."""
        texts = self.by_language
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Key:
    """Another text of the catalogues, rendered in place."""

    key: str


@dataclass(frozen=True)
class Markup:
    """HTML that was made by us and is not escaped again."""

    html: str


Value = str | int | float | datetime | Money | Localized | Key | Markup


def to_json(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as JSON; `from_json` is its inverse."""
    return {name: _encode(value) for name, value in values.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, Value]:
    """The values that `to_json` wrote."""
    return {name: _decode(value) for name, value in values.items()}


def _encode(value: Value) -> Any:
    match value:
        case datetime():
            return {"instant": value.isoformat()}
        case Money():
            return {"money": [value.minor, value.currency]}
        case Localized():
            return {"localized": dict(value.by_language)}
        case Key():
            return {"key": value.key}
        case Markup():
            return {"html": value.html}
        case _:
            return value


def _decode(value: Any) -> Value:
    if not isinstance(value, dict):
        plain: Value = value
        return plain
    ((kind, inner),) = value.items()
    match kind:
        case "instant":
            return datetime.fromisoformat(inner)
        case "money":
            return Money(inner[0], inner[1])
        case "localized":
            return Localized(inner)
        case "key":
            return Key(inner)
        case _:
            return Markup(inner)


def shortened(text: str, longest: int) -> str:
    """The text in at most so many characters; a sign at its end says that there was more."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
