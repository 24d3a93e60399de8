"""After the session: the client's survey and the expert's note."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownSession
from kernel.clock import Clock
from kernel.ids import PersonId, SessionId, new_id
from people import service as people
from people.model import ExpertNote, Person, Review
from storage import activity, commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice
from workflows import notices
from workflows.expert_facts import refresh_facts
from workflows.meetings import meeting_of
from workflows.notices import Meeting
from workflows.tell_admins import TellAdmins

_UNHAPPY_BELOW = 5
_LOOK_BACK = 10
_USUAL_INTERVAL = timedelta(days=21)
_SHORTEST = timedelta(days=3)


@dataclass(frozen=True)
class SurveyAnswers:
    """Quality expected and received from 1 to 10; `comment` may be empty."""

    expected: int
    received: int
    would_return: bool
    comment: str | None = None


@dataclass(frozen=True)
class AnswerSurvey:
    """The review shows on the expert's page and counts for their rating; the nudge is dropped;
    the admins hear of an unhappy client.

    Raises AlreadyReviewed, UnknownSession.
    """

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins

    async def __call__(
        self, person: Person, session_id: SessionId, answers: SurveyAnswers, *, command: str
    ) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            session = await booking.session(db, session_id, client=person.id)
            review = Review(
                id=new_id(), session_id=session_id, expert_id=session.expert_id,
                client_id=person.id, expected=answers.expected, received=answers.received,
                would_return=answers.would_return, comment=answers.comment, published=True,
                at=now,
            )  # fmt: skip
            await people.add_review(db, review)
            await outbox.void(db, about=session_id)
            await refresh_facts(db, [session.expert_id])
            await activity.record(
                db, person.id, "rated", at=now, about=session.expert_id,
                profiling=person.profiling,
            )  # fmt: skip
            meeting = await meeting_of(db, session_id)
            if answers.would_return:
                await outbox.add(db, await _rebook(db, meeting, now=now))
            if answers.received < _UNHAPPY_BELOW:
                await self.tell_admins(
                    db, "notice-unhappy", once=session_id, client=person.first_name,
                    expert=meeting.expert.name, received=answers.received,
                    comment=answers.comment or "—",
                )  # fmt: skip
            await commands.record(db, command, now=now)


async def _rebook(db: AsyncSession, meeting: Meeting, *, now: datetime) -> Notice:
    """A suggestion after as long as there usually is between this client's sessions with this
    expert; it is void once they booked."""
    past = await booking.past(db, meeting.client.id, before=now, limit=_LOOK_BACK)
    starts = [one.starts_at for one in past if one.expert_id == meeting.expert.id]
    gaps = sorted(later - sooner for later, sooner in pairwise(starts))
    interval = max(gaps[len(gaps) // 2], _SHORTEST) if gaps else _USUAL_INTERVAL
    return notices.rebook(meeting, at=meeting.session.ends_at + interval)


@dataclass(frozen=True)
class WriteNote:
    """The expert notes what was done and rates the client; only experts and admins see it."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, expert_person: PersonId, session_id: SessionId, *, note: str | None,
        rating: int | None, command: str,
    ) -> None:  # fmt: skip
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            meeting = await meeting_of(db, session_id)
            if meeting.expert.person_id != expert_person:
                raise UnknownSession
            await people.save_note(
                db,
                ExpertNote(
                    session_id=session_id, expert_id=meeting.expert.id,
                    client_id=meeting.client.id, note=note, client_rating=rating, at=now,
                ),
            )  # fmt: skip
            await commands.record(db, command, now=now)
