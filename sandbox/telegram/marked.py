"""A text and the entities on it, measured in UTF-16 code units."""

from dataclasses import dataclass, field

from sandbox.values import JsonObject


class EntityError(Exception):
    """The markup is broken; the message is Telegram's, without its prefix."""


@dataclass(frozen=True)
class Marked:
    """A plain text and its entities."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)

    def trimmed(self) -> "Marked":
        """Without blanks at both ends, entities moved along and cut."""
        head = len(self.text) - len(self.text.lstrip())
        cut = utf16_length(self.text[:head])
        text = self.text.strip()
        length = utf16_length(text)
        kept = []
        for entity in self.entities:
            start = max(entity["offset"] - cut, 0)
            end = min(entity["offset"] + entity["length"] - cut, length)
            if end > start:
                kept.append({**entity, "offset": start, "length": end - start})
        return Marked(text, kept)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def byte_offset(source: str, index: int) -> int:
    """The UTF-8 byte offset of a character."""
    return len(source[:index].encode())


class TextBuilder:
    """Grows the plain text of a marked-up source."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.entities: list[JsonObject] = []

    def add(self, text: str) -> None:
        """Append plain characters."""
        self._parts.append(text)
        self.length += utf16_length(text)

    def mark(self, kind: str, start: int, **extra: object) -> None:
        """Put an entity on everything since `start`; an empty one is dropped."""
        if self.length > start:
            self.entities.append(
                {"type": kind, "offset": start, "length": self.length - start, **extra}
            )

    def result(self) -> Marked:
        """The text, its entities outermost first, none inside code."""
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Marked("".join(self._parts), without_nested_in_code(ordered))

    def since(self, start: int) -> str:
        """The plain text from a UTF-16 offset on."""
        units = "".join(self._parts).encode("utf-16-le")
        return units[start * 2 :].decode("utf-16-le")


def without_nested_in_code(entities: list[JsonObject]) -> list[JsonObject]:
    """Without the entities that lie inside of `code` or `pre`, which may hold none."""
    codes = [entity for entity in entities if entity["type"] in ("code", "pre")]
    return [
        entity
        for entity in entities
        if not any(code is not entity and _inside(entity, code) for code in codes)
    ]


def _inside(inner: JsonObject, outer: JsonObject) -> bool:
    begins = outer["offset"] <= inner["offset"]
    ends = inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
    return bool(begins and ends and not same)
