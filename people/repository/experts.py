"""All SQL about experts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnExpressionArgument, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId
from people.model import Expert, ExpertDraft
from people.tables import ExpertRow


async def experts(db: AsyncSession, *where: ColumnExpressionArgument[bool]) -> list[Expert]:
    """Experts that meet all conditions, by name."""
    rows = await db.scalars(
        select(ExpertRow)
        .where(*where)
        .order_by(ExpertRow.name, ExpertRow.id)
        .execution_options(populate_existing=True)
    )
    return [_expert(row) for row in rows]


async def experts_by_id(db: AsyncSession, ids: Collection[ExpertId]) -> list[Expert]:
    """The experts with these ids, by name."""
    return await experts(db, ExpertRow.id.in_(ids))


async def expert_by_telegram(db: AsyncSession, telegram_id: int) -> Expert | None:
    """The expert who writes from this Telegram account."""
    found = await experts(db, ExpertRow.telegram_id == telegram_id)
    return found[0] if found else None


async def experts_of(db: AsyncSession, person_id: PersonId) -> list[Expert]:
    """The expert that a person is, if they are one."""
    return await experts(db, ExpertRow.person_id == person_id)


async def put_expert(
    db: AsyncSession, draft: ExpertDraft, *, person_id: PersonId | None, new: bool, now: datetime
) -> None:
    """Store a new expert, or the new state of one."""
    values = {
        "person_id": person_id,
        "telegram_id": draft.telegram_id,
        "name": draft.name,
        "bio": draft.bio,
        "languages": list(draft.languages),
        "topics": list(draft.topics),
        "time_zone": draft.time_zone,
        "verified": draft.verified,
        "taking_clients": draft.taking_clients,
        "delivery": draft.delivery,
        "credentials": list(draft.credentials),
        "response_minutes": draft.response_minutes,
        "answers": list(draft.answers),
        "changed_at": now,
    }
    if new:
        await db.execute(insert(ExpertRow).values(id=draft.id, **values))
    else:
        await db.execute(
            update(ExpertRow)
            .where(ExpertRow.id == draft.id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


async def link_expert(db: AsyncSession, telegram_id: int, person_id: PersonId) -> bool:
    """Tie the expert with this Telegram account to the person; False when there is none."""
    linked = await db.execute(
        update(ExpertRow)
        .where(ExpertRow.telegram_id == telegram_id)
        .values(person_id=person_id)
        .returning(ExpertRow.id)
        .execution_options(synchronize_session=False)
    )
    return linked.one_or_none() is not None


def _expert(row: ExpertRow) -> Expert:
    return Expert(
        id=ExpertId(row.id),
        person_id=PersonId(row.person_id) if row.person_id else None,
        telegram_id=row.telegram_id,
        name=row.name,
        bio=dict(row.bio),
        languages=tuple(row.languages),
        topics=tuple(row.topics),
        time_zone=row.time_zone,
        verified=row.verified,
        taking_clients=row.taking_clients,
        delivery=row.delivery,
        credentials=tuple(row.credentials),
        response_minutes=row.response_minutes,
        answers=tuple(row.answers),
    )
