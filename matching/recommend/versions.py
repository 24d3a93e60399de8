"""The nights' models: which is in use, what each scored, and the way back to an older one.

Two kinds are kept alike: what people like (`TASTES`), and the weights of the score (`WEIGHTS`),
whose way back is to the fixed ones.
"""

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

TASTES, WEIGHTS = "tastes", "weights"
IN_USE, WORSE, TOO_LITTLE = "in use", "worse", "too little history"
_KEPT = 5
_COMPARABLE = timedelta(days=14)
_ERRORS = 2  # a difference within two standard errors is chance


class RecommenderRow(Base):
    """`card` is the model card; `data` is dropped once five newer ones are there. Weights are in
    the card, and have no data."""

    __tablename__ = "recommenders"

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(server_default=TASTES)
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


async def newest(db: AsyncSession, kind: str) -> datetime | None:
    """When the last night's training was, whatever became of it."""
    return await db.scalar(
        select(func.max(RecommenderRow.trained_at)).where(RecommenderRow.kind == kind)
    )


async def note_too_little(db: AsyncSession, card: Mapping[str, Any], *, now: datetime) -> Night:
    """There is not enough history to learn from; the model in use stays."""
    return await _add(db, TASTES, TOO_LITTLE, card, now=now)


async def save(
    db: AsyncSession, recommender: Recommender, card: Mapping[str, Any], *, now: datetime
) -> Night:
    """Store a model, and put it into use unless it is worse than the one in use, whose score is
    compared for 14 days: people change."""
    used = await db.scalar(
        select(RecommenderRow).where(RecommenderRow.active, RecommenderRow.kind == TASTES)
    )
    comparable = used is not None and used.trained_at > now - _COMPARABLE
    if used is not None and comparable and is_worse(card, used.card):
        return await _add(db, TASTES, WORSE, card, now=now)
    await _put_out_of_use(db, TASTES)
    night = await _add(db, TASTES, IN_USE, card, data=_pack(recommender), now=now)
    await db.execute(
        update(RecommenderRow).where(RecommenderRow.number <= night.number - 2 * _KEPT)
        .values(data=None)
    )  # fmt: skip
    return night


async def save_weights(
    db: AsyncSession, card: Mapping[str, Any], *, verdict: str, now: datetime
) -> Night:
    """Store a card with weights, which are in use from now on if the verdict says so; else the
    fixed ones are."""
    await _put_out_of_use(db, WEIGHTS)
    return await _add(db, WEIGHTS, verdict, card, now=now)


async def _put_out_of_use(db: AsyncSession, kind: str) -> None:
    await db.execute(
        update(RecommenderRow)
        .where(RecommenderRow.active, RecommenderRow.kind == kind)
        .values(active=False)
        .execution_options(synchronize_session=False)
    )


async def _add(
    db: AsyncSession, kind: str, verdict: str, card: Mapping[str, Any], *, now: datetime,
    data: bytes | None = None,
) -> Night:  # fmt: skip
    number = (await db.scalar(select(func.max(RecommenderRow.number))) or 0) + 1
    await db.execute(
        insert(RecommenderRow).values(
            number=number, kind=kind, trained_at=now, active=verdict == IN_USE, verdict=verdict,
            card=dict(card), data=data,
        )
    )  # fmt: skip
    return Night(number, verdict, card)


async def in_use(db: AsyncSession) -> dict[str, int]:
    """The numbers of what is in use, by kind."""
    rows = await db.execute(
        select(RecommenderRow.kind, RecommenderRow.number).where(RecommenderRow.active)
    )
    return {kind: number for kind, number in rows}


async def weights(db: AsyncSession, number: int) -> dict[str, float]:
    """The weights that a card has."""
    card: Mapping[str, Any] | None = await db.scalar(
        select(RecommenderRow.card).where(RecommenderRow.number == number)
    )
    return dict(card["weights"]) if card else {}


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
