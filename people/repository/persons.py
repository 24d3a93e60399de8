"""All SQL about persons: rows in, values out."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from people.model import Person, Segment, SegmentKind, Segments
from people.tables import ExpertNoteRow, ExpertRow, IntakeRow, PersonRow, ReviewRow
from storage.activity import ActivityRow

# read for every update: on the table, where the ORM adds nothing, and built once
_table = PersonRow.__table__
_tags = cast(PersonRow.tags, Text)
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


async def set_segment(db: AsyncSession, ids: Collection[PersonId], segment: str | None) -> None:
    """What these persons are called from now on, those of them who agree to be profiled."""
    await db.execute(
        update(PersonRow)
        .where(PersonRow.id.in_(ids), PersonRow.profiling.is_(True))
        .values(segment=segment)
        .execution_options(synchronize_session=False)
    )


async def audience_size(db: AsyncSession, segments: Segments, *, now: datetime) -> int:
    """How many persons are in all segments, agreed to be written to and can be."""
    query = select(func.count()).select_from(PersonRow).where(*_reachable(segments, now))
    return await db.scalar(query) or 0


async def audience_page(
    db: AsyncSession, segments: Segments, *, now: datetime, after: str, limit: int
) -> list[tuple[PersonId, str | None]]:
    """The next of those persons with their time zones, in the order of their ids."""
    rows = await db.execute(
        select(PersonRow.id, PersonRow.time_zone)
        .where(*_reachable(segments, now), PersonRow.id > after)
        .order_by(PersonRow.id)
        .limit(limit)
    )
    return [(PersonId(person), zone) for person, zone in rows]


def _reachable(segments: Segments, now: datetime) -> list[ColumnElement[bool]]:
    return [
        PersonRow.marketing.is_(True), PersonRow.telegram_id.is_not(None),
        PersonRow.blocked_at.is_(None), *(_within(one, now) for one in segments.parts),
    ]  # fmt: skip


def _within(segment: Segment, now: datetime) -> ColumnElement[bool]:
    match segment.kind:
        case SegmentKind.ALL:
            return true()
        case SegmentKind.EXPERTS:
            return PersonRow.id.in_(select(ExpertRow.person_id))
        case SegmentKind.LANGUAGE:
            return PersonRow.language == segment.value
        case SegmentKind.TOPIC:
            asked = select(IntakeRow.person_id).where(IntakeRow.topic.in_(segment.value.split(",")))
            return PersonRow.id.in_(asked)
        case SegmentKind.ACTIVE:
            return PersonRow.id.in_(_did_something(now - timedelta(days=int(segment.value))))
        case SegmentKind.QUIET:
            return PersonRow.id.not_in(_did_something(now - timedelta(days=int(segment.value))))
        case SegmentKind.BOOKED:
            paid = select(ActivityRow.person_id).where(ActivityRow.verb == "paid")
            return PersonRow.id.in_(paid) if segment.value == "yes" else PersonRow.id.not_in(paid)
        case SegmentKind.TAG:
            # as it stands in the list's JSON, which both databases keep as text
            return _tags.contains(json.dumps(segment.value), autoescape=True)
        case SegmentKind.STANDING:
            return PersonRow.segment == segment.value


async def tags(db: AsyncSession) -> list[str]:
    """Every tag that somebody has."""
    found = await db.scalars(select(PersonRow.tags).where(_tags != "[]"))
    return sorted({tag for each in found for tag in each})


def _did_something(since: datetime) -> Select[str]:
    return select(ActivityRow.person_id).where(ActivityRow.at >= since)


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
        tags=tuple(row.tags),
        quiet=row.quiet,
        reminders=None if row.reminders is None else tuple(row.reminders),
    )
