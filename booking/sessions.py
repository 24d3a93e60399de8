"""The life of a session: each move is a compare-and-set that notes who, when and why."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import (
    ClientBusy,
    HoldGone,
    NotOffered,
    OfferGone,
    OnlyOnce,
    StateMoved,
    TimeTaken,
    UnknownOffer,
    UnknownSession,
)
from booking.model import GRID_MINUTES, Delivery, Offer, Session, SessionState, Side, group_at
from booking.offers import offer as offer_of
from booking.repository import cells, sweeps
from booking.repository import offers as offer_rows
from booking.repository import sessions as rows
from booking.repository.records import cancelled_by
from booking.times import offered_at
from kernel.ids import ExpertId, OfferId, PersonId, SessionId, new_id

HOLD_MINUTES = 15


async def hold(
    db: AsyncSession,
    *,
    offer_id: OfferId,
    client: PersonId,
    start: datetime,
    now: datetime,
    hold_minutes: int = HOLD_MINUTES,
    insist: bool = False,
) -> Session:
    """Keep a time for a client until it is paid; a hold they have already is given up for it.

    Raises OfferGone; NotOffered for a start that the expert does not offer; TimeTaken when
    somebody was faster; ClientBusy when they have another session then and do not `insist`;
    OnlyOnce.
    """
    offer = await _live_offer(db, offer_id)
    session = Session(
        id=SessionId(new_id()),
        offer_id=offer.id,
        expert_id=offer.expert_id,
        client_id=client,
        starts_at=start,
        ends_at=start + offer.duration,
        state=SessionState.HELD,
        held_until=now + timedelta(minutes=hold_minutes),
        price=offer.price,
        policy=offer.policy,
        buffer_before=offer.buffer_before,
        buffer_after=offer.buffer_after,
        link=None,
        delivery=offer.delivery,
        needs_confirmation=offer.needs_confirmation,
        created_at=now,
        insisted=insist,
        group=group_at(offer.id, start) if offer.seats > 1 else None,
        by_minute=offer.by_minute,
    )
    if session.group is None and await cells.is_taken(db, session, now=now):
        raise TimeTaken
    await _check_offered(db, offer, start, now=now)
    await sweeps.make_room(db, expert_id=offer.expert_id, client=client, now=now)
    await _take(db, session, offer)
    await rows.add(db, session, by=client, now=now)
    return session


async def paid(db: AsyncSession, session_id: SessionId, now: datetime) -> Session:
    """The session is paid: confirmed, or requested of the expert where the offer asks for it.

    A hold that ran out takes its time again if it is still free. Raises HoldGone when it is
    not, has begun, or is not offered any more; StateMoved when the session is no hold.
    """
    before = await _locked(db, session_id)
    after = before.paid()
    if before.state is SessionState.EXPIRED:
        offer = await offer_of(db, after.offer_id)
        if before.starts_at <= now or not offer.active:
            raise HoldGone
        try:
            async with db.begin_nested():
                await _take(db, after, offer)
        except (TimeTaken, ClientBusy, OnlyOnce) as taken:
            raise HoldGone from taken
    return await rows.move(db, before, after, by=before.client_id, why="paid", now=now)


async def release(
    db: AsyncSession, session_id: SessionId, client: PersonId, now: datetime
) -> Session:
    """A client gives up a hold. Raises UnknownSession when it is not theirs, StateMoved."""
    before = await _locked(db, session_id, client=client)
    return await _leave(
        db, before, SessionState.HELD, SessionState.EXPIRED, by=client, why="given up", now=now
    )


async def approve(
    db: AsyncSession, session_id: SessionId, *, expert_id: ExpertId, now: datetime
) -> Session:
    """The expert accepts a request. Raises UnknownSession when it is not theirs, StateMoved."""
    before = await _locked(db, session_id, expert_id=expert_id)
    after = before.answered(accepted=True)
    return await rows.move(db, before, after, by=expert_id, now=now)


async def decline(
    db: AsyncSession, session_id: SessionId, *, expert_id: ExpertId, now: datetime
) -> Session:
    """The expert declines a request. Raises UnknownSession when it is not theirs, StateMoved."""
    before = await _locked(db, session_id, expert_id=expert_id)
    after = before.answered(accepted=False)
    return await rows.move(db, before, after, by=expert_id, now=now)


async def cancel(
    db: AsyncSession,
    session_id: SessionId,
    *,
    by: Side,
    now: datetime,
    person: PersonId | None = None,
    expert_id: ExpertId | None = None,
    why: str | None = None,
) -> tuple[Session, int]:
    """Cancel a session: its time is free at once. Also how many percent come back.

    A client may only cancel their own session, as `person`; an expert as `expert_id` where it is
    given. `why` is noted where it is not just that they did. Raises UnknownSession, StateMoved,
    TooLateToCancel.
    """
    client = person if by == "client" else None
    before = await _locked(db, session_id, client=client, expert_id=expert_id)
    after, percent = before.cancelled(by=by, now=now)
    why = why or cancelled_by(by)
    moved = await rows.move(db, before, after, by=person or expert_id or by, why=why, now=now)
    return moved, percent


async def reschedule(
    db: AsyncSession,
    session_id: SessionId,
    *,
    client: PersonId,
    start: datetime,
    now: datetime,
    insist: bool = False,
) -> Session:
    """Move a client's session to another time of the same offer; what was paid stays paid.

    The old time is freed exactly if the new one is taken. Raises UnknownSession, StateMoved,
    TooLateToMove, MovedTooOften, NotOffered, TimeTaken, ClientBusy.
    """
    before = await _locked(db, session_id, client=client)
    after = replace(before.rescheduled(start, now=now), insisted=insist)
    offer = await offer_of(db, before.offer_id)
    await _check_offered(db, offer, start, now=now, without=session_id)
    if after.group is not None and after.group == before.group:
        raise NotOffered
    await _take(db, after, offer, moving_from=before)
    return await rows.move(db, before, after, by=client, why=rows.RESCHEDULED, now=now)


async def no_show(
    db: AsyncSession,
    session_id: SessionId,
    *,
    side: Side,
    by: PersonId,
    now: datetime,
    expert_id: ExpertId | None = None,
) -> Session:
    """One side did not come, says the other: the client, or the expert with their `expert_id`.

    Raises UnknownSession when the session is not theirs, StateMoved, TooEarlyToReport.
    """
    client = by if side == "expert" else None
    before = await _locked(db, session_id, client=client, expert_id=expert_id)
    after = before.missed_by(side, now=now)
    return await rows.move(db, before, after, by=by, why=f"{side} absent", now=now)


async def finish(
    db: AsyncSession,
    session_id: SessionId,
    *,
    by: PersonId,
    now: datetime,
    expert_id: ExpertId | None = None,
) -> Session:
    """A session by the minute is over now, says its expert with their `expert_id`, or where it is
    held in the chat, which ends with it, its client.

    Raises UnknownSession when it is not theirs to say, StateMoved.
    """
    client = by if expert_id is None else None
    before = await _locked(db, session_id, client=client, expert_id=expert_id)
    if expert_id is None and before.delivery is not Delivery.RELAY:
        raise UnknownSession
    after = before.finished(now=now)
    return await rows.move(db, before, after, by=by, why="finished", now=now)


async def close(db: AsyncSession, session_id: SessionId, now: datetime) -> Session:
    """Nothing more is to happen to a session that ended. Raises UnknownSession, StateMoved."""
    before = await _locked(db, session_id)
    return await _leave(
        db, before, SessionState.ENDED, SessionState.CLOSED, by=rows.BY_TIME, why=None, now=now
    )


async def set_link(db: AsyncSession, session_id: SessionId, link: str) -> Session:
    """Store where a session takes place. Raises UnknownSession."""
    await rows.set_link(db, session_id, link)
    return await _locked(db, session_id)


async def _take(
    db: AsyncSession, session: Session, offer: Offer, moving_from: Session | None = None
) -> None:
    """The time of the expert and the client, a seat in a group, and what can be had once.

    Raises TimeTaken, ClientBusy, OnlyOnce.
    """
    if session.group is None:
        await cells.take(db, session, moving_from=moving_from)
    else:
        await offer_rows.lock(db, offer.id)
        await cells.take_seat(db, session, seats=offer.seats, moving_from=moving_from)
    if not session.insisted and await rows.insisted_at(db, session):
        raise ClientBusy
    if offer.once:
        await cells.take_once(db, session)


async def _leave(
    db: AsyncSession,
    session: Session,
    before: SessionState,
    after: SessionState,
    *,
    by: str,
    why: str | None,
    now: datetime,
) -> Session:
    if session.state is not before:
        raise StateMoved(state=session.state)
    return await rows.move(db, session, session.left(after), by=by, why=why, now=now)


async def _locked(
    db: AsyncSession,
    session_id: SessionId,
    *,
    client: PersonId | None = None,
    expert_id: ExpertId | None = None,
) -> Session:
    session = await rows.by_id(db, session_id, lock=True)
    if session is None or (client or session.client_id) != session.client_id:
        raise UnknownSession
    if (expert_id or session.expert_id) != session.expert_id:
        raise UnknownSession
    return session


async def _live_offer(db: AsyncSession, offer_id: OfferId) -> Offer:
    try:
        offer = await offer_of(db, offer_id)
    except UnknownOffer as unknown:
        raise OfferGone from unknown
    if not offer.active:
        raise OfferGone
    return offer


async def _check_offered(
    db: AsyncSession,
    offer: Offer,
    start: datetime,
    *,
    now: datetime,
    without: SessionId | None = None,
) -> None:
    on_grid = start.timestamp() % (GRID_MINUTES * 60) == 0
    if not on_grid or not await offered_at(db, offer, start, now=now, without=without):
        raise NotOffered
