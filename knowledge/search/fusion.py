"""The fitted numbers: how features make a score, and how a score makes a probability."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.data_files import read_yaml
from knowledge.search.likeness import FEATURES


@dataclass(frozen=True)
class Fusion:
    """Weights of FEATURES, and a logistic curve over the score and its lead.

    Fitted by `bench/fit_fusion.py` for one embedder and one use of it.
    """

    weights: tuple[float, ...]
    bias: float
    slope: float
    lead: float

    @property
    def wanted(self) -> frozenset[str]:
        """The features that count."""
        return frozenset(name for name, w in zip(FEATURES, self.weights, strict=True) if w)

    def score(self, features: Sequence[float]) -> float:
        """The fused score; comparable within one query and across queries."""
        return sum(w * value for w, value in zip(self.weights, features, strict=True))

    def probability(self, score: float, lead: float) -> float:
        """That an entry with this score, so far ahead of the next one, fits the question."""
        return 1 / (1 + math.exp(-(self.bias + self.slope * score + self.lead * min(lead, 1.0))))


def load_fusion(name: str) -> Fusion:
    """The fitted numbers for an embedder (`…:across` for questions in another language).

    An embedder without numbers of its own takes the `default` ones.
    """
    known = read_yaml("fusion.yml")
    row = known.get(name) or known["default:across" if name.endswith(":across") else "default"]
    return Fusion(
        weights=tuple(float(row["weights"][feature]) for feature in FEATURES),
        bias=float(row["bias"]),
        slope=float(row["slope"]),
        lead=float(row["lead"]),
    )
