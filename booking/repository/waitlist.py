"""All SQL about who waits for a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnExpressionArgument, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import SessionState
from booking.repository.sessions import RESCHEDULED
from booking.tables import SessionMoveRow, SessionRow, WaitlistRow
from booking.waiting import Entry, EntryState
from kernel.ids import ExpertId, OfferId, PersonId, SessionId

_WAITING, _OFFERED = EntryState.WAITING.value, EntryState.OFFERED.value


async def add(db: AsyncSession, entry: Entry) -> None:
    """Store a new entry."""
    await db.execute(
        insert(WaitlistRow).values(
            id=entry.id,
            offer_id=entry.offer_id,
            expert_id=entry.expert_id,
            client_id=entry.client_id,
            frm=entry.frm,
            until=entry.until,
            state=entry.state.value,
            session_id=entry.session_id,
            created_at=entry.created_at,
            any_of=entry.any_of,
        )
    )


async def waiting_for(db: AsyncSession, offer_id: OfferId, client: PersonId) -> Entry | None:
    """A client's waiting entry for an offer."""
    found = await _find(
        db,
        WaitlistRow.offer_id == offer_id,
        WaitlistRow.client_id == client,
        WaitlistRow.state == _WAITING,
    )
    return found[0] if found else None


async def waiting_among(
    db: AsyncSession, offer_ids: Collection[OfferId], client: PersonId
) -> list[Entry]:
    """A client's waiting entries for any of these offers."""
    return await _find(
        db,
        WaitlistRow.offer_id.in_(offer_ids),
        WaitlistRow.client_id == client,
        WaitlistRow.state == _WAITING,
    )


async def set_range(db: AsyncSession, entry_id: str, frm: datetime, until: datetime) -> None:
    """Let an entry wait for the times between these instants."""
    await db.execute(
        update(WaitlistRow)
        .where(WaitlistRow.id == entry_id)
        .values(frm=frm, until=until)
        .execution_options(synchronize_session=False)
    )


async def ahead(db: AsyncSession, entry: Entry) -> int:
    """How many wait longer for the same offer."""
    found = await db.scalar(
        select(func.count())
        .select_from(WaitlistRow)
        .where(
            WaitlistRow.offer_id == entry.offer_id,
            WaitlistRow.state == _WAITING,
            (WaitlistRow.created_at < entry.created_at)
            | ((WaitlistRow.created_at == entry.created_at) & (WaitlistRow.id < entry.id)),
        )
    )
    return int(found or 0)


async def move(
    db: AsyncSession,
    entry_id: str,
    before: EntryState,
    after: EntryState,
    *,
    client: PersonId | None = None,
    session_id: SessionId | None = None,
) -> bool:
    """Compare and set; with `client` only an entry of theirs."""
    mine = [] if client is None else [WaitlistRow.client_id == client]
    offered = {} if session_id is None else {"session_id": session_id}
    moved = await db.execute(
        update(WaitlistRow)
        .where(WaitlistRow.id == entry_id, WaitlistRow.state == before.value, *mine)
        .values(state=after.value, **offered)
        .returning(WaitlistRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved.one_or_none() is not None


async def leave_all(db: AsyncSession, client: PersonId) -> None:
    """End all waiting of a client."""
    await _end(db, WaitlistRow.client_id == client, EntryState.LEFT)


async def end_others(db: AsyncSession, any_of: str) -> None:
    """End the waiting of a wish that has been fulfilled."""
    await _end(db, WaitlistRow.any_of == any_of, EntryState.OVER)


async def drop_past(db: AsyncSession, now: datetime) -> None:
    """End the waiting for times that are past."""
    await _end(db, WaitlistRow.until <= now, EntryState.OVER)


async def waiting(db: AsyncSession) -> list[Entry]:
    """Everybody who waits, the longest first; nobody else offers them times meanwhile."""
    return await _find(db, WaitlistRow.state == _WAITING, lock=True)


async def offered(db: AsyncSession) -> list[tuple[Entry, SessionState]]:
    """Entries that have been offered a time, with what became of it."""
    rows = await db.execute(
        select(WaitlistRow, SessionRow.state)
        .join(SessionRow, SessionRow.id == WaitlistRow.session_id)
        .where(WaitlistRow.state == _OFFERED)
    )
    return [(_entry(row), SessionState(state)) for row, state in rows]


async def served(db: AsyncSession, booked: Collection[SessionState]) -> list[Entry]:
    """Entries whose client has booked such a time since, or moved a session there, without being
    offered it."""
    came_since = (SessionMoveRow.at >= WaitlistRow.created_at) & (
        SessionMoveRow.before.is_(None) | (SessionMoveRow.why == RESCHEDULED)
    )
    same = (
        select(SessionRow.id)
        .join(SessionMoveRow, SessionMoveRow.session_id == SessionRow.id)
        .where(
            SessionRow.offer_id == WaitlistRow.offer_id,
            SessionRow.client_id == WaitlistRow.client_id,
            SessionRow.starts_at >= WaitlistRow.frm,
            SessionRow.starts_at < WaitlistRow.until,
            SessionRow.state.in_([one.value for one in booked]),
            came_since,
        )
        .exists()
    )
    return await _find(db, WaitlistRow.state == _WAITING, same)


async def holding(
    db: AsyncSession, clients: Collection[PersonId], *, now: datetime
) -> frozenset[PersonId]:
    """Those who hold a time now, and would lose it by another one."""
    found = await db.scalars(
        select(SessionRow.client_id).where(
            SessionRow.client_id.in_(clients),
            SessionRow.state == SessionState.HELD.value,
            SessionRow.held_until > now,
        )
    )
    return frozenset(PersonId(one) for one in found)


async def _end(db: AsyncSession, where: ColumnExpressionArgument[bool], after: EntryState) -> None:
    await db.execute(
        update(WaitlistRow)
        .where(where, WaitlistRow.state == _WAITING)
        .values(state=after.value)
        .execution_options(synchronize_session=False)
    )


async def _find(
    db: AsyncSession, *where: ColumnExpressionArgument[bool], lock: bool = False
) -> list[Entry]:
    query = (
        select(WaitlistRow)
        .where(*where)
        .order_by(WaitlistRow.created_at, WaitlistRow.id)
        .execution_options(populate_existing=True)
    )
    rows = await db.scalars(query.with_for_update() if lock else query)
    return [_entry(row) for row in rows]


def _entry(row: WaitlistRow) -> Entry:
    return Entry(
        id=row.id,
        offer_id=OfferId(row.offer_id),
        expert_id=ExpertId(row.expert_id),
        client_id=PersonId(row.client_id),
        frm=row.frm,
        until=row.until,
        state=EntryState(row.state),
        session_id=None if row.session_id is None else SessionId(row.session_id),
        created_at=row.created_at,
        any_of=row.any_of,
    )
