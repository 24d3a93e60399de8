"""The word index: BM25 over stems of Latin words and bigrams of Chinese characters."""

import logging
from collections.abc import Sequence
from functools import cache
from sys import intern
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from vectors.normal import normalize

_PIECES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]+|[\p{L}\p{N}']+")
_HAN_RUN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]+")


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")


def tokens(text: str) -> list[str]:
    """The terms a text is indexed and searched by.

    A run of Chinese characters gives its bigrams and its single characters;
    every other word gives its English stem. Equal terms are one object: an index of thousands of
    texts is built from them.
    """
    found: list[str] = []
    for piece in _PIECES.findall(normalize(text).casefold()):
        if _HAN_RUN.fullmatch(piece):
            found.extend(piece)
            found.extend(intern(piece[i : i + 2]) for i in range(len(piece) - 1))
        else:
            found.append(intern(_stemmer().stemWord(piece)))
    return found


class WordIndex:
    """BM25 scores of a text against a fixed sequence of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        # it sets its own logger to DEBUG when it is imported
        logging.getLogger("bm25s").setLevel(logging.WARNING)

        self._size = len(texts)
        self._index = bm25s.BM25(method="lucene", k1=1.2, b=0.5)
        corpus = [tokens(text) or [""] for text in texts]
        if corpus:
            self._index.index(corpus, show_progress=False)

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """A score (≥ 0) for each indexed text, in their order."""
        terms = tokens(text)
        if not self._size:
            return np.zeros(0, np.float32)
        known = self._index.get_tokens_ids(terms)
        if not known:
            return np.zeros(self._size, np.float32)
        found: npt.NDArray[np.float32] = self._index.get_scores_from_ids(known)
        return found
