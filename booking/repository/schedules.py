"""All SQL about opening hours."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.repository import next_times
from booking.schedule import Hours, Schedule
from booking.slots_json import (
    overrides_from_json,
    overrides_to_json,
    travel_from_json,
    travel_to_json,
    weekly_from_json,
    weekly_to_json,
)
from booking.tables import ScheduleRow
from kernel.ids import ExpertId
from storage.upsert import insert_into


async def of(db: AsyncSession, ids: Collection[ExpertId]) -> dict[ExpertId, Schedule]:
    """The opening hours of those experts who have set them."""
    rows = await db.scalars(
        select(ScheduleRow)
        .where(ScheduleRow.expert_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {ExpertId(row.expert_id): _schedule(row) for row in rows}


async def locked(db: AsyncSession, expert_id: ExpertId) -> Schedule | None:
    """One expert's, which nobody else locks before this transaction ends."""
    row = await db.scalar(
        select(ScheduleRow)
        .where(ScheduleRow.expert_id == expert_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return None if row is None else _schedule(row)


async def put(db: AsyncSession, expert_id: ExpertId, schedule: Schedule) -> None:
    """Set an expert's opening hours."""
    values = {
        "time_zone": schedule.zone.key,
        "weekly": weekly_to_json(schedule.weekly),
        "overrides": overrides_to_json(schedule.overrides),
        "travel": travel_to_json(schedule.travel),
        "per_day": schedule.per_day,
        "per_week": schedule.per_week,
    }
    await db.execute(
        insert_into(db, ScheduleRow)
        .values(expert_id=expert_id, **values)
        .on_conflict_do_update(index_elements=["expert_id"], set_=values)
    )
    await next_times.mark(db, [expert_id])


async def imported(db: AsyncSession, expert_id: ExpertId) -> Any:
    """What the operator's file said when it was last read, None before."""
    return await db.scalar(select(ScheduleRow.imported).where(ScheduleRow.expert_id == expert_id))


async def note_imported(db: AsyncSession, expert_id: ExpertId, said: Any) -> None:
    """Remember what the operator's file said."""
    await db.execute(
        update(ScheduleRow)
        .where(ScheduleRow.expert_id == expert_id)
        .values(imported=said)
        .execution_options(synchronize_session=False)
    )


def _schedule(row: ScheduleRow) -> Schedule:
    return Schedule(
        zone=ZoneInfo(row.time_zone),
        weekly=_weekly(tuple((each["weekday"], each["start"], each["end"]) for each in row.weekly)),
        overrides=overrides_from_json(row.overrides),
        travel=travel_from_json(row.travel),
        per_day=row.per_day,
        per_week=row.per_week,
    )


@lru_cache(maxsize=10_000)  # a search reads the same hours of many experts again and again
def _weekly(rows: tuple[tuple[int, str, str], ...]) -> Mapping[int, Hours]:
    return weekly_from_json(
        [{"weekday": weekday, "start": start, "end": end} for weekday, start, end in rows]
    )
