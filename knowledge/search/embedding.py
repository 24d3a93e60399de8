"""Which texts of the entries need a vector, and making those that are missing."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge import repository
from knowledge.model import Entry
from knowledge.search.shelf import digest
from vectors.embedders import Embedders, Vectors
from vectors.normal import normalize

MAX_CHARACTERS = 1000

VectorsByModel = Mapping[str, Mapping[str, Vectors]]

_BATCH = 64


def wanted(entries: Sequence[Entry], embedders: Embedders) -> dict[str, dict[str, str]]:
    """The texts each model must embed: model name → digest → text."""
    texts: dict[str, dict[str, str]] = {}
    for entry in entries:
        for model in _models(entry, embedders):
            texts.setdefault(model, {}).update((digest(text), text) for text in _texts(entry))
    return texts


def missing(
    entries: Sequence[Entry], embedders: Embedders, known: Mapping[str, Collection[str]]
) -> dict[str, dict[str, str]]:
    """Those of the wanted texts whose digest is not among a model's `known` ones."""
    found = {}
    for model, texts in wanted(entries, embedders).items():
        there = known.get(model, ())
        found[model] = {name: text for name, text in texts.items() if name not in there}
    return found


def searchable(
    entries: Sequence[Entry], embedders: Embedders, vectors: VectorsByModel
) -> list[Entry]:
    """The entries all of whose texts have their vectors."""
    return [
        entry
        for entry in entries
        if all(
            digest(text) in vectors.get(model, {})
            for model in _models(entry, embedders)
            for text in _texts(entry)
        )
    ]


def embed(model: str, texts: Mapping[str, str], embedders: Embedders) -> dict[str, Vectors]:
    """Vectors of texts by their digests."""
    models = {one.name: one for one in (embedders.english, embedders.others)}
    cleaned = [normalize(text)[:MAX_CHARACTERS] for text in texts.values()]
    return dict(zip(texts, models[model].embed(cleaned), strict=True))


def embed_missing(
    entries: Sequence[Entry], embedders: Embedders, known: VectorsByModel
) -> dict[str, dict[str, Vectors]]:
    """Vectors for the texts that have none yet: model name → digest → vector."""
    return {
        model: embed(model, texts, embedders)
        for model, texts in missing(entries, embedders, known).items()
    }


@dataclass(frozen=True)
class Batch:
    """Some texts for one model: digest → text."""

    model: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class EntryEmbedder:
    """Embeds stored entries a little at a time, so that questions are answered in between.

    `run` does the work somewhere off the event loop.
    """

    embedders: Embedders
    run: Callable[[Callable[[], dict[str, Vectors]]], Awaitable[dict[str, Vectors]]]

    async def missing(self, db: AsyncSession) -> list[Batch]:
        """What the stored entries still need."""
        names = {self.embedders.english.name, self.embedders.others.name}
        known = await repository.digests(db, names)
        texts = missing(await repository.entries(db), self.embedders, known)
        return [
            Batch(model, dict(rows[first : first + _BATCH]))
            for model, by_digest in texts.items()
            for rows in (list(by_digest.items()),)
            for first in range(0, len(rows), _BATCH)
        ]

    async def embed(self, batch: Batch) -> dict[str, Vectors]:
        """Digest → vector."""
        return await self.run(lambda: embed(batch.model, batch.texts, self.embedders))


def _models(entry: Entry, embedders: Embedders) -> set[str]:
    return {embedders.for_language(entry.language).name, embedders.across.name}


def _texts(entry: Entry) -> tuple[str, ...]:
    return (*entry.phrasings, entry.whole)
