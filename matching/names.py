"""Whose whole name stands in a text."""

import unicodedata
from collections import Counter

from kernel.ids import ExpertId

_SHORTEST_NAME = 2
_FIRST_IDEOGRAPH = "\u2e80"


class Names:
    """The names of all experts. A look costs by the length of the text, not by how many they are."""

    def __init__(self) -> None:
        self._names: dict[ExpertId, str] = {}
        self._experts: dict[str, set[ExpertId]] = {}
        self._lengths: Counter[int] = Counter()

    def put(self, expert_id: ExpertId, name: str) -> None:
        """The expert has this name from now on, an empty one for none."""
        before, after = self._names.pop(expert_id, ""), _plain(name)
        if before:
            self._experts[before].discard(expert_id)
            self._lengths[len(before)] -= 1
        if len(after) >= _SHORTEST_NAME:
            self._names[expert_id] = after
            self._experts.setdefault(after, set()).add(expert_id)
            self._lengths[len(after)] += 1

    def named(self, text: str) -> ExpertId | None:
        """The one expert whose whole name stands in a text; None for nobody, or for several."""
        plain = _plain(text)
        lengths = [length for length, count in self._lengths.items() if count]
        found: set[ExpertId] = set()
        for begin in range(len(plain)):
            if _joins(plain[begin - 1 : begin]):
                continue
            for length in lengths:
                end = begin + length
                if end <= len(plain) and not _joins(plain[end : end + 1]):
                    found |= self._experts.get(plain[begin:end], set())
        return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _joins(letter: str) -> bool:
    """Chinese is written without spaces, so only a letter of another script joins a word."""
    return letter.isalnum() and letter < _FIRST_IDEOGRAPH
