"""A session is called off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownSession
from booking.model import Session, Side
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import notices
from workflows.back import Back
from workflows.meetings import meeting_for

TAKEN_BACK = "money taken back"


async def refund_share(
    db: AsyncSession, session: Session, *, percent: int, reason: str, now: datetime
) -> Back:
    """Ask for a share of what was paid for a session back, or for as much of it as is left."""
    payment = await payments.paid_for(db, session.id)
    if payment is None or not (amount := payment.back(percent)):
        return Back(Money(0, session.price.currency))
    asked = await payments.request_refund(db, payment.id, amount, reason=reason, now=now)
    return Back.of(asked)


async def cancel_taken_back(db: AsyncSession, session_id: SessionId, *, now: datetime) -> None:
    """The cardholder's bank took back what was paid for a session: one that is ahead is cancelled
    as nobody pays it, what else was paid for it (credit) goes back, and both sides are told."""
    if not (await booking.session(db, session_id)).is_ahead:
        return
    session, _ = await booking.cancel(db, session_id, by="admin", why=TAKEN_BACK, now=now)
    payment = await payments.paid_for(db, session_id)
    if payment is not None and (rest := payment.refundable):
        await payments.request_refund(db, payment.id, rest, reason=TAKEN_BACK, now=now)
    await _fall_silent(db, session, now=now)
    meeting = await meeting_for(db, session)
    await outbox.add(db, *notices.taken_back(meeting, now=now))


async def _fall_silent(db: AsyncSession, was: Session, *, now: datetime) -> None:
    """Nothing more is said about a session that was; what the expert of a group is told once is
    about another seat of it from now on, if one is left."""
    if was.group is not None:
        left = await booking.confirmed_in(db, was.group)
        meeting = await meeting_for(db, left[0] if left else was)
        if (expert := meeting.expert_person) is not None:
            again = notices.timetable_of(meeting, expert, now=now) if left else []
            await outbox.plan_anew(db, expert.id, notices.group_keys(was.group), again)
    await outbox.void(db, about=was.id)


@dataclass(frozen=True)
class CancelSession:
    """Either side cancels: the time is free at once, the refund follows the policy the client
    booked under (in full when the expert cancels), the other side is told, and no reminder is
    left behind. What the policy keeps is the expert's and the platform's. Raises the refusals of
    `booking.service.cancel`.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, session_id: SessionId, *, by: Side, person: PersonId, command: str,
        expert: ExpertId | None = None,
    ) -> Money:  # fmt: skip
        """`expert` is who cancels as an expert. Returns what the client gets back."""
        if by == "expert" and expert is None:
            raise UnknownSession
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return Money(*done.result)
            session, percent = await booking.cancel(
                db, session_id, by=by, person=person, expert_id=expert, now=now
            )
            reason = f"cancelled by {by}"
            back = await refund_share(db, session, percent=percent, reason=reason, now=now)
            await payments.release(db, session_id, expert_id=session.expert_id, now=now)
            await _fall_silent(db, session, now=now)
            meeting = await meeting_for(db, session)
            kept = bool(session.price) and percent < 100
            told = notices.cancelled(meeting, by=by, back=back, now=now, kept=kept)
            await outbox.add(db, *told)
            await commands.record(
                db, command, now=now, result=[back.amount.minor, back.amount.currency]
            )
        return back.amount


@dataclass(frozen=True)
class MoveSession:
    """The client takes another time in one step that keeps the payment; both are told and the
    reminders follow.

    Raises the refusals of `booking.service.reschedule`.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, session_id: SessionId, *, client: PersonId, start: datetime, command: str,
        insist: bool = False,
    ) -> Session:  # fmt: skip
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return await booking.session(db, session_id)
            before = await booking.session(db, session_id)
            moved = await booking.reschedule(
                db, session_id, client=client, start=start, now=now, insist=insist
            )
            await _fall_silent(db, before, now=now)
            meeting = await meeting_for(db, moved)
            await outbox.add(db, *notices.moved(meeting, before=before.starts_at, now=now))
            await commands.record(db, command, now=now)
        return moved
