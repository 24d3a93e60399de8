"""What a reader answers to a reminder."""

from dataclasses import dataclass

from booking.errors import UnknownSession
from booking.model import LIVE_STATES
from kernel.clock import Clock
from kernel.ids import PersonId, SessionId
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows.meetings import meeting_of


@dataclass(frozen=True)
class SayComing:
    """Whoever taps "I'm coming" is looked forward to: the other side is told, once.

    Raises UnknownSession where the session is over, or not theirs.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, session_id: SessionId, person: PersonId, *, command: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            meeting = await meeting_of(db, session_id)
            sides = {meeting.client.id: "client", meeting.expert.person_id: "expert"}
            if person not in sides or meeting.session.state not in LIVE_STATES:
                raise UnknownSession
            side = sides[person]
            other = meeting.expert.person_id if side == "client" else meeting.client.id
            if other is not None:
                notice = meeting.notice(
                    f"notice-coming-{side}", other, at=now, expires_at=meeting.session.ends_at
                )
                await outbox.add(db, notice)
            await commands.record(db, command, now=now)
