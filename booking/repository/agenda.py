"""All SQL that finds sessions by client, by expert or by day."""

from datetime import datetime

from sqlalchemy import CompoundSelect, exists, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import Delivery, Session, SessionState
from booking.question_model import QuestionState
from booking.question_tables import QuestionRow
from booking.repository.sessions import find
from booking.tables import SessionRow
from kernel.ids import ExpertId, PersonId

_AHEAD = tuple(
    state.value
    for state in (SessionState.REQUESTED, SessionState.CONFIRMED, SessionState.UNDER_WAY)
)
_NEVER_BOOKED = (SessionState.HELD.value, SessionState.EXPIRED.value)
_CALLED_OFF = (SessionState.CANCELLED.value, SessionState.DECLINED.value)


async def all_of(db: AsyncSession, client: PersonId) -> list[Session]:
    """Every session of a client, whatever became of it."""
    return await find(db, SessionRow.client_id == client)


async def held(db: AsyncSession, client: PersonId, *, now: datetime) -> Session | None:
    """The time that is held for a client now."""
    found = await find(
        db,
        SessionRow.client_id == client,
        SessionRow.state == SessionState.HELD.value,
        SessionRow.held_until > now,
    )
    return found[0] if found else None


async def held_with(db: AsyncSession, expert_id: ExpertId, *, now: datetime) -> list[Session]:
    """An expert's times that are held for clients now."""
    return await find(
        db,
        SessionRow.expert_id == expert_id,
        SessionRow.state == SessionState.HELD.value,
        SessionRow.held_until > now,
    )


async def held_until(db: AsyncSession, *, now: datetime, before: datetime) -> list[Session]:
    """Everybody's holds that run out from `now` on up to an instant."""
    return await find(
        db,
        SessionRow.state == SessionState.HELD.value,
        SessionRow.held_until > now,
        SessionRow.held_until <= before,
    )


async def upcoming(db: AsyncSession, client: PersonId, after: datetime) -> list[Session]:
    """A client's requested, confirmed and running sessions that end after an instant."""
    return await find(
        db,
        SessionRow.client_id == client,
        SessionRow.state.in_(_AHEAD),
        SessionRow.ends_at > after,
    )


async def past(
    db: AsyncSession, client: PersonId, *, before: datetime, limit: int
) -> list[Session]:
    """A client's sessions that are over or called off, newest first; unpaid holds are left out."""
    return await find(
        db,
        SessionRow.client_id == client,
        SessionRow.state.not_in(_NEVER_BOOKED),
        or_(SessionRow.ends_at <= before, SessionRow.state.not_in(_AHEAD)),
        newest_first=True,
        limit=limit,
    )


async def expert_sessions(
    db: AsyncSession, expert_id: ExpertId, *, frm: datetime, until: datetime
) -> list[Session]:
    """An expert's requested, confirmed and running sessions that start in a range."""
    return await find(
        db,
        SessionRow.expert_id == expert_id,
        SessionRow.state.in_(_AHEAD),
        SessionRow.starts_at >= frm,
        SessionRow.starts_at < until,
    )


async def last_clients(db: AsyncSession, expert_id: ExpertId, *, limit: int) -> list[PersonId]:
    """With whom an expert last had something booked or asked, the newest first."""
    had = _had_to_do(expert_id).subquery()
    found = await db.scalars(
        select(had.c.client_id)
        .group_by(had.c.client_id)
        .order_by(func.max(had.c.at).desc(), had.c.client_id)
        .limit(limit)
    )
    return [PersonId(each) for each in found]


async def is_client_of(db: AsyncSession, expert_id: ExpertId, client: PersonId) -> bool:
    """Whether they ever had something booked, or asked and paid, with the expert."""
    had = _had_to_do(expert_id).subquery()
    return bool(await db.scalar(select(exists().where(had.c.client_id == client))))


def _had_to_do(expert_id: ExpertId) -> CompoundSelect[str, datetime]:
    booked = select(SessionRow.client_id, SessionRow.starts_at.label("at")).where(
        SessionRow.expert_id == expert_id, SessionRow.state.not_in(_NEVER_BOOKED)
    )
    asked = select(QuestionRow.client_id, QuestionRow.created_at).where(
        QuestionRow.expert_id == expert_id, QuestionRow.state != QuestionState.DRAFT
    )
    return union_all(booked, asked)


async def all_between(db: AsyncSession, *, frm: datetime, until: datetime) -> list[Session]:
    """All sessions that start in a range, without holds and those called off."""
    return await find(
        db,
        SessionRow.state.not_in((*_NEVER_BOOKED, *_CALLED_OFF)),
        SessionRow.starts_at >= frm,
        SessionRow.starts_at < until,
    )


async def confirmed_in(db: AsyncSession, group: str) -> list[Session]:
    """The seats of a group that are confirmed."""
    confirmed = SessionRow.state == SessionState.CONFIRMED.value
    return await find(db, SessionRow.group_id == group, confirmed)


async def link_of_group(db: AsyncSession, group: str) -> str | None:
    """The link of a group's sessions."""
    link: str | None = await db.scalar(
        select(SessionRow.link)
        .where(SessionRow.group_id == group, SessionRow.link.is_not(None))
        .limit(1)
    )
    return link


async def in_feed(
    db: AsyncSession,
    person: PersonId,
    expert_id: ExpertId | None,
    *,
    frm: datetime,
    until: datetime,
) -> list[Session]:
    """What was ever booked by a client, or with an expert, in a range; what was called off too."""
    return await find(
        db,
        or_(SessionRow.client_id == person, SessionRow.expert_id == expert_id),
        SessionRow.state.not_in(_NEVER_BOOKED),
        SessionRow.starts_at >= frm,
        SessionRow.starts_at < until,
    )


async def under_way(
    db: AsyncSession,
    client: PersonId | None,
    *,
    delivery: Delivery,
    expert_id: ExpertId | None = None,
) -> Session | None:
    """The session that a client, or an expert, is in right now."""
    found = await find(
        db,
        or_(SessionRow.client_id == client, SessionRow.expert_id == expert_id),
        SessionRow.state == SessionState.UNDER_WAY.value,
        SessionRow.delivery == delivery.value,
    )
    return found[0] if found else None
