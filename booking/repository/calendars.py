"""All SQL about imported calendars and private feeds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.repository import next_times
from booking.slots import Interval
from booking.tables import CalendarFeedRow, ImportedCalendarRow
from kernel.ids import ExpertId, PersonId
from storage.upsert import insert_into


@dataclass(frozen=True)
class ImportedCalendar:
    """A calendar of an expert. `failures` counts tries in a row that read nothing."""

    id: str
    expert_id: ExpertId
    address: str
    fetched_at: datetime
    next_try: datetime
    failures: int

    @property
    def host(self) -> str:
        """What may be shown of the address: the rest of it is a secret."""
        return self.address.split("/")[2]


async def of_expert(db: AsyncSession, expert_id: ExpertId) -> list[ImportedCalendar]:
    """An expert's imported calendars, the oldest first."""
    rows = await db.execute(
        _columns()
        .where(ImportedCalendarRow.expert_id == expert_id)
        .order_by(ImportedCalendarRow.id)
    )
    return [ImportedCalendar(*row) for row in rows]


async def due(db: AsyncSession, *, now: datetime, limit: int) -> list[ImportedCalendar]:
    """Calendars that are to be read again, the longest overdue first."""
    rows = await db.execute(
        _columns()
        .where(ImportedCalendarRow.next_try <= now)
        .order_by(ImportedCalendarRow.next_try)
        .limit(limit)
    )
    return [ImportedCalendar(*row) for row in rows]


async def put(db: AsyncSession, calendar: ImportedCalendar, busy: Sequence[Interval]) -> None:
    """Store a calendar with its busy times."""
    values = {
        "address": calendar.address,
        "busy": as_seconds(busy),
        "fetched_at": calendar.fetched_at,
        "next_try": calendar.next_try,
        "failures": calendar.failures,
    }
    await db.execute(
        insert_into(db, ImportedCalendarRow)
        .values(id=calendar.id, expert_id=calendar.expert_id, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )
    await next_times.mark(db, [calendar.expert_id])


async def read_again(
    db: AsyncSession,
    calendar: ImportedCalendar,
    busy: Sequence[Interval],
    *,
    now: datetime,
    next_try: datetime,
) -> None:
    """Its busy times as just read."""
    await db.execute(
        update(ImportedCalendarRow)
        .where(ImportedCalendarRow.id == calendar.id)
        .values(busy=as_seconds(busy), fetched_at=now, next_try=next_try, failures=0)
        .execution_options(synchronize_session=False)
    )
    await next_times.mark(db, [calendar.expert_id])


async def failed(
    db: AsyncSession, calendar_id: str, *, before: int, failures: int, next_try: datetime
) -> bool:
    """Count a try that read nothing, unless another process has just counted it."""
    moved = await db.execute(
        update(ImportedCalendarRow)
        .where(ImportedCalendarRow.id == calendar_id, ImportedCalendarRow.failures == before)
        .values(failures=failures, next_try=next_try)
        .returning(ImportedCalendarRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved.one_or_none() is not None


async def delete_one(db: AsyncSession, calendar_id: str, expert_id: ExpertId) -> bool:
    """Forget a calendar of this expert; False when there is no such."""
    gone = await db.execute(
        delete(ImportedCalendarRow)
        .where(ImportedCalendarRow.id == calendar_id, ImportedCalendarRow.expert_id == expert_id)
        .returning(ImportedCalendarRow.id)
        .execution_options(synchronize_session=False)
    )
    await next_times.mark(db, [expert_id])
    return gone.one_or_none() is not None


async def busy(
    db: AsyncSession, expert_ids: Collection[ExpertId]
) -> dict[ExpertId, list[Sequence[int]]]:
    """When experts are busy by their imported calendars, as `SlotQuery.calendars` has them."""
    rows = await db.execute(
        select(ImportedCalendarRow.expert_id, ImportedCalendarRow.busy).where(
            ImportedCalendarRow.expert_id.in_(expert_ids)
        )
    )
    found: dict[ExpertId, list[Sequence[int]]] = {}
    for expert_id, times in rows:
        found.setdefault(ExpertId(expert_id), []).append(times)
    return found


async def feed_of(db: AsyncSession, person_id: PersonId) -> str | None:
    """The token of a person's feed."""
    token: str | None = await db.scalar(
        select(CalendarFeedRow.token).where(CalendarFeedRow.person_id == person_id)
    )
    return token


async def put_feed(db: AsyncSession, person_id: PersonId, *, token: str, digest: str) -> None:
    """Give a person's feed a token; an earlier one is worth nothing any more."""
    values = {"token": token, "digest": digest}
    await db.execute(
        insert_into(db, CalendarFeedRow)
        .values(person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


async def owner_of_feed(db: AsyncSession, digest: str) -> PersonId | None:
    """Whose feed has a token with this digest."""
    found = await db.scalar(
        select(CalendarFeedRow.person_id).where(CalendarFeedRow.digest == digest)
    )
    return None if found is None else PersonId(found)


async def delete_feed(db: AsyncSession, person_id: PersonId) -> None:
    """The person has no feed any more."""
    await db.execute(delete(CalendarFeedRow).where(CalendarFeedRow.person_id == person_id))


def _columns() -> Any:
    row = ImportedCalendarRow
    return select(row.id, row.expert_id, row.address, row.fetched_at, row.next_try, row.failures)


def as_seconds(busy: Sequence[Interval]) -> list[int]:
    """Whole minutes that hold each busy time, as seconds: start, end, start, end, and so on."""
    found: list[int] = []
    for one in sorted(busy):
        start = int(one.start.timestamp()) // 60 * 60
        end = -(-int(one.end.timestamp()) // 60) * 60
        if found and start <= found[-1]:
            found[-1] = max(found[-1], end)
        else:
            found += [start, end]
    return found
