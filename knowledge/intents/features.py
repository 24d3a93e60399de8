"""What an intent classifier sees of a text: its embeddings and its n-grams of terms."""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from vectors.embedders import Embedders, Vectors
from vectors.language import language_of
from vectors.normal import normalize
from vectors.words import tokens

_MAX_CHARACTERS = 1000
_ENGLISH_WEIGHT = 2.0
_NGRAM_WEIGHT = 0.25


def prepare(text: str) -> str:
    """The form of a text that is embedded and counted."""
    return normalize(text)[:_MAX_CHARACTERS]


class Encoder:
    """Turns texts of all languages into unit rows, so that one language teaches the other.

    A row holds the multilingual embedding, for English texts the English one beside it, and the
    n-grams, each with its weight.
    """

    def __init__(self, embedders: Embedders) -> None:
        self._across = embedders.across
        self._english = embedders.english if embedders.english is not embedders.across else None
        names = [embedder.name for embedder in (self._across, self._english) if embedder]
        self.name = "+".join(names)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The embeddings alone, weighted: float32 of shape (n, dimension)."""
        across = self._across.embed_queries(texts)
        if self._english is None:
            return (across / math.sqrt(1 + _NGRAM_WEIGHT)).astype(np.float32)
        is_english = np.array([language_of(text) == "en" for text in texts])
        beside = np.zeros((len(texts), self._english.dimension), np.float32)
        if is_english.any():
            chosen = [text for text, yes in zip(texts, is_english, strict=True) if yes]
            beside[is_english] = self._english.embed_queries(chosen)
        whole = 1 + _NGRAM_WEIGHT + _ENGLISH_WEIGHT * is_english[:, np.newaxis]
        rows = np.hstack([across, beside * math.sqrt(_ENGLISH_WEIGHT)]) / np.sqrt(whole)
        return rows.astype(np.float32)

    def weight(self, ngrams: Any, texts: Sequence[str]) -> Any:
        """The n-gram rows of the same texts, weighted to go with their embeddings."""
        has_english = self._english is not None
        shares = [
            _NGRAM_WEIGHT
            / (1 + _NGRAM_WEIGHT + _ENGLISH_WEIGHT * (has_english and language_of(text) == "en"))
            for text in texts
        ]
        return sparse.diags_array(np.sqrt(np.array(shares, np.float32))) @ ngrams


class Ngrams:
    """TF-IDF over terms and pairs of neighbouring terms, learnt from the training texts."""

    def __init__(self, vocabulary: Sequence[str] = (), rarity: Vectors | None = None) -> None:
        """Without arguments it has to be fitted; with them it is as fitted before."""
        self._vectorizer = TfidfVectorizer(
            analyzer=_terms,
            sublinear_tf=True,
            dtype=np.float32,
            vocabulary={gram: place for place, gram in enumerate(vocabulary)} or None,
        )
        if rarity is not None:
            self._vectorizer.idf_ = rarity

    def fit(self, texts: Sequence[str]) -> Any:
        """Learns the n-grams and gives the sparse matrix of the texts."""
        return self._vectorizer.fit_transform(texts)

    def __call__(self, texts: Sequence[str]) -> Any:
        """The sparse matrix (n, vocabulary), rows of unit length."""
        return self._vectorizer.transform(texts)

    @property
    def vocabulary(self) -> list[str]:
        return list(self._vectorizer.get_feature_names_out())

    @property
    def rarity(self) -> Vectors:
        found: Vectors = self._vectorizer.idf_
        return found


def _terms(text: str) -> list[str]:
    single = tokens(text)
    return [*single, *(f"{one} {two}" for one, two in itertools.pairwise(single))]
