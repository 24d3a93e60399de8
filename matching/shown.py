"""Whom people were shown, kept to learn the weights of the score from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId, new_id
from matching.model import Listed
from matching.tables import ShownRow

_DIGITS = 4


async def note(
    db: AsyncSession, person: PersonId, experts: Sequence[Listed], *, now: datetime
) -> None:
    """Keep a list as it was shown, best first."""
    await db.execute(
        insert(ShownRow).values(
            id=new_id(), person_id=person, at=now,
            experts=[
                [one.expert_id, {name: round(value, _DIGITS) for name, value in one.features.items()}]
                for one in experts
            ],
        )
    )  # fmt: skip


async def forget(db: AsyncSession, person: PersonId) -> None:
    """Nothing that somebody was shown is kept."""
    await db.execute(delete(ShownRow).where(ShownRow.person_id == person))


async def forget_before(db: AsyncSession, instant: datetime) -> None:
    """Drop what is too old to be learnt from."""
    await db.execute(delete(ShownRow).where(ShownRow.at < instant))


async def export(db: AsyncSession, person: PersonId) -> list[dict[str, Any]]:
    """What is kept of a person, oldest first, ready for JSON."""
    rows = await db.scalars(
        select(ShownRow).where(ShownRow.person_id == person).order_by(ShownRow.at, ShownRow.id)
    )
    return [{"at": row.at.isoformat(), "experts": row.experts} for row in rows]
