"""What people said about answers, turned into weights of the phrasings that led to them.

A phrasing gains with every answer that was right and loses with every one that was wrong:
limit * (right - wrong) / (right + wrong + caution), so that one voice changes little.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# in units of the fused score, in which equal texts differ by about 2 from strange ones
_LIMIT = 0.6
_CAUTION = 2.0

Phrasing = tuple[str, str]
Weights = Mapping[Phrasing, float]


@dataclass(frozen=True)
class Judged:
    """A question that was answered by an entry, and whether that was right."""

    text: str
    article: str
    right: bool


def weights_of(judged: Sequence[tuple[Judged, Phrasing | None]]) -> dict[Phrasing, float]:
    """Weights of (entry id, digest of the phrasing) from judgements, each with the phrasing that
    was nearest to its question; None where the entry is not near it any more."""
    right, wrong = Counter[Phrasing](), Counter[Phrasing]()
    for one, phrasing in judged:
        if phrasing is not None:
            (right if one.right else wrong)[phrasing] += 1
    return {
        phrasing: _LIMIT
        * (right[phrasing] - wrong[phrasing])
        / (right[phrasing] + wrong[phrasing] + _CAUTION)
        for phrasing in sorted(right.keys() | wrong.keys())
    }
