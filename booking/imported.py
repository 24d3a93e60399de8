"""Calendars that experts import: their busy times are kept as they were last read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import TooManyCalendars, UnknownCalendar
from booking.repository import calendars as rows
from booking.repository.calendars import ImportedCalendar
from booking.slots import Interval
from kernel.ids import ExpertId, new_id

AHEAD = timedelta(days=400)
MOST = 5
TOLD_AFTER = 2
_FRESH = timedelta(minutes=15)
_LONGEST_WAIT = timedelta(hours=6)


async def connect(
    db: AsyncSession,
    expert_id: ExpertId,
    address: str,
    busy: Sequence[Interval],
    *,
    now: datetime,
) -> ImportedCalendar:
    """Keep a calendar that has just been read; the same address again is the same calendar.

    Raises TooManyCalendars.
    """
    known = await rows.of_expert(db, expert_id)
    same = next((one for one in known if one.address == address), None)
    if same is None and len(known) >= MOST:
        raise TooManyCalendars(most=MOST)
    found = ImportedCalendar(
        same.id if same else new_id(), expert_id, address, now, now + _FRESH, 0
    )
    await rows.put(db, found, busy)
    return found


async def disconnect(db: AsyncSession, calendar_id: str, expert_id: ExpertId) -> None:
    """Forget a calendar and its busy times. Raises UnknownCalendar when it is not theirs."""
    if not await rows.delete_one(db, calendar_id, expert_id):
        raise UnknownCalendar


async def refreshed(
    db: AsyncSession, calendar: ImportedCalendar, busy: Sequence[Interval], *, now: datetime
) -> None:
    """It was read again."""
    await rows.read_again(db, calendar, busy, now=now, next_try=now + _FRESH)


async def not_refreshed(db: AsyncSession, calendar: ImportedCalendar, *, now: datetime) -> bool:
    """It could not be read: the last known busy times stay, and the next try comes later each
    time. True when that is to be told, once an outage."""
    failures = calendar.failures + 1
    wait = min(_FRESH * 2 ** min(failures - 1, 8), _LONGEST_WAIT)
    if not await rows.failed(
        db, calendar.id, before=calendar.failures, failures=failures, next_try=now + wait
    ):
        return False
    return failures == TOLD_AFTER
