"""An expert answers a request, or calls a session off."""

from dataclasses import dataclass

from booking import service as booking
from booking.model import Session
from kernel.clock import Clock
from kernel.ids import ExpertId, SessionId
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import notices
from workflows.cancel_session import refund_share
from workflows.meetings import meeting_for
from workflows.settle_payment import announce_confirmed


@dataclass(frozen=True)
class ApproveSession:
    """The expert accepts: the session is confirmed and both are told."""

    sessions: SessionMaker
    clock: Clock
    meeting_url: str

    async def __call__(self, session_id: SessionId, *, expert: ExpertId, command: str) -> Session:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return await booking.session(db, session_id)
            approved = await booking.approve(db, session_id, expert_id=expert, now=now)
            await commands.record(db, command, now=now)
            return await announce_confirmed(db, approved, now=now, meeting_url=self.meeting_url)


@dataclass(frozen=True)
class DeclineSession:
    """The expert declines a request: the time is free, the money goes back in full."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, session_id: SessionId, *, expert: ExpertId, command: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            declined = await booking.decline(db, session_id, expert_id=expert, now=now)
            back = await refund_share(db, declined, percent=100, reason="declined", now=now)
            await outbox.void(db, about=declined.id)
            meeting = await meeting_for(db, declined)
            await outbox.add(db, *notices.cancelled(meeting, by="expert", back=back, now=now))
            await commands.record(db, command, now=now)
