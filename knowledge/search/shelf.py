"""One shelf: phrasings that are searched together, by one embedder."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from knowledge.feedback import Phrasing, Weights
from knowledge.model import Entry
from knowledge.search.fusion import Fusion
from knowledge.search.likeness import FEATURES, Rarity, likeness, profile
from vectors.embedders import Vectors
from vectors.errors import StoreUnavailable
from vectors.store import VectorStore
from vectors.words import WordIndex, tokens

logger = logging.getLogger(__name__)
_NEAREST = 40
_BY_WORDS = 20
# median of both cosines' ratio, in English: 0.91 where the entry fits, 0.85 where it does not
_WHOLE_OF_COSINE = 0.85


def digest(text: str) -> str:
    """A short name for a phrasing, equal for equal texts."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Hit:
    """An entry found: its fused score, and that the vectors had no say in it."""

    entry: Entry
    score: float
    probability: float
    degraded: bool = False


def _by_words_alone(features: Sequence[float]) -> float:
    """A cautious stand-in for the probability when there are no cosines."""
    _, _, words, pairs, *_ = features
    return (words + pairs) / 2


class Shelf:
    """Finds the entries whose phrasings are nearest to a question."""

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        vectors: Mapping[str, Vectors],
        store: VectorStore,
        fusion: Fusion,
    ) -> None:
        """`vectors` holds one for the digest of each phrasing, and of the whole entries that have
        theirs already."""
        rows = [(place, text) for place, entry in enumerate(entries) for text in entry.phrasings]
        self._entries = list(entries)
        self._texts = [text for _, text in rows]
        self._places = [place for place, _ in rows]
        self._rows_of: dict[str, list[int]] = {}
        for row, text in enumerate(self._texts):
            self._rows_of.setdefault(digest(text), []).append(row)
        wholes = [vectors.get(digest(entry.whole)) for entry in entries]
        self._has_whole = np.array([vector is not None for vector in wholes], bool)
        none = next(iter(vectors.values())) * 0 if vectors else None
        self._wholes = np.array([none if one is None else one for one in wholes], np.float16)
        self._weights = [0.0] * len(rows)
        self._words = WordIndex(self._texts)
        self._rarity = Rarity(self._texts)
        self._totals = [self._rarity.total(tokens(text)) for text in self._texts]
        self._fusion = fusion
        self._store = store
        self._sync({name: vectors[name] for name in self._rows_of})

    def _sync(self, rows: Mapping[str, Vectors]) -> None:
        try:
            self._store.sync(rows)
        except StoreUnavailable:
            logger.warning("vector store unavailable, searching by words", exc_info=True)

    def search(self, text: str, vector: Vectors) -> list[Hit]:
        """The entries that may fit, best first; `vector` is the question's.

        The probability of the first takes its lead into account, the others have none.
        """
        scored, degraded = self._scored(text, vector)
        best: dict[int, float] = {}
        for row, score in scored:
            place = self._places[row]
            best[place] = max(best.get(place, score), score)
        ordered = sorted(best.items(), key=lambda pair: -pair[1])
        return [
            Hit(
                self._entries[place],
                score,
                score if degraded else self._probability(ordered, rank),
                degraded,
            )
            for rank, (place, score) in enumerate(ordered)
        ]

    def weigh(self, weights: Weights) -> None:
        """Takes over what feedback adds to the scores of phrasings."""
        self._weights = [
            weights.get((self._owner(row), digest(text)), 0.0)
            for row, text in enumerate(self._texts)
        ]

    def phrasing(self, text: str, vector: Vectors, entry_id: str) -> Phrasing | None:
        """The phrasing by which a question finds an entry; None when it does not."""
        scored, _ = self._scored(text, vector)
        own = [(score, row) for row, score in scored if self._owner(row) == entry_id]
        return (entry_id, digest(self._texts[max(own)[1]])) if own else None

    def _scored(self, text: str, vector: Vectors) -> tuple[list[tuple[int, float]], bool]:
        found, degraded = self._candidates(text, vector, self._fusion.wanted)
        score = _by_words_alone if degraded else self._fusion.score
        return [(row, score(each) + self._weights[row]) for row, each in found], degraded

    def familiar(self, text: str) -> float:
        """The share of a question's terms that occur in the phrasings."""
        terms = profile(text).terms
        return sum(term in self._rarity for term in terms) / len(terms) if terms else 0.0

    def candidates(
        self, text: str, vector: Vectors, *, wanted: frozenset[str] = frozenset(FEATURES)
    ) -> tuple[list[tuple[str, tuple[float, ...]]], bool]:
        """Phrasings that may fit, as (entry id, features), and whether cosines are missing."""
        found, degraded = self._candidates(text, vector, wanted)
        return [(self._owner(row), features) for row, features in found], degraded

    def _owner(self, row: int) -> str:
        """The id of the entry that a phrasing belongs to."""
        return self._entries[self._places[row]].id

    def _candidates(
        self, text: str, vector: Vectors, wanted: frozenset[str]
    ) -> tuple[list[tuple[int, tuple[float, ...]]], bool]:
        cosines, degraded = self._cosines(text, vector)
        query = profile(text)
        asked = self._rarity.total(query.terms)
        places = [self._places[row] for row in cosines]
        wholes = self._whole_cosines(places, np.fromiter(cosines.values(), np.float32), vector)
        found = [
            likeness(
                query,
                profile(self._texts[row]),
                cosine=cosine,
                whole=whole,
                rarity=self._rarity,
                total=asked + self._totals[row],
                wanted=frozenset(FEATURES) if degraded else wanted,
            )
            for (row, cosine), whole in zip(cosines.items(), wholes.tolist(), strict=True)
        ]
        return list(zip(cosines, found, strict=True)), degraded

    def _whole_cosines(self, places: list[int], cosines: Vectors, vector: Vectors) -> Vectors:
        """The question's cosines to whole entries; a usual one where there is no vector yet."""
        if not places:
            return cosines
        known = self._wholes[places].astype(np.float32) @ vector
        return np.where(self._has_whole[places], known, _WHOLE_OF_COSINE * cosines)

    def _probability(self, ordered: Sequence[tuple[int, float]], rank: int) -> float:
        score = ordered[rank][1]
        behind = ordered[1][1] if rank == 0 and len(ordered) > 1 else 0.0 if rank == 0 else score
        return self._fusion.probability(score, score - behind)

    def _cosines(self, text: str, vector: Vectors) -> tuple[dict[int, float], bool]:
        """Candidate rows with their cosines, and whether these are missing."""
        try:
            near = self._store.nearest(vector, min(_NEAREST, len(self._rows_of)))
        except StoreUnavailable:
            logger.warning("vector store unavailable, searching by words")
            near = []
        cosines = {row: cosine for name, cosine in near for row in self._rows_of.get(name, ())}
        # what is not among the nearest is at most as near as the last of them
        least = near[-1][1] if near else 0.0
        by_words = self._words.scores(text)
        having = np.flatnonzero(by_words)
        best = np.argsort(-by_words[having], kind="stable")[:_BY_WORDS]
        for row in having[best].tolist():
            cosines.setdefault(row, least)
        return cosines, bool(self._texts) and not near
