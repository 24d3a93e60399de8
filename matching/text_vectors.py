"""The vectors of experts' texts by one model, in memory; what is new is handed over to be stored."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from threading import Lock

import numpy as np
import numpy.typing as npt

from vectors.embedders import Embedder, Vectors

KEPT = np.dtype("<f2")
"""How vectors are stored: half precision, which moves a fit by less than 0.001."""


class TextVectors:
    """Equal texts of many experts are one row; a row stays until the process ends, for whoever
    comes back to a text. Vectors are rounded as they are stored, so that a text fits a need the
    same before and after a start."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._rows: dict[str, int] = {}
        self._matrix: Vectors = np.zeros((0, embedder.dimension), dtype=np.float32)
        self._new: list[str] = []
        self._lock = Lock()

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those that have no vector, each once."""
        return sorted({text for text in texts if text not in self._rows})

    def rows(self, texts: Sequence[str]) -> npt.NDArray[np.int64]:
        """Where the texts' vectors are; new ones are embedded."""
        missing = self.missing(texts)
        if missing:
            vectors = self._embedder.embed(missing)
            with self._lock:
                self._new += self._add(missing, vectors)
        return np.array([self._rows[text] for text in texts], dtype=np.int64)

    def know(self, stored: Mapping[str, Vectors]) -> None:
        """Take over vectors that were stored, by their texts."""
        if stored:
            with self._lock:
                self._add([*stored], np.stack([*stored.values()]))

    def take_new(self) -> dict[str, Vectors]:
        """What was embedded since this was last asked, by the texts' digests."""
        with self._lock:
            new, self._new = self._new, []
            return {digest(text): self._matrix[self._rows[text]] for text in new}

    def _add(self, texts: Sequence[str], vectors: Vectors) -> list[str]:
        # somebody else may have added some meanwhile
        new = [place for place, text in enumerate(texts) if text not in self._rows]
        begin, end = len(self._rows), len(self._rows) + len(new)
        if end > len(self._matrix):
            room = np.zeros((end + len(self._matrix), vectors.shape[1]), dtype=np.float32)
            room[:begin] = self._matrix[:begin]
            self._matrix = room
        self._matrix[begin:end] = vectors[new].astype(KEPT)
        self._rows |= {texts[place]: begin + row for row, place in enumerate(new)}
        return [texts[place] for place in new]

    def cosines(self, vector: Vectors) -> npt.NDArray[np.float64]:
        return np.asarray(self._matrix[: len(self._rows)] @ vector)


def digest(text: str) -> str:
    """What a text's vector is stored by."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
