"""How alike two texts are, by numbers that a fitted sum turns into one score."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add
from sys import intern

import regex

from vectors.normal import normalize
from vectors.words import tokens

FEATURES = ("cosine", "whole", "words", "pairs", "characters", "length")
_MARKS = regex.compile(r"[\p{P}\p{S}]+")


@dataclass(frozen=True)
class Profile:
    """A text taken apart, as far as it is asked for.

    Pairs of neighbouring characters, and characters, are each told apart by how often they came
    before, so that what two texts share of them is what two sets share.
    """

    text: str

    @cached_property
    def terms(self) -> frozenset[str]:
        """Different terms."""
        return frozenset(tokens(self.text))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of neighbouring characters."""
        return _each(map(add, self._plain, self._plain[1:]))

    @cached_property
    def characters(self) -> frozenset[str]:
        """Characters without marks, in one case."""
        return _each(self._plain)

    @property
    def length(self) -> int:
        """How many characters there are."""
        return len(self._plain)

    @cached_property
    def _plain(self) -> str:
        return _MARKS.sub(" ", normalize(self.text).casefold()).strip().replace(" ", "_")


@lru_cache(maxsize=4096)
def profile(text: str) -> Profile:
    """The profile of a text; recent ones are kept, they are needed again and again."""
    return Profile(text)


def _each(parts: Iterable[str]) -> frozenset[str]:
    """Parts of equal length, each with the number of equal ones before it."""
    before: dict[str, int] = {}
    found = []
    for part in parts:
        count = before.get(part, 0)
        before[part] = count + 1
        # texts share most of their parts, and thousands are kept
        found.append(intern(f"{part}{count}"))
    return frozenset(found)


class Rarity:
    """How much a term says: its inverse document frequency among the indexed texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        found: Counter[str] = Counter()
        size = 0
        for text in texts:
            found.update(set(tokens(text)))
            size += 1
        self._known = {term: _rarity(count, size) for term, count in found.items()}
        self._unknown = _rarity(0, size)

    def __call__(self, term: str) -> float:
        return self._known.get(term, self._unknown)

    def __contains__(self, term: str) -> bool:
        return term in self._known

    def total(self, terms: Iterable[str]) -> float:
        """What different terms say together."""
        return sum(map(self, set(terms)))


def _rarity(count: int, size: int) -> float:
    return math.log(1 + (size - count + 0.5) / (count + 0.5))


def likeness(
    query: Profile,
    row: Profile,
    *,
    cosine: float,
    whole: float,
    rarity: Rarity,
    total: float,
    wanted: frozenset[str] = frozenset(FEATURES),
) -> tuple[float, ...]:
    """The values of FEATURES, each between 0 and 1 (a cosine may be below 0).

    `cosine` is to the phrasing, `whole` to the question with its answer; `total` is the rarity of
    the terms of both texts. Those that are not `wanted` are 0.
    """
    return (
        cosine,
        whole,
        _weighted_overlap(query.terms, row.terms, rarity, total) if "words" in wanted else 0.0,
        _overlap(query.pairs, row.pairs) if "pairs" in wanted else 0.0,
        _overlap(query.characters, row.characters) if "characters" in wanted else 0.0,
        _ratio(query.length, row.length),
    )


def _weighted_overlap(
    one: frozenset[str], other: frozenset[str], rarity: Rarity, total: float
) -> float:
    return 2 * rarity.total(one & other) / total if total else 0.0


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other, 1)
