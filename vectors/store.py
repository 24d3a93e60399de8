"""Where vectors are searched: in memory, exactly, or in Chroma, which grows beyond it."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from vectors.embedders.base import Vectors
from vectors.errors import StoreUnavailable


class VectorStore(Protocol):
    """Nearest rows by cosine in one collection of unit vectors.

    Not for several threads at once. Raises StoreUnavailable when it cannot answer.
    """

    def sync(self, rows: Mapping[str, Vectors]) -> None:
        """Makes the collection hold exactly these rows (id → vector); equal ids are kept."""
        ...

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Up to `limit` (row id, cosine), nearest first."""
        ...


class MemoryStore:
    """Exact search by one matrix product; for evaluation and tests."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._matrix: Vectors = np.empty((0, 0), np.float32)

    def sync(self, rows: Mapping[str, Vectors]) -> None:
        self._ids = list(rows)
        self._matrix = np.array(list(rows.values()), np.float32)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        if not self._ids:
            return []
        cosines = self._matrix @ vector
        count = min(limit, len(self._ids))
        best = np.argpartition(-cosines, count - 1)[:count]
        ordered = best[np.argsort(-cosines[best], kind="stable")]
        return [(self._ids[row], float(cosines[row])) for row in ordered]


class NoStore:
    """Stands in for a store that cannot be reached."""

    def sync(self, rows: Mapping[str, Vectors]) -> None:
        raise StoreUnavailable("the vector store is not connected")

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        raise StoreUnavailable("the vector store is not connected")
