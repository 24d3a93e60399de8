"""Which texts of the entries need a vector, and making those that are missing."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge import repository
from knowledge.model import Entry
from knowledge.search.shelf import digest
from vectors.embedders import Embedders, Vectors
from vectors.normal import normalize

MAX_CHARACTERS = 1000

VectorsByModel = Mapping[str, Mapping[str, Vectors]]

_BATCH = 64
_ENTRIES = 128


def wanted(entries: Sequence[Entry], embedders: Embedders) -> dict[str, dict[str, str]]:
    """The texts each model must embed: model name → digest → text."""
    return {
        model: _phrasings(entries, model, embedders) | _wholes(entries, model, embedders)
        for model in _names(embedders)
    }


def missing(
    entries: Sequence[Entry], embedders: Embedders, known: Mapping[str, Collection[str]]
) -> dict[str, dict[str, str]]:
    """Those of the wanted texts whose digest is not among a model's `known` ones."""
    return {
        model: _unknown(texts, known.get(model, ()))
        for model, texts in wanted(entries, embedders).items()
    }


def searchable(
    entries: Sequence[Entry], embedders: Embedders, vectors: VectorsByModel
) -> list[Entry]:
    """The entries all of whose phrasings have their vectors."""
    return [
        entry
        for entry in entries
        if all(
            digest(text) in vectors.get(model, {})
            for model in _models(entry, embedders)
            for text in entry.phrasings
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
    """Vectors for the texts that have none yet, as float16 like stored ones: model name → digest
    → vector."""
    return {
        model: {
            name: vector.astype(np.float16)
            for name, vector in embed(model, texts, embedders).items()
        }
        for model, texts in missing(entries, embedders, known).items()
    }


@dataclass(frozen=True)
class Batch:
    """Some texts for one model: digest → text; `whole`: questions with their answers."""

    model: str
    texts: Mapping[str, str]
    whole: bool = False


@dataclass(frozen=True)
class EntryEmbedder:
    """Embeds stored entries a little at a time, so that questions are answered in between.

    `run` does the work somewhere off the event loop.
    """

    embedders: Embedders
    run: Callable[[Callable[[], dict[str, Vectors]]], Awaitable[dict[str, Vectors]]]

    async def missing(self, db: AsyncSession) -> list[Batch]:
        """What the stored entries still need: first the phrasings they are found by, then the
        wholes that refine the order, which are several times as long."""
        names = {self.embedders.english.name, self.embedders.others.name}
        known = await repository.digests(db, names)
        entries = await repository.entries(db)
        return [
            *_batches(entries, self.embedders, known, whole=False),
            *_batches(entries, self.embedders, known, whole=True),
        ]

    async def left(self, db: AsyncSession, batch: Batch) -> Batch:
        """What another process has not embedded meanwhile."""
        there = await repository.embedded(db, batch.model, batch.texts)
        left = {name: text for name, text in batch.texts.items() if name not in there}
        return replace(batch, texts=left)

    async def embed(self, batch: Batch) -> dict[str, Vectors]:
        """Digest → vector."""
        return await self.run(lambda: embed(batch.model, batch.texts, self.embedders))


def _batches(
    entries: Sequence[Entry],
    embedders: Embedders,
    known: Mapping[str, Collection[str]],
    *,
    whole: bool,
) -> Iterator[Batch]:
    """Some entries for every model, then the next ones, so that the first are complete early."""
    planned: dict[str, set[str]] = {model: set(known.get(model, ())) for model in _names(embedders)}
    texts_of = _wholes if whole else _phrasings
    for first in range(0, len(entries), _ENTRIES):
        for model, there in planned.items():
            new = _unknown(texts_of(entries[first : first + _ENTRIES], model, embedders), there)
            there |= new.keys()
            rows = list(new.items())
            for start in range(0, len(rows), _BATCH):
                yield Batch(model, dict(rows[start : start + _BATCH]), whole)


def _phrasings(entries: Sequence[Entry], model: str, embedders: Embedders) -> dict[str, str]:
    return {
        digest(text): text
        for entry in entries
        if model in _models(entry, embedders)
        for text in entry.phrasings
    }


def _wholes(entries: Sequence[Entry], model: str, embedders: Embedders) -> dict[str, str]:
    return {
        digest(entry.whole): entry.whole for entry in entries if model in _models(entry, embedders)
    }


def _unknown(texts: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name not in known}


def _names(embedders: Embedders) -> list[str]:
    return sorted({embedders.english.name, embedders.others.name})


def _models(entry: Entry, embedders: Embedders) -> set[str]:
    return {embedders.for_language(entry.language).name, embedders.across.name}
