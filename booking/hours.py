"""When experts are open."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from booking.repository import schedules as rows
from booking.schedule import Hours, Schedule
from booking.slots_json import weekly_to_json
from kernel.ids import ExpertId


async def weekly(db: AsyncSession, expert_id: ExpertId) -> Schedule | None:
    """An expert's opening hours, None before they are set."""
    return (await rows.of(db, [expert_id])).get(expert_id)


async def save_schedule(db: AsyncSession, expert_id: ExpertId, schedule: Schedule) -> None:
    """Set everything about an expert's opening hours."""
    await rows.put(db, expert_id, schedule)


async def set_weekly(
    db: AsyncSession,
    expert_id: ExpertId,
    time_zone: str,
    weekly: Mapping[int, Hours],
    overrides: Mapping[date, Hours] | None = None,
) -> None:
    """Set an expert's opening hours on the wall clock of an IANA zone, and nothing else.

    `booking.slots_json.weekly_from_json` reads them from JSON. Raises BadHours for hours that
    are not multiples of five minutes.
    """
    await rows.put(db, expert_id, Schedule(ZoneInfo(time_zone), weekly, overrides or {}))


async def import_weekly(
    db: AsyncSession, expert_id: ExpertId, time_zone: str, weekly: Mapping[int, Hours]
) -> None:
    """The hours of an operator's file: they count when the file says something new, so that
    reading it again leaves alone what the expert changed meanwhile. Raises BadHours."""
    said = {"zone": time_zone, "weekly": weekly_to_json(weekly)}
    if await rows.imported(db, expert_id) == said:
        return
    known = (await rows.of(db, [expert_id])).get(expert_id)
    overrides = known.overrides if known else {}
    await rows.put(db, expert_id, Schedule(ZoneInfo(time_zone), weekly, overrides))
    await rows.note_imported(db, expert_id, said)
