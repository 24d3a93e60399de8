"""All SQL about sessions and their moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnExpressionArgument, func, insert, select
from sqlalchemy import update as sql_update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import StateMoved
from booking.model import CALLED_OFF, LIVE_STATES, CancelPolicy, Delivery, Session, SessionState
from booking.repository import cells, next_times
from booking.tables import SessionMoveRow, SessionRow
from kernel.ids import ExpertId, OfferId, PersonId, SessionId, new_id
from kernel.money import Money

BY_TIME = "time"
RESCHEDULED = "rescheduled"
"""Why a session has another time, in its move."""


@dataclass(frozen=True)
class Move:
    """One change of a session's state or time: who, when and why."""

    before: SessionState | None
    after: SessionState
    by: str
    why: str | None
    at: datetime


async def find(
    db: AsyncSession,
    *where: ColumnExpressionArgument[bool],
    newest_first: bool = False,
    limit: int | None = None,
) -> list[Session]:
    """Sessions that meet all conditions, by their start."""
    order = SessionRow.starts_at.desc() if newest_first else SessionRow.starts_at
    rows = await db.scalars(
        select(SessionRow)
        .where(*where)
        .order_by(order, SessionRow.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [session_of(row) for row in rows]


async def by_id(db: AsyncSession, session_id: SessionId, *, lock: bool = False) -> Session | None:
    """The session; with `lock` nobody else can change it before this transaction ends."""
    query = (
        select(SessionRow)
        .where(SessionRow.id == session_id)
        .execution_options(populate_existing=True)
    )
    row = await db.scalar(query.with_for_update() if lock else query)
    return None if row is None else session_of(row)


async def add(db: AsyncSession, session: Session, *, by: str, now: datetime) -> None:
    """Store a new session; its cells have been taken."""
    await db.execute(insert(SessionRow).values(**_values(session)))
    await note(db, [session], before=None, by=by, why=None, now=now)


async def move(
    db: AsyncSession,
    before: Session,
    after: Session,
    *,
    by: str,
    now: datetime,
    why: str | None = None,
) -> Session:
    """Compare and set: store `after` if the session still is as `before` says.

    A session that is not live any more gives its time back. Raises StateMoved.
    """
    moved = await db.execute(
        sql_update(SessionRow)
        .where(
            SessionRow.id == before.id,
            SessionRow.state == before.state.value,
            SessionRow.sequence == before.sequence,
        )
        .values(**_values(after))
        .returning(SessionRow.id)
        .execution_options(synchronize_session=False)
    )
    if moved.one_or_none() is None:
        raise StateMoved(state="moved")  # by somebody who was faster
    if after.state not in LIVE_STATES:
        await cells.free(db, [after.id], called_off=after.state in CALLED_OFF)
    await note(db, [after], before=before.state, by=by, why=why, now=now)
    return after


async def insisted_at(db: AsyncSession, session: Session) -> bool:
    """Whether the client has a live session then that they insisted on."""
    found = await db.scalar(
        select(SessionRow.id)
        .where(
            SessionRow.client_id == session.client_id,
            SessionRow.id != session.id,
            SessionRow.insisted,
            SessionRow.state.in_([each.value for each in LIVE_STATES]),
            SessionRow.starts_at < session.ends_at,
            SessionRow.ends_at > session.starts_at,
        )
        .limit(1)
    )
    return found is not None


async def set_link(db: AsyncSession, session_id: SessionId, link: str) -> None:
    """Store where the session takes place."""
    await db.execute(
        sql_update(SessionRow)
        .where(SessionRow.id == session_id)
        .values(link=link)
        .execution_options(synchronize_session=False)
    )


async def next_due(db: AsyncSession, *, now: datetime) -> datetime | None:
    """The next instant after `now` at which a hold runs out, or a session begins or ends."""
    held = SessionRow.state == SessionState.HELD.value
    begins = SessionRow.state.in_([SessionState.CONFIRMED.value, SessionState.REQUESTED.value])
    under_way = SessionRow.state == SessionState.UNDER_WAY.value
    instants = [
        await db.scalar(select(func.min(column)).where(state, column > now))
        for state, column in (
            (held, SessionRow.held_until),
            (begins, SessionRow.starts_at),
            (under_way, SessionRow.ends_at),
        )
    ]
    return min((each for each in instants if each is not None), default=None)


async def moves(db: AsyncSession, session_id: SessionId) -> list[Move]:
    """Everything that happened to a session, oldest first."""
    rows = await db.scalars(
        select(SessionMoveRow)
        .where(SessionMoveRow.session_id == session_id)
        .order_by(SessionMoveRow.at, SessionMoveRow.id)
    )
    return [
        Move(
            before=SessionState(row.before) if row.before else None,
            after=SessionState(row.after),
            by=row.by,
            why=row.why,
            at=row.at,
        )
        for row in rows
    ]


async def note(
    db: AsyncSession,
    sessions: Sequence[Session],
    *,
    before: SessionState | None,
    by: str,
    why: str | None,
    now: datetime,
) -> None:
    """Write down that these sessions have just come into their state."""
    await db.execute(
        insert(SessionMoveRow),
        [
            {
                "id": new_id(),
                "session_id": each.id,
                "before": before.value if before else None,
                "after": each.state.value,
                "by": by,
                "why": why,
                "at": now,
            }
            for each in sessions
        ],
    )
    await next_times.mark(db, {each.expert_id for each in sessions})


def _values(session: Session) -> dict[str, object]:
    return {
        "id": session.id,
        "offer_id": session.offer_id,
        "expert_id": session.expert_id,
        "client_id": session.client_id,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "state": session.state.value,
        "held_until": session.held_until,
        "price_minor": session.price.minor,
        "price_currency": session.price.currency,
        "policy": session.policy.to_json(),
        "buffer_before": session.buffer_before,
        "buffer_after": session.buffer_after,
        "link": session.link,
        "delivery": session.delivery.value,
        "needs_confirmation": session.needs_confirmation,
        "created_at": session.created_at,
        "sequence": session.sequence,
        "reschedules": session.reschedules,
        "absent": session.absent,
        "insisted": session.insisted,
        "group_id": session.group,
        "by_minute": session.by_minute,
        "finished_at": session.finished_at,
    }


def session_of(row: SessionRow) -> Session:
    return Session(
        id=SessionId(row.id),
        offer_id=OfferId(row.offer_id),
        expert_id=ExpertId(row.expert_id),
        client_id=PersonId(row.client_id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=SessionState(row.state),
        held_until=row.held_until,
        price=Money(row.price_minor, row.price_currency),
        policy=CancelPolicy.from_json(row.policy),
        buffer_before=row.buffer_before,
        buffer_after=row.buffer_after,
        link=row.link,
        delivery=Delivery(row.delivery),
        needs_confirmation=row.needs_confirmation,
        created_at=row.created_at,
        sequence=row.sequence,
        reschedules=row.reschedules,
        absent=row.absent,
        insisted=row.insisted,
        group=row.group_id,
        by_minute=row.by_minute,
        finished_at=row.finished_at,
    )
