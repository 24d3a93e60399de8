"""What windows show: reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking import service as booking
from booking.model import Offer, Session, SessionState, Slot
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from people import service as people
from people.model import Expert, Person
from scheduler import broadcasts, repeats
from storage import outbox
from storage.engine import SessionMaker
from workflows import sequences
from workflows.meetings import meeting_for, meeting_of
from workflows.notices import Meeting

_LOOK_BACK = 10


@dataclass(frozen=True)
class Cancellation:
    """What cancelling now would give back."""

    meeting: Meeting
    refund: Money


@dataclass(frozen=True)
class Queries:
    """Every read that an edge makes; each opens its own reading transaction."""

    sessions: SessionMaker
    clock: Clock

    async def person(self, telegram_id: int) -> Person | None:
        """Who has this Telegram id, if they joined and were not erased."""
        async with self.sessions() as db:
            return await people.by_telegram(db, telegram_id)

    async def expert_of(self, telegram_id: int) -> Expert | None:
        """The expert with this Telegram id."""
        async with self.sessions() as db:
            return await people.expert_by_telegram(db, telegram_id)

    async def offer(self, offer_id: OfferId) -> Offer:
        """Raises UnknownOffer."""
        async with self.sessions() as db:
            return await booking.offer(db, offer_id)

    async def expert(self, expert_id: ExpertId) -> Expert:
        """Raises UnknownExpert."""
        async with self.sessions() as db:
            return await people.expert(db, expert_id)

    async def free_times(
        self,
        offer_id: OfferId,
        *,
        frm: datetime,
        until: datetime,
        moving: SessionId | None = None,
    ) -> Sequence[Slot]:
        """Bookable starts of an offer, soonest first; for a session that is to be moved, also
        those that overlap its own time, without the start that it has."""
        async with self.sessions() as db:
            found = await booking.free_times(
                db, offer_id, frm=frm, until=until, now=self.clock(), without=moving
            )
            if moving is None:
                return found
            has = (await booking.session(db, moving)).starts_at
            return [one for one in found if one.start != has]

    async def seats_left(self, offer_id: OfferId, *, until: datetime) -> Mapping[datetime, int]:
        """How many seats are left in the groups that somebody is in already, by their start."""
        now = self.clock()
        async with self.sessions() as db:
            return await booking.seats_left(db, offer_id, frm=now, until=until, now=now)

    async def meeting(self, session_id: SessionId) -> Meeting:
        """Raises UnknownSession."""
        async with self.sessions() as db:
            return await meeting_of(db, session_id)

    async def own_meeting(self, session_id: SessionId, client: PersonId) -> Meeting:
        """A session of this client. Raises UnknownSession."""
        async with self.sessions() as db:
            return await meeting_for(db, await booking.session(db, session_id, client=client))

    async def to_rate(self, client: PersonId) -> Meeting | None:
        """The newest session that a client can rate and has not."""
        async with self.sessions() as db:
            for one in await booking.past(db, client, before=self.clock(), limit=_LOOK_BACK):
                ended = one.state in {SessionState.ENDED, SessionState.CLOSED}
                if ended and not await people.is_reviewed(db, one.id):
                    return await meeting_for(db, one)
        return None

    async def held(self, client: PersonId) -> Meeting | None:
        """The time that is held for a client while they pay."""
        async with self.sessions() as db:
            found = await booking.held(db, client, now=self.clock())
            return None if found is None else await meeting_for(db, found)

    async def upcoming(self, client: PersonId) -> list[Meeting]:
        """A client's live sessions, soonest first."""
        async with self.sessions() as db:
            found = await booking.upcoming(db, client, after=self.clock())
            return [await meeting_for(db, one) for one in found]

    async def past(self, client: PersonId, *, limit: int) -> list[Meeting]:
        """A client's sessions that are over, newest first."""
        async with self.sessions() as db:
            found = await booking.past(db, client, before=self.clock(), limit=limit)
            return [await meeting_for(db, one) for one in found]

    async def cancellation(self, session_id: SessionId, client: PersonId) -> Cancellation:
        """What cancelling now would give back. Raises UnknownSession."""
        async with self.sessions() as db:
            session = await booking.session(db, session_id, client=client)
            paid = await payments.paid_for(db, session.id)
            percent = _percent_back(session, now=self.clock())
            refund = paid.back(percent) if paid else Money(0, session.price.currency)
            return Cancellation(await meeting_for(db, session), refund)

    async def agenda(self, expert_id: ExpertId, *, days: int) -> list[Meeting]:
        """An expert's sessions from now on, soonest first."""
        now = self.clock()
        async with self.sessions() as db:
            found = await booking.expert_sessions(
                db, expert_id, frm=now - timedelta(hours=2), until=now + timedelta(days=days)
            )
            return [await meeting_for(db, one) for one in found]

    async def sessions_between(self, frm: datetime, until: datetime) -> list[Meeting]:
        """All live sessions that start in a range, soonest first."""
        async with self.sessions() as db:
            found = await booking.all_between(db, frm=frm, until=until)
            return [await meeting_for(db, one) for one in found]

    async def earnings(self, expert_id: ExpertId) -> list[Money]:
        """What an expert earned so far, an amount a currency."""
        async with self.sessions() as db:
            return list(await payments.earned_so_far(db, expert_id))

    async def outbox_counts(self) -> dict[str, int]:
        """How many notices are in each state."""
        async with self.sessions() as db:
            return await outbox.counts(db)

    async def next_due(self) -> datetime | None:
        """The next instant at which a job will find something to do."""
        now = self.clock()
        async with self.sessions() as db:
            instants = [
                await outbox.next_due(db), await broadcasts.next_due(db, now=now),
                await booking.next_due(db, now=now), await repeats.next_due(db),
                await sequences.next_due(db, now=now),
            ]  # fmt: skip
        return min((one for one in instants if one is not None), default=None)


def _percent_back(session: Session, *, now: datetime) -> int:
    """What cancelling now gives back; nothing where it cannot be cancelled any more."""
    try:
        return session.cancelled(by="client", now=now)[1]
    except DomainError:
        return 0
