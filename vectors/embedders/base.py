"""What every embedder promises."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of unit length, so that a dot product is a cosine."""

    @property
    def name(self) -> str:
        """Model and version; vectors of different names are never compared."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Passages (what is searched through): float32 of shape (n, dimension)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Questions: the same as `embed` unless the model tells the two apart."""
        ...
