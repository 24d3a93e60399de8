"""Whose name stands in a text: the whole of it, or one part where it can be nothing else."""

import re
import unicodedata
from collections import Counter

from kernel.ids import ExpertId

_SHORTEST_NAME = 2
_FIRST_IDEOGRAPH = "\u2e80"
_SHORTEST_PART = 4
_MARKS = re.compile(r"^\W+|\W+$")
# "will" and "grace" are names only where a person is spoken of
_SPOKEN_OF = re.compile(
    r"(?:\b(?:with|see|book|does|is|has|ask|want|doctor|dr\.?|mr\.?|mrs\.?|ms\.?|coach)|[和跟约找见问选是要]) ?(?P<part>[a-z]+)\b"
    r"|(?P<part2>[a-z]+)(?:'s\b| ?(?:老师|教练|医生|咨询师|顾问|先生|女士)|[^a-z,.，。?？]{0,8}(?:有空|有时间|方便|能约))"
)


class Names:
    """The names of all experts. A look costs by the length of the text, not by how many they are."""

    def __init__(self) -> None:
        self._names: dict[ExpertId, str] = {}
        self._experts: dict[str, set[ExpertId]] = {}
        self._lengths: Counter[int] = Counter()
        self._parts: dict[str, set[ExpertId]] = {}

    def put(self, expert_id: ExpertId, name: str) -> None:
        """The expert has this name from now on, an empty one for none."""
        before, after = self._names.pop(expert_id, ""), _plain(name)
        if before:
            self._experts[before].discard(expert_id)
            self._lengths[len(before)] -= 1
            for part in _parts(before):
                self._parts[part].discard(expert_id)
        if len(after) >= _SHORTEST_NAME:
            self._names[expert_id] = after
            self._experts.setdefault(after, set()).add(expert_id)
            self._lengths[len(after)] += 1
            for part in _parts(after):
                self._parts.setdefault(part, set()).add(expert_id)

    def named(self, text: str) -> ExpertId | None:
        """The one expert whose name stands in a text; None for nobody, or for several."""
        plain = _plain(text)
        found = self._whole(plain) or self._part(plain)
        return found.pop() if len(found) == 1 else None

    def called(self, text: str) -> ExpertId | None:
        """The one expert whose name is all that a text says; None for nobody, or for several."""
        found = self._experts.get(_MARKS.sub("", _plain(text)), set())
        return next(iter(found)) if len(found) == 1 else None

    def _part(self, plain: str) -> set[ExpertId]:
        found: set[ExpertId] = set()
        for one in _SPOKEN_OF.finditer(plain):
            found |= self._parts.get(one["part"] or one["part2"], set())
        return found

    def _whole(self, plain: str) -> set[ExpertId]:
        lengths = [length for length, count in self._lengths.items() if count]
        found: set[ExpertId] = set()
        for begin in range(len(plain)):
            if _joins(plain[begin - 1 : begin]):
                continue
            for length in lengths:
                end = begin + length
                if end <= len(plain) and not _joins(plain[end : end + 1]):
                    found |= self._experts.get(plain[begin:end], set())
        return found


def _parts(name: str) -> set[str]:
    return {part for part in name.split() if len(part) >= _SHORTEST_PART and part.isascii()}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _joins(letter: str) -> bool:
    """Chinese is written without spaces, so only a letter of another script joins a word."""
    return letter.isalnum() and letter < _FIRST_IDEOGRAPH
