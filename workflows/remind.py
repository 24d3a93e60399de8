"""Reminders as their reader wants them, and what they answer to one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import StateMoved, UnknownSession
from booking.model import LIVE_STATES, SessionState
from kernel.clock import Clock
from kernel.ids import PersonId, SessionId
from people import service as people
from people.model import Person
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import notices
from workflows.meetings import meeting_for, meeting_of

_FAR = timedelta(days=400)


@dataclass(frozen=True)
class SayComing:
    """Whoever taps "I'm coming" is looked forward to: the other side is told, once.

    Raises UnknownSession where the session is not theirs, StateMoved where it is over.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, session_id: SessionId, person: PersonId, *, command: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            # or it might be called off while this is planned
            await booking.lock(db, [session_id])
            meeting = await meeting_of(db, session_id)
            sides = {meeting.client.id: "client", meeting.expert.person_id: "expert"}
            if person not in sides:
                raise UnknownSession
            if meeting.session.state not in LIVE_STATES:
                raise StateMoved(state=meeting.session.state)
            side = sides[person]
            other = meeting.expert.person_id if side == "client" else meeting.client.id
            if other is not None:
                notice = meeting.notice(
                    f"notice-coming-{side}", other, at=now, expires_at=meeting.session.ends_at
                )
                await outbox.add(db, notice)
            await commands.record(db, command, now=now)


@dataclass(frozen=True)
class ChangeReminders:
    """A reader decides when before a session they are reminded, and when they are not to be
    woken; the sessions that they have booked follow, and nothing is said twice."""

    sessions: SessionMaker
    clock: Clock

    async def plan(self, person: PersonId, minutes: Collection[int]) -> Person:
        """Remind them so many minutes before a session."""
        async with self.sessions.begin() as db:
            changed = await people.set_reminders(db, person, minutes)
            await self._follow(db, changed)
        return changed

    async def quiet(self, person: PersonId, hours: str) -> Person:
        """Do not wake them in these hours ("22:00-08:00")."""
        async with self.sessions.begin() as db:
            changed = await people.set_quiet(db, person, hours)
            await self._follow(db, changed)
        return changed

    async def _follow(self, db: AsyncSession, reader: Person) -> None:
        now = self.clock()
        ahead = list(await booking.upcoming(db, reader.id, after=now))
        if expert := await people.expert_of_person(db, reader.id):
            ahead += await booking.expert_sessions(db, expert.id, frm=now, until=now + _FAR)
        # locked, or one that is called off just now would be reminded of all the same
        for session in await booking.lock(db, {one.id for one in ahead}):
            if session.state is SessionState.CONFIRMED:
                meeting = await meeting_for(db, session)
                await outbox.plan_anew(
                    db, reader.id, notices.reminder_keys(meeting, reader),
                    notices.reminders(meeting, reader, now=now),
                )  # fmt: skip
