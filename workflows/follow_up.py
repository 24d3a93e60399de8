"""After the session: the client's survey and the expert's note."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownSession
from booking.model import SessionState
from kernel.clock import Clock
from kernel.ids import PersonId, SessionId, new_id
from people import blocks
from people import service as people
from people.model import ExpertNote, Person, Review
from storage import activity, commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice
from workflows import follow_up_notices
from workflows.expert_facts import refresh_facts
from workflows.meetings import meeting_of
from workflows.notices import Meeting
from workflows.tell_admins import TellAdmins, answer_button

_UNHAPPY_BELOW, _SATISFIED_FROM = 5, 8
_REVIEW_AFTER = timedelta(days=1)
_HELD = {SessionState.ENDED, SessionState.CLOSED}
_USUAL_INTERVAL = timedelta(days=21)
_SHORTEST = timedelta(days=3)


@dataclass(frozen=True)
class SurveyAnswers:
    """Quality expected and received from 1 to 10; `comment` may be empty."""

    expected: int
    received: int
    would_return: bool
    comment: str | None = None

    @property
    def satisfied(self) -> bool:
        """Whether they may be asked to say so to others."""
        return self.would_return and self.received >= _SATISFIED_FROM


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
            apart = await blocks.between(db, person.id, session.expert_id)
            if answers.would_return and apart is None:
                await outbox.add(db, await _rebook(db, meeting, now=now))
            if answers.satisfied and not answers.comment:
                await outbox.add(
                    db, follow_up_notices.review_wanted(meeting, at=now + _REVIEW_AFTER)
                )
            if answers.received < _UNHAPPY_BELOW:
                await self.tell_admins(
                    db, "notice-unhappy", once=session_id, client=person.first_name,
                    expert=meeting.expert.name, received=answers.received,
                    comment=answers.comment or "—", buttons=[answer_button(person.id)],
                )  # fmt: skip
            await commands.record(db, command, now=now)


async def _rebook(db: AsyncSession, meeting: Meeting, *, now: datetime) -> Notice:
    """A suggestion after as long as there usually is between this client's sessions with this
    expert, else between those of the expert's other clients; it is void once they booked."""
    found = await booking.feed_sessions(db, meeting.client.id, meeting.expert.id, now=now)
    starts: dict[PersonId, list[datetime]] = defaultdict(list)
    for one in sorted(found, key=lambda each: each.starts_at):
        if one.expert_id == meeting.expert.id and one.state in _HELD:
            starts[one.client_id].append(one.starts_at)
    own = _gaps(starts.pop(meeting.client.id, []))
    gaps = own or [gap for each in starts.values() for gap in _gaps(each)]
    interval = max(median_low(gaps), _SHORTEST) if gaps else _USUAL_INTERVAL
    return follow_up_notices.rebook(meeting, at=meeting.session.ends_at + interval)


def _gaps(starts: Sequence[datetime]) -> list[timedelta]:
    return [later - sooner for sooner, later in pairwise(starts)]


@dataclass(frozen=True)
class WriteReview:
    """A client who rated without a word adds some; they show on the expert's page.

    Raises UnknownSession where there is no such review, or it has its words.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, person: Person, session_id: SessionId, words: str, *, command: str
    ) -> None:
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            session = await booking.session(db, session_id, client=person.id)
            if not await people.add_words(db, session_id, words):
                raise UnknownSession
            await refresh_facts(db, [session.expert_id])
            await commands.record(db, command, now=self.clock())


@dataclass(frozen=True)
class WriteNote:
    """The expert notes what was done and rates the client, for themselves; it is among the data
    that the client can ask for."""

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
