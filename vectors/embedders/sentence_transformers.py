"""Any sentence-transformers model by name or folder (extra `st`)."""

from collections.abc import Sequence

import numpy as np

from vectors.embedders.base import Vectors
from vectors.errors import ModelUnavailable

_COMMAND = "pip install torch==2.13.0 && pip install 'hourwise[st]'"


class SentenceTransformersEmbedder:
    """Weights are read from this machine only; nothing is downloaded."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelUnavailable(
                model, reason="sentence-transformers is not installed", command=_COMMAND
            ) from error
        try:
            self._model = SentenceTransformer(model, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                model,
                reason="its files are not on this machine",
                command=f"huggingface-cli download {model}",
            ) from error
        self.name = f"st-{model}"
        # the method that says it has another name in each major version
        self.dimension = self.embed(["ready"]).shape[1]

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        encoded: Vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return encoded.astype(np.float32)

    embed_queries = embed
