"""All SQL about persons: rows in, values out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnExpressionArgument, Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from people.model import Person, Segment, SegmentKind
from people.tables import ExpertNoteRow, ExpertRow, IntakeRow, PersonRow, ReviewRow

# read for every update: on the table, where the ORM adds nothing, and built once
_table = PersonRow.__table__
_BY_TELEGRAM = select(_table).where(_table.c.telegram_id == bindparam("telegram"))


async def persons(db: AsyncSession, *where: ColumnExpressionArgument[bool]) -> list[Person]:
    """Persons that meet all conditions."""
    rows = await db.execute(select(_table).where(*where))
    return [_person(row) for row in rows]


async def by_id(db: AsyncSession, ids: Collection[PersonId]) -> list[Person]:
    """The persons with these ids."""
    return await persons(db, PersonRow.id.in_(ids))


async def by_telegram(db: AsyncSession, telegram_id: int) -> Person | None:
    """The person who writes from this Telegram account."""
    row = (await db.execute(_BY_TELEGRAM, {"telegram": telegram_id})).one_or_none()
    return None if row is None else _person(row)


async def ids_by_telegram(db: AsyncSession, telegram_ids: Collection[int]) -> list[PersonId]:
    """The persons who write from these Telegram accounts."""
    found = await db.scalars(
        select(PersonRow.id).where(PersonRow.telegram_id.in_(telegram_ids)).order_by(PersonRow.id)
    )
    return [PersonId(each) for each in found]


async def add_person(db: AsyncSession, person: Person, *, now: datetime) -> None:
    """Store a new person."""
    await db.execute(
        insert(PersonRow).values(
            id=person.id,
            telegram_id=person.telegram_id,
            first_name=person.first_name,
            username=person.username,
            language=person.language,
            time_zone=person.time_zone,
            country=person.country,
            consented_at=person.consented_at,
            profiling=person.profiling,
            marketing=person.marketing,
            roles=sorted(person.roles),
            joined_at=now,
        )
    )


async def change_person(db: AsyncSession, person_id: PersonId, **values: Any) -> Person | None:
    """Set columns of one person and return their new state; None when there is none."""
    changed = update(PersonRow).where(PersonRow.id == person_id).values(**values)
    row = (await db.execute(changed.returning(*_table.c))).one_or_none()
    return None if row is None else _person(row)


async def audience(db: AsyncSession, segment: Segment) -> list[PersonId]:
    """Persons of a segment who agreed to be written to and can be, oldest first."""
    query = select(PersonRow.id).where(
        PersonRow.marketing, PersonRow.telegram_id.is_not(None), PersonRow.blocked_at.is_(None)
    )
    match segment.kind:
        case SegmentKind.ALL:
            pass
        case SegmentKind.EXPERTS:
            query = query.where(PersonRow.id.in_(select(ExpertRow.person_id)))
        case SegmentKind.LANGUAGE:
            query = query.where(PersonRow.language == segment.value)
        case SegmentKind.TOPIC:
            asked = select(IntakeRow.person_id).where(IntakeRow.topic.in_(segment.value.split(",")))
            query = query.where(PersonRow.id.in_(asked))
    return [PersonId(each) for each in await db.scalars(query.order_by(PersonRow.id))]


async def forget_texts(db: AsyncSession, person_id: PersonId) -> None:
    """Delete everything that the person wrote, and what was noted about them."""
    await db.execute(delete(IntakeRow).where(IntakeRow.person_id == person_id))
    await db.execute(update(ReviewRow).where(ReviewRow.client_id == person_id).values(comment=None))
    await db.execute(
        update(ExpertNoteRow).where(ExpertNoteRow.client_id == person_id).values(note=None)
    )
    await db.execute(
        update(ExpertRow)
        .where(ExpertRow.person_id == person_id)
        .values(
            name="—", bio={}, credentials=[], telegram_id=None, person_id=None,
            taking_clients=False, verified=False,
        )
    )  # fmt: skip


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        telegram_id=row.telegram_id,
        first_name=row.first_name,
        username=row.username,
        language=row.language,
        time_zone=row.time_zone,
        country=row.country,
        consented_at=row.consented_at,
        profiling=row.profiling,
        marketing=row.marketing,
        roles=frozenset(row.roles),
        blocked_at=row.blocked_at,
        erased_at=row.erased_at,
    )
