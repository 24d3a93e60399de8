"""What a message begins with says most of it; the rest of it dilutes an embedding of the whole."""

import re
from collections.abc import Sequence

import numpy as np

from vectors.embedders import Embedder, Vectors

# the first sentence that is more than a greeting, where others follow
_BEGINNING = re.compile(r"(?s)\s*+(?:.{25,}?[.!?](?=\s+\S)|.{10,}?[。！？](?=\s*\S))")

# bytes of UTF-8: some 35 words in English and in Chinese; in a shorter text each one counts
_LONG = 200


def embed_with_beginning(embedder: Embedder, texts: Sequence[str], *, share: float) -> Vectors:
    """Queries as unit rows, float32 of shape (n, dimension): `share` (0 to 1) of a row comes from
    the first sentence of a long text and the rest from the whole of it."""
    rows = embedder.embed_queries(texts)
    found = [_BEGINNING.match(text) if _is_long(text) else None for text in texts]
    beginnings = [each[0] for each in found if each]
    if not beginnings:
        return rows
    longer = np.array([each is not None for each in found])
    mixed = share * embedder.embed_queries(beginnings) + (1 - share) * rows[longer]
    rows = rows.copy()  # the embedder may remember it
    rows[longer] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return rows


def _is_long(text: str) -> bool:
    return len(text.encode()) > _LONG
