"""What time itself does to sessions: holds run out, sessions begin, end and are settled."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Delivery, Session
from kernel.clock import Clock
from kernel.ids import PersonId
from payments import service as payments
from people import service as people
from storage import outbox
from storage.engine import SessionMaker
from storage.outbox import Notice
from texts.values import to_json
from workflows import follow_up_notices, notices
from workflows.cancel_session import refund_share
from workflows.hold_window import show_again
from workflows.join_session import came
from workflows.meetings import meeting_for

_NO_ANSWER = "the expert did not answer"


@dataclass(frozen=True)
class ExpireHolds:
    """Holds that nobody paid in time are freed; requests that the expert left open until the
    session's start are refunded in full."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            for held in await booking.expire_holds(db, now=now):
                await show_again(db, held, "over")
                # money that came after the hold was gone goes back already
                if await payments.paid_for(db, held.id) is None:
                    await outbox.void(db, about=held.id)
                    meeting = await meeting_for(db, held)
                    await outbox.add(db, *notices.hold_expired(meeting, now=now))
            for asked in await booking.expire_requests(db, now=now):
                await show_again(db, asked, "over")
                back = await refund_share(db, asked, percent=100, reason=_NO_ANSWER, now=now)
                await outbox.void(db, about=asked.id)
                meeting = await meeting_for(db, asked)
                told = notices.cancelled(meeting, by="time", back=back, now=now)
                await outbox.add(db, *told)


@dataclass(frozen=True)
class BeginSessions:
    """Confirmed sessions whose time has come are under way."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        async with self.sessions.begin() as db:
            await booking.begin_due(db, now=self.clock())


@dataclass(frozen=True)
class EndSessions:
    """Sessions that are over: the client is asked how it was, the expert's share is booked."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            for session in await booking.end_due(db, now=now):
                await payments.release(db, session.id, expert_id=session.expert_id, now=now)
                meeting = await meeting_for(db, session)
                await outbox.add(db, *follow_up_notices.ended(meeting, now=now))


@dataclass(frozen=True)
class RelayMessage:
    """During a session held in the chat, what one side writes is handed to the other.

    Returns the session, or None when the person is in no such session now.
    """

    sessions: SessionMaker
    clock: Clock

    async def talks(self, person: PersonId) -> bool:
        """Whether the person is in such a session now."""
        async with self.sessions() as db:
            return await self._session(db, person) is not None

    async def __call__(self, person: PersonId, text: str, *, command: str) -> Session | None:
        now = self.clock()
        async with self.sessions() as db:
            session = await self._session(db, person)
            if session is None:
                return None
            meeting = await meeting_for(db, session)
        from_client = person == session.client_id
        to = meeting.expert.person_id if from_client else session.client_id
        if to is None:
            return None
        name = meeting.client.first_name if from_client else meeting.expert.name
        notice = Notice(
            unique_key=f"relay:{command}", recipient=to, due_at=now, key="notice-relayed",
            values=to_json({"from": name, "text": text}), about=session.id,
        )  # fmt: skip
        async with self.sessions.begin() as db:
            await outbox.add(db, notice)
            await came(db, meeting, person, now=now)
        return session

    async def _session(self, db: AsyncSession, person: PersonId) -> Session | None:
        expert = await people.expert_of_person(db, person)
        return await booking.under_way(
            db, person, delivery=Delivery.RELAY, expert_id=expert.id if expert else None
        )
