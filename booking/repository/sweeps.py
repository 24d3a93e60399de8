"""Moves that time itself makes, many sessions at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    and_,
    case,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import CALLED_OFF, LIVE_STATES, Session, SessionState
from booking.repository import cells
from booking.repository.sessions import BY_TIME, note, session_of
from booking.tables import SessionRow
from kernel.ids import ExpertId, PersonId


async def make_room(
    db: AsyncSession, *, expert_id: ExpertId, client: PersonId, now: datetime
) -> None:
    """Free what an expert's holds that ran out and all holds of a client still take.

    Those of others that ran out keep their `held_until`, until `expire_holds` hands them out.
    """
    run_out = and_(SessionRow.expert_id == expert_id, SessionRow.held_until <= now)
    await _sweep(
        db,
        or_(run_out, SessionRow.client_id == client),
        before=SessionState.HELD,
        after=SessionState.EXPIRED,
        now=now,
        why="ran out, or given up for another time",
        skip_locked=False,
        held_until=case((SessionRow.client_id != client, SessionRow.held_until), else_=None),
    )


async def anything_due(db: AsyncSession, *, now: datetime) -> bool:
    """Whether time has anything to move: no writing transaction is opened for nothing."""
    due = [
        exists().where(SessionRow.state == state.value, column <= now)
        for state, column in (
            (SessionState.HELD, SessionRow.held_until),
            (SessionState.EXPIRED, SessionRow.held_until),
            (SessionState.REQUESTED, SessionRow.starts_at),
            (SessionState.CONFIRMED, SessionRow.starts_at),
            (SessionState.UNDER_WAY, SessionRow.ends_at),
        )
    ]
    return bool(await db.scalar(select(or_(*due))))


async def expire_holds(db: AsyncSession, now: datetime) -> list[Session]:
    """Holds that were not paid in time, also those that another booking expired; each once."""
    await _sweep(
        db,
        SessionRow.held_until <= now,
        before=SessionState.HELD,
        after=SessionState.EXPIRED,
        now=now,
        why="not paid in time",
        held_until=SessionRow.held_until,
    )
    rows = await db.scalars(
        select(SessionRow)
        .where(SessionRow.state == SessionState.EXPIRED.value, SessionRow.held_until.is_not(None))
        .order_by(SessionRow.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    expired = [session_of(row).left(SessionState.EXPIRED) for row in rows]
    await _put(db, expired, SessionState.EXPIRED, None)
    return expired


async def expire_requests(db: AsyncSession, now: datetime) -> list[Session]:
    """Requests that the expert left open until the start."""
    return await _sweep(
        db,
        SessionRow.starts_at <= now,
        before=SessionState.REQUESTED,
        after=SessionState.EXPIRED,
        now=now,
        why="not answered by the expert",
    )


async def begin(db: AsyncSession, now: datetime) -> list[Session]:
    """Confirmed sessions whose start has come are under way."""
    return await _sweep(
        db,
        SessionRow.starts_at <= now,
        before=SessionState.CONFIRMED,
        after=SessionState.UNDER_WAY,
        now=now,
        why="begun",
    )


async def end(db: AsyncSession, now: datetime) -> list[Session]:
    """Sessions under way whose end has come are over."""
    return await _sweep(
        db,
        SessionRow.ends_at <= now,
        before=SessionState.UNDER_WAY,
        after=SessionState.ENDED,
        now=now,
        why="over",
    )


async def _sweep(
    db: AsyncSession,
    where: ColumnElement[bool],
    *,
    before: SessionState,
    after: SessionState,
    now: datetime,
    why: str,
    skip_locked: bool = True,
    held_until: ColumnExpressionArgument[datetime | None] | None = None,
) -> list[Session]:
    """Move the sessions in a state that meet a condition; their rows are locked by id order.

    `skip_locked` leaves those alone that another process is just moving.
    """
    rows = await db.scalars(
        select(SessionRow)
        .where(where, SessionRow.state == before.value)
        .order_by(SessionRow.id)
        .with_for_update(skip_locked=skip_locked)
        .execution_options(populate_existing=True)
    )
    moved = [session_of(row).left(after) for row in rows]
    if not moved:
        return []
    ids = [each.id for each in moved]
    await _put(db, moved, after, held_until)
    if after not in LIVE_STATES:
        await cells.free(db, ids, called_off=after in CALLED_OFF)
    await note(db, moved, before=before, by=BY_TIME, why=why, now=now)
    return moved


async def _put(
    db: AsyncSession,
    sessions: Sequence[Session],
    state: SessionState,
    held_until: ColumnExpressionArgument[datetime | None] | None,
) -> None:
    await db.execute(
        update(SessionRow)
        .where(SessionRow.id.in_([each.id for each in sessions]))
        .values(state=state.value, held_until=held_until)
        .execution_options(synchronize_session=False)
    )
