"""A filled market for measuring a search: experts with offers, hours, next free times and facts.

One expert is opened by the product's own code; the others are copies of its rows with their own
ids, names, bios, topics, languages and prices, so that 100,000 are there within minutes.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from cryptography.fernet import Fernet

from bench._database import copy_row, empty
from booking import service as booking
from booking.model import Offer
from booking.tables import NextTimeRow, OfferRow, ScheduleRow
from matching.model import ExpertFacts
from matching.repository import offer_to_json
from matching.tables import ExpertFactsRow
from people import service as people
from people.model import ExpertDraft
from people.tables import ExpertRow
from storage.base import Base
from storage.engine import Database, open_database
from storage.secrets import use_keys
from tests.booking.builders import WORKDAYS
from vectors.embedders.base import Embedder, Vectors
from workflows.expert_facts import RefreshFacts
from workflows.next_times import KeepNextTimes

Values = dict[str, Any]
_AT_ONCE = 1_000
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def market(experts: Sequence[ExpertFacts], now: datetime) -> AsyncIterator[Database]:
    """A database on SQLite with these experts, all of them open for business."""
    use_keys([Fernet.generate_key().decode()])
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        await empty(url)
        database = open_database(url)
        await _open_one(database, experts[0], now)
        for begin in range(1, len(experts), _AT_ONCE):
            async with database.write.begin() as db:
                for row, changes in _CHANGES.items():
                    some = experts[begin : begin + _AT_ONCE]
                    await copy_row(db, row, [changes(one) for one in some])
        yield database
        await database.close()


async def _open_one(database: Database, one: ExpertFacts, now: datetime) -> None:
    draft = ExpertDraft(
        one.expert_id, one.name, dict(one.bio), one.languages, one.topics, "Europe/Berlin"
    )
    (offer,) = one.offers
    async with database.write.begin() as db:
        await people.save_expert(db, draft, now)
        await booking.set_weekly(db, one.expert_id, "Europe/Berlin", WORKDAYS)
        await booking.save_offer(
            db, Offer(offer.id, one.expert_id, offer.title, offer.minutes, offer.price)
        )
    await RefreshFacts(database.write)()
    await KeepNextTimes(database, lambda: now)()


def _profile(one: ExpertFacts) -> Values:
    return {
        "name": one.name, "bio": dict(one.bio), "topics": list(one.topics),
        "languages": list(one.languages),
    }  # fmt: skip


def _facts(one: ExpertFacts) -> Values:
    offers = [offer_to_json(each) for each in one.offers]
    return {
        "expert_id": one.expert_id, "offers": offers, "changed_at": _LONG_AGO, **_profile(one)
    }  # fmt: skip


def _offer(one: ExpertFacts) -> Values:
    (offer,) = one.offers
    return {"id": offer.id, "expert_id": one.expert_id, "price_minor": offer.price.minor}


def _next_time(one: ExpertFacts) -> Values:
    return {"offer_id": one.offers[0].id, "expert_id": one.expert_id}


_CHANGES: dict[type[Base], Callable[[ExpertFacts], Values]] = {
    ExpertRow: lambda one: {"id": one.expert_id, **_profile(one)},
    OfferRow: _offer,
    ScheduleRow: lambda one: {"expert_id": one.expert_id},
    NextTimeRow: _next_time,
    ExpertFactsRow: _facts,
}


class MadeUpTexts:
    """Drawn vectors for experts' texts, the model's own for needs: embedding 100,000 bios takes
    longer than everything else, and how long a search takes does not depend on what they say."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._draw = np.random.default_rng(5)
        self.name, self.dimension = f"made up for {embedder.name}", embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As many vectors of unit length."""
        drawn = self._draw.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The model's."""
        return self._embedder.embed_queries(texts)
