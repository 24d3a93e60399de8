"""How alike two texts are, by numbers that a fitted sum turns into one score."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from vectors.normal import normalize
from vectors.words import tokens

FEATURES = ("cosine", "whole", "words", "pairs", "characters", "length")
_MARKS = regex.compile(r"[\p{P}\p{S}]+")


@dataclass(frozen=True)
class Profile:
    """A text taken apart: its terms, its pairs of neighbouring characters, its characters."""

    terms: Counter[str]
    pairs: Counter[str]
    characters: Counter[str]


@lru_cache(maxsize=4096)
def profile(text: str) -> Profile:
    """The profile of a text; recent ones are kept, they are needed again and again."""
    plain = _MARKS.sub(" ", normalize(text).casefold()).strip().replace(" ", "_")
    return Profile(
        terms=Counter(tokens(text)),
        pairs=Counter(plain[i : i + 2] for i in range(len(plain) - 1)),
        characters=Counter(plain),
    )


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
        _ratio(query.characters.total(), row.characters.total()),
    )


def _weighted_overlap(
    one: Counter[str], other: Counter[str], rarity: Rarity, total: float
) -> float:
    shared = rarity.total(one.keys() & other.keys())
    return 2 * shared / total if total else 0.0


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other, 1)
