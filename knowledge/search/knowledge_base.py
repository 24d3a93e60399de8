"""The knowledge base as it is searched: a shelf a language, and one across languages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.feedback import Phrasing, Weights
from knowledge.model import Answer, AnswerKind, Candidate, Entry
from knowledge.search.embedding import MAX_CHARACTERS, VectorsByModel
from knowledge.search.fusion import load_fusion
from knowledge.search.shelf import Hit, Shelf
from vectors.embedders import Embedder, Embedders
from vectors.language import language_of
from vectors.normal import normalize
from vectors.store import MemoryStore, VectorStore

_LETTER = re.compile(r"\w")
_ACROSS = "across"
_FAMILIAR = 0.4

# about one free text in four is a question about the service
_ODDS_OF_A_QUESTION = 4.0

StoreMaker = Callable[[str], VectorStore]


@dataclass(frozen=True)
class Thresholds:
    """From which probability on to answer, and from which to offer near questions."""

    answer: float = 0.45
    suggest: float = 0.12
    suggestions: int = 3


class KnowledgeBase:
    """Answers questions from a fixed set of entries. Not for several threads at once."""

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        embedders: Embedders,
        vectors: VectorsByModel,
        store: StoreMaker = lambda _: MemoryStore(),
        thresholds: Thresholds = Thresholds(),
        weights: Weights | None = None,
    ) -> None:
        """`vectors` holds one for every phrasing that `wanted` names; `weights` are feedback's."""
        self._embedders = embedders
        self._thresholds = thresholds
        self._siblings = {(_stem(entry), entry.language): entry for entry in entries}
        self._shelves: dict[str, Shelf] = {}
        for language in sorted({entry.language for entry in entries}):
            own = [entry for entry in entries if entry.language == language]
            embedder = embedders.for_language(language)
            self._shelves[language] = _shelf(own, embedder, vectors, store, name=language)
        self._across = _shelf(entries, embedders.across, vectors, store, name=_ACROSS)
        self.weigh(weights or {})

    def weigh(self, weights: Weights) -> None:
        """Takes over what feedback adds to the scores of phrasings."""
        for shelf in (*self._shelves.values(), self._across):
            shelf.weigh(weights)

    def phrasing(self, text: str, entry_id: str) -> Phrasing | None:
        """The phrasing by which a question finds an entry of its own language; None when it does
        not, or lies on another language's shelf."""
        text = normalize(text)[:MAX_CHARACTERS]
        shelf = self._shelves.get(language := language_of(text))
        if shelf is None:
            return None
        vector = self._embedders.for_language(language).embed_queries([text])[0]
        return shelf.phrasing(text, vector, entry_id)

    def ask(self, text: str, *, language: str | None = None, surely_asks: bool = False) -> Answer:
        """What the entries say to a question; `language` counts where the text shows none.

        `surely_asks`: another judge is sure that the text is a question about the service, which
        raises the odds that an entry fits, where they are not enough without.
        """
        return self.answer(self.hits(text, language=language), surely_asks=surely_asks)

    def hits(self, text: str, *, language: str | None = None) -> list[Hit]:
        """The entries that `ask` would judge, best first; none for a text without letters."""
        text = normalize(text)[:MAX_CHARACTERS]
        if not _LETTER.search(text):
            return []
        return self.search(text, language=language_of(text, default=language or "en"))

    def search(self, text: str, *, language: str) -> list[Hit]:
        """Entries that may fit a normalized question, best first.

        Entries of the question's language come from its own shelf. When that has no answer, the
        entries of other languages are looked at; when even the words are strange to it, the
        language may have been taken for another of the same script, and all entries are.
        """
        own: list[Hit] = []
        if language in self._shelves:
            vector = self._embedders.for_language(language).embed_queries([text])[0]
            own = self._shelves[language].search(text, vector)
        best = own[0].probability if own else 0.0
        if best >= self._thresholds.answer:
            return own
        anything = not own or self._shelves[language].familiar(text) < _FAMILIAR
        if not anything and self._shelves.keys() == {language}:
            return own
        vector = self._embedders.across.embed_queries([text])[0]
        found = {hit.entry.id: hit for hit in own}
        for hit in self._across.search(text, vector):
            entry = self._siblings.get((_stem(hit.entry), language), hit.entry)
            if entry.language == language and not anything:
                continue
            before = found.get(entry.id)
            if before is None or before.probability < hit.probability:
                found[entry.id] = Hit(entry, hit.score, hit.probability, hit.degraded)
        return sorted(found.values(), key=lambda hit: -hit.probability)

    def answer(self, hits: Sequence[Hit], *, surely_asks: bool = False) -> Answer:
        """What these entries say, as `ask` would."""
        limits = self._thresholds
        enough = bool(hits) and hits[0].probability >= limits.answer
        if surely_asks and not enough:
            hits = [_likelier(hit) for hit in hits]
        near = [hit for hit in hits if hit.probability >= limits.suggest][: limits.suggestions]
        if not near:
            return Answer(AnswerKind.NONE)
        best = near[0]
        candidates = tuple(
            Candidate(hit.entry.id, hit.entry.question, round(hit.probability, 4)) for hit in near
        )
        sure = best.probability >= limits.answer and not best.degraded
        return Answer(
            kind=AnswerKind.ANSWER if sure else AnswerKind.SUGGEST,
            by="search",
            language=best.entry.language,
            answer=best.entry.answer if sure else None,
            article=best.entry.id if sure else None,
            score=round(best.probability, 4),
            candidates=candidates,
            degraded=best.degraded,
        )


def _likelier(hit: Hit) -> Hit:
    """Bayes: most texts are no questions about the service, this one is."""
    odds = hit.probability / max(1 - hit.probability, 1e-9) * _ODDS_OF_A_QUESTION
    return replace(hit, probability=odds / (1 + odds))


def _stem(entry: Entry) -> str:
    """What the translations of an entry have in common: its id without the language."""
    return entry.id.removesuffix(f".{entry.language}")


def _shelf(
    entries: Sequence[Entry],
    embedder: Embedder,
    vectors: VectorsByModel,
    store: StoreMaker,
    *,
    name: str,
) -> Shelf:
    suffix = f":{_ACROSS}" if name == _ACROSS else ""
    return Shelf(
        entries,
        vectors=vectors.get(embedder.name, {}),
        store=store(f"faq-{name}-{embedder.name}"),
        fusion=load_fusion(embedder.name + suffix),
    )
