"""What an intent classifier sees of a text: its embeddings and its n-grams of terms."""

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from vectors.beginning import embed_with_beginning
from vectors.embedders import Embedders, Vectors
from vectors.language import language_of
from vectors.normal import normalize
from vectors.words import tokens

_MAX_CHARACTERS = 1000
_ENGLISH_WEIGHT = 2.0
_NGRAM_WEIGHT = 0.25
_BEGINNING_SHARE = 0.3


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
        across = embed_with_beginning(self._across, texts, share=_BEGINNING_SHARE)
        if self._english is None:
            return (across / math.sqrt(1 + _NGRAM_WEIGHT)).astype(np.float32)
        is_english = np.array([language_of(text) == "en" for text in texts])
        beside = np.zeros((len(texts), self._english.dimension), np.float32)
        if is_english.any():
            chosen = [text for text, yes in zip(texts, is_english, strict=True) if yes]
            beside[is_english] = embed_with_beginning(self._english, chosen, share=_BEGINNING_SHARE)
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
    """TF-IDF over terms and pairs of neighbouring terms, learnt from the training texts.

    A gram that comes t times in a text, and in d of n training texts, weighs
    (1 + ln t) · (ln((1 + n) / (1 + d)) + 1); each row is of unit length.
    """

    def __init__(self, vocabulary: Sequence[str] = (), rarity: Vectors | None = None) -> None:
        """Without arguments it has to be fitted; with them it is as fitted before."""
        self.vocabulary = list(vocabulary)
        self.rarity = np.zeros(0, np.float32) if rarity is None else rarity

    def fit(self, texts: Sequence[str]) -> Any:
        """Learns the n-grams and gives the sparse matrix of the texts."""
        having = Counter(gram for text in texts for gram in set(_terms(text)))
        self.vocabulary = sorted(having)
        in_texts = np.array([having[gram] for gram in self.vocabulary])
        self.rarity = (np.log((1 + len(texts)) / (1 + in_texts)) + 1).astype(np.float32)
        return self(texts)

    def __call__(self, texts: Sequence[str]) -> Any:
        """The sparse matrix (n, vocabulary), rows of unit length."""
        counts: list[int] = []
        columns: list[int] = []
        ends = [0]
        for text in texts:
            for gram, count in Counter(_terms(text)).items():
                place = self._places.get(gram)
                if place is not None:
                    columns.append(place)
                    counts.append(count)
            ends.append(len(columns))
        weights = (1 + np.log(np.array(counts, np.float32))) * self.rarity[columns]
        rows = sparse.csr_array(
            (weights, columns, ends), shape=(len(texts), len(self.vocabulary)), dtype=np.float32
        )
        lengths = np.sqrt(rows.power(2).sum(axis=1))
        return sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ rows

    @cached_property
    def _places(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self.vocabulary)}


def _terms(text: str) -> list[str]:
    single = tokens(text)
    return [*single, *(f"{one} {two}" for one, two in itertools.pairwise(single))]
