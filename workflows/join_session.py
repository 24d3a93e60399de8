"""Somebody comes to a session; whoever does not is told that the other side waits."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownSession
from booking.model import SessionState, Side
from kernel.clock import Clock
from kernel.ids import PersonId, SessionId
from people import service as people
from storage import activity, outbox
from storage.engine import SessionMaker
from workflows import notices
from workflows.meetings import meeting_of
from workflows.notices import Meeting

_EARLY = timedelta(minutes=15)
_OPEN = {SessionState.CONFIRMED, SessionState.UNDER_WAY}
_CALLED_OFF = {SessionState.CANCELLED, SessionState.DECLINED, SessionState.EXPIRED}
_CAME = "came"


@dataclass(frozen=True)
class JoinSession:
    """Whoever takes the link of their session, from a quarter of an hour before it on, has come.

    `website` is where people reach our pages, empty where they cannot: then nobody knows who
    takes the link.
    """

    sessions: SessionMaker
    clock: Clock
    website: str

    def address(self, meeting: Meeting, reader: PersonId) -> str:
        """Where a reader joins: our page that leads to the link, else the link itself."""
        link = meeting.session.link or ""
        if not self.website or not link:
            return link
        return f"{self.website}/{notices.join_page(meeting.session.id, reader)}"

    async def __call__(self, session_id: SessionId, person: PersonId) -> str:
        """The session's link. Raises UnknownSession where it has none, is not theirs, or was
        called off."""
        async with self.sessions.begin() as db:
            meeting = await meeting_of(db, session_id)
            link = meeting.session.link
            theirs = person in {meeting.client.id, meeting.expert.person_id}
            if link is None or not theirs or meeting.session.state in _CALLED_OFF:
                raise UnknownSession
            await came(db, meeting, person, now=self.clock())
        return link


async def came(db: AsyncSession, meeting: Meeting, person: PersonId, *, now: datetime) -> None:
    """One side is there: it is not waited for any more, and whoever is not there yet is told."""
    # or it might be called off while this is planned, or the other side come unseen
    [session] = await booking.lock(db, [meeting.session.id])
    meeting = replace(meeting, session=session)
    opens = session.starts_at - _EARLY
    if session.state not in _OPEN or not opens <= now < session.ends_at:
        return
    place = session.group or session.id
    there = await activity.who_did(db, _CAME, about=place, since=opens)
    if person in there:
        return
    who = await people.get(db, person)
    await activity.record(db, person, _CAME, at=now, about=place, profiling=who.profiling)
    await outbox.void_one(db, notices.waiting_key(meeting, person))
    side: Side = "expert" if person == meeting.client.id else "client"
    other = meeting.expert.person_id if side == "expert" else meeting.client.id
    if other not in there:
        notice = notices.waiting(meeting, side=side, now=now)
        await outbox.add(db, *([notice] if notice else []))
