"""An embedder that need not embed the same question twice."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from vectors.embedders.base import Embedder, Vectors

_KEPT = 256


class Remembered:
    """Keeps the vectors of the latest questions; one message is looked at by several models.

    Several threads may share it.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        if len(texts) != 1:
            return self._embedder.embed_queries(texts)
        text = texts[0]
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
            else:
                self._kept[text] = self._embedder.embed_queries(texts)[0]
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[text][np.newaxis]
