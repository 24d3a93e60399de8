"""Somebody did not come to a session."""

from dataclasses import dataclass

from booking import service as booking
from booking.errors import UnknownSession
from booking.model import Side
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import absence_notices
from workflows.cancel_session import refund_share
from workflows.meetings import meeting_for
from workflows.tell_admins import TellAdmins


@dataclass(frozen=True)
class ReportAbsence:
    """One side says, while the session is under way, that the other did not come.

    An expert's absence gives everything back and is told to the admins; a client's keeps the
    payment. Both sides are told. Raises UnknownSession, StateMoved, TooEarlyToReport.
    """

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins

    async def __call__(
        self, session_id: SessionId, *, absent: Side, by: PersonId, command: str,
        expert: ExpertId | None = None,
    ) -> Money:  # fmt: skip
        """`expert` is who reports as an expert. Returns what the client gets back."""
        if absent == "client" and expert is None:
            raise UnknownSession
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return Money(*done.result)
            session = await booking.no_show(
                db, session_id, side=absent, by=by, expert_id=expert, now=now
            )
            percent = 100 if absent == "expert" else 0
            back = await refund_share(
                db, session, percent=percent, reason=f"{absent} absent", now=now
            )
            await payments.release(db, session_id, expert_id=session.expert_id, now=now)
            await outbox.void(db, about=session_id)
            meeting = await meeting_for(db, session)
            told = absence_notices.absent(meeting, side=absent, refund=back.amount, now=now)
            await outbox.add(db, *told)
            if absent == "expert":
                await self.tell_admins(
                    db, "notice-expert-absent-admin", once=session_id, expert=meeting.expert.name,
                    client=meeting.client.first_name, when=session.starts_at,
                )  # fmt: skip
            await commands.record(
                db, command, now=now, result=[back.amount.minor, back.amount.currency]
            )
        return back.amount
