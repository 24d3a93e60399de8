"""Waiting for a time that somebody gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking import service as booking
from booking.model import Session, SessionState
from booking.waiting import Place
from kernel.clock import Clock
from kernel.ids import OfferId, PersonId, SessionId, new_id
from people import blocks
from storage import commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice, NoticeButton
from workflows.meetings import meeting_for
from workflows.notices import Meeting
from workflows.settle_payment import confirm_paid


@dataclass(frozen=True)
class Waitlist:
    """A client waits for a time of an offer, or no more."""

    sessions: SessionMaker
    clock: Clock

    async def place(self, client: PersonId, offer_id: OfferId) -> Place | None:
        """Where the client waits."""
        async with self.sessions() as db:
            return await booking.waitlist_place(db, offer_id, client)

    async def join(
        self, client: PersonId, offer_id: OfferId, *, command: str, frm: datetime | None = None,
        until: datetime | None = None,
    ) -> None:  # fmt: skip
        """Wait for the first free time, or for one within a range.

        Raises OfferGone, ExpertHidden, ExpertNotAvailable.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                wanted = await booking.offer(db, offer_id)
                await blocks.check_may_meet(db, client, wanted.expert_id)
                await booking.join_waitlist(
                    db, offer_id=offer_id, client=client, now=now, frm=frm, until=until
                )
                await commands.record(db, command, now=now)

    async def waits_among(self, client: PersonId, offer_ids: Sequence[OfferId]) -> bool:
        """Whether the client waits for any of these offers."""
        async with self.sessions() as db:
            return bool(await booking.waiting_among(db, offer_ids, client))

    async def join_any(
        self, client: PersonId, offer_ids: Sequence[OfferId], *, command: str,
        frm: datetime | None = None, until: datetime | None = None,
    ) -> None:  # fmt: skip
        """Wait for a time of whichever of these offers has one first, without those of experts
        whom the client is not to meet. Raises OfferGone."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                any_of = new_id()
                apart = await blocks.apart_from(db, client)
                offers = await booking.offers_by_id(db, offer_ids)
                for offer_id in offer_ids:
                    if offers[offer_id].expert_id in apart:
                        continue
                    await booking.join_waitlist(
                        db, offer_id=offer_id, client=client, now=now, frm=frm, until=until,
                        any_of=any_of,
                    )  # fmt: skip
                await commands.record(db, command, now=now)

    async def leave_any(
        self, client: PersonId, offer_ids: Sequence[OfferId], *, command: str
    ) -> None:
        """Wait for none of these offers any more. Raises UnknownEntry."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                for entry in await booking.waiting_among(db, offer_ids, client):
                    await booking.leave_waitlist(db, entry.id, client)
                await commands.record(db, command, now=self.clock())

    async def leave(self, client: PersonId, entry_id: str, *, command: str) -> None:
        """Wait no more. Raises UnknownEntry."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await booking.leave_waitlist(db, entry_id, client)
                await commands.record(db, command, now=self.clock())


@dataclass(frozen=True)
class OfferFreedTimes:
    """Freed times are held for those who wait, who came first being asked first; each is told
    until when. Who is not to meet the expert any more is passed over."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            for held in await booking.offer_freed(db, now):
                if await blocks.between(db, held.client_id, held.expert_id):
                    await booking.release(db, held.id, client=held.client_id, now=now)
                else:
                    await outbox.add(db, _offered(await meeting_for(db, held), now=now))


@dataclass(frozen=True)
class TakeOffered:
    """The client takes the time that was held for them: a free one is booked at once, any other
    is paid next. Raises UnknownSession."""

    sessions: SessionMaker
    clock: Clock
    meeting_url: str

    async def __call__(self, client: PersonId, session_id: SessionId, *, command: str) -> Session:
        now = self.clock()
        async with self.sessions.begin() as db:
            held = await booking.session(db, session_id, client=client)
            if held.price or held.state is not SessionState.HELD:
                return held
            if await commands.earlier(db, command):
                return held
            await commands.record(db, command, now=now)
            return await confirm_paid(db, held.id, now=now, meeting_url=self.meeting_url)


def _offered(meeting: Meeting, *, now: datetime) -> Notice:
    until = meeting.session.held_until or now
    session_id = meeting.session.id
    return meeting.notice(
        "notice-waitlist-offer", meeting.client.id, at=now, until=until, expires_at=until,
        buttons=[
            NoticeButton("waitlist-take", f"waitlist:take:{session_id}"),
            NoticeButton("waitlist-pass", f"waitlist:pass:{session_id}"),
        ],
    )  # fmt: skip
