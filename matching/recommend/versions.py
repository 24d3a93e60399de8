"""The nights' models: which is in use, what each scored, and the way back to an older one."""

import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import LargeBinary, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import ExpertId
from matching.recommend.content import Content
from matching.recommend.recommender import Recommender, arrays_of, lessons_from
from matching.recommend.training import Replay
from storage.base import Base
from storage.types import JsonValue, UtcDateTime

IN_USE, WORSE, TOO_LITTLE = "in use", "worse", "too little history"
_KEPT = 5
_COMPARABLE = timedelta(days=14)
_ERRORS = 2  # a difference within two standard errors is chance


class RecommenderRow(Base):
    """`card` is the model card; `data` is dropped once five newer ones are there."""

    __tablename__ = "recommenders"

    number: Mapped[int] = mapped_column(primary_key=True)
    trained_at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool]
    verdict: Mapped[str]
    card: Mapped[Any] = mapped_column(JsonValue)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Night:
    """How one night's training ended."""

    number: int
    verdict: str
    card: Mapping[str, Any]


def card_of(replay: Replay, *, people: int, experts: int, rows: int) -> dict[str, Any]:
    """The model card: what it was made of, its weights, and what each way scored."""
    return {
        "people": people, "experts": experts, "interactions": rows,
        "weights": {"with_history": dict(replay.warm), "without_history": dict(replay.cold)},
        **{
            part: {way: scores.to_json() for way, scores in ways.items()}
            for part, ways in replay.scores.items()
        },
    }  # fmt: skip


def is_worse(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether a card's hybrid is behind another's by more than chance explains."""
    now, before = (card["with_history"]["hybrid"] for card in (new, old))
    slack = _ERRORS * math.hypot(now["error"], before["error"])
    return bool(now["ndcg@10"] < before["ndcg@10"] - slack)


async def newest(db: AsyncSession) -> datetime | None:
    """When the last night's training was, whatever became of it."""
    return await db.scalar(select(func.max(RecommenderRow.trained_at)))


async def note_too_little(db: AsyncSession, card: Mapping[str, Any], *, now: datetime) -> Night:
    """There is not enough history to learn from; the model in use stays."""
    return await _add(db, TOO_LITTLE, card, data=None, now=now)


async def save(
    db: AsyncSession, recommender: Recommender, card: Mapping[str, Any], *, now: datetime
) -> Night:
    """Store a model, and put it into use unless it is worse than the one in use, whose score is
    compared for 14 days: people change."""
    active = await db.scalar(select(RecommenderRow).where(RecommenderRow.active))
    comparable = active is not None and active.trained_at > now - _COMPARABLE
    if active is not None and comparable and is_worse(card, active.card):
        return await _add(db, WORSE, card, data=None, now=now)
    if active is not None:
        await db.execute(update(RecommenderRow).values(active=False))
    night = await _add(db, IN_USE, card, data=_pack(recommender), now=now)
    await db.execute(
        update(RecommenderRow).where(RecommenderRow.number <= night.number - _KEPT)
        .values(data=None)
    )  # fmt: skip
    return night


async def _add(
    db: AsyncSession, verdict: str, card: Mapping[str, Any], *, data: bytes | None, now: datetime
) -> Night:
    number = (await db.scalar(select(func.max(RecommenderRow.number))) or 0) + 1
    await db.execute(
        insert(RecommenderRow).values(
            number=number, trained_at=now, active=data is not None, verdict=verdict,
            card=dict(card), data=data,
        )
    )  # fmt: skip
    return Night(number, verdict, card)


async def active_number(db: AsyncSession) -> int | None:
    """The number of the model in use."""
    return await db.scalar(select(RecommenderRow.number).where(RecommenderRow.active))


async def load(db: AsyncSession, number: int) -> Recommender:
    """The model with a number that has its data."""
    data = await db.scalar(select(RecommenderRow.data).where(RecommenderRow.number == number))
    if data is None:
        raise LookupError(f"recommender {number} has no data")
    return _unpack(data)


def _pack(recommender: Recommender) -> bytes:
    names = {
        "experts": list(recommender.experts), "topics": list(recommender.lessons.by_need),
        "columns": dict(recommender.content.columns), "fields": dict(recommender.content.fields),
        "warm": dict(recommender.warm), "cold": dict(recommender.cold),
    }  # fmt: skip
    file = io.BytesIO()
    np.savez_compressed(file, names=np.array(json.dumps(names)), **arrays_of(recommender))
    return file.getvalue()


def _unpack(data: bytes) -> Recommender:
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    names = json.loads(str(arrays["names"]))
    rows = arrays["content"].astype(np.float32)
    return Recommender(
        experts=[ExpertId(each) for each in names["experts"]],
        lessons=lessons_from(arrays, names["topics"]),
        content=Content(rows, names["columns"], names["fields"]),
        warm=names["warm"],
        cold=names["cold"],
    )
