"""The waitlist: a freed time is held for who waits longest, one person at a time.

An offered time is a hold like any other, so nobody else can have it before the deadline, and it
cannot be offered twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import (
    ClientBusy,
    NotOffered,
    OfferGone,
    OnlyOnce,
    TimeTaken,
    UnknownEntry,
)
from booking.model import Session, SessionState
from booking.offers import offer as offer_of
from booking.repository import waitlist as rows
from booking.sessions import hold
from booking.slots import Slot
from booking.times import free_times
from booking.waiting import Entry, EntryState, Place
from kernel.ids import OfferId, PersonId, new_id

OFFERED_FOR = timedelta(minutes=30)
_MOST_TRIES = 5
_BOOKED = (SessionState.REQUESTED, SessionState.CONFIRMED, SessionState.UNDER_WAY)


async def join(
    db: AsyncSession,
    *,
    offer_id: OfferId,
    client: PersonId,
    now: datetime,
    frm: datetime | None = None,
    until: datetime | None = None,
    any_of: str | None = None,
) -> Place:
    """Wait for a time of an offer, within its whole window unless a range is given; for one of
    the offers that are waited for with the same `any_of`.

    Who waits already keeps their place, for both ranges and what lies between. Raises UnknownOffer, OfferGone.
    """
    offer = await offer_of(db, offer_id)
    if not offer.active:
        raise OfferGone
    known = await place(db, offer_id, client)
    wanted = (frm or now, until or now + timedelta(days=offer.window_days))
    if known is not None:
        frm, until = min(known.entry.frm, wanted[0]), max(known.entry.until, wanted[1])
        await rows.set_range(db, known.entry.id, frm, until)
        return known
    entry = Entry(
        new_id(), offer.id, offer.expert_id, client, *wanted, EntryState.WAITING, None, now, any_of
    )
    await rows.add(db, entry)
    return Place(entry, await rows.ahead(db, entry) + 1)


async def place(db: AsyncSession, offer_id: OfferId, client: PersonId) -> Place | None:
    """Where a client waits for an offer."""
    entry = await rows.waiting_for(db, offer_id, client)
    return None if entry is None else Place(entry, await rows.ahead(db, entry) + 1)


async def leave(db: AsyncSession, entry_id: str, client: PersonId) -> None:
    """Wait no more. Raises UnknownEntry when it is not theirs, or over."""
    if not await rows.move(db, entry_id, EntryState.WAITING, EntryState.LEFT, client=client):
        raise UnknownEntry


async def leave_all(db: AsyncSession, client: PersonId) -> None:
    """Wait for nothing any more."""
    await rows.leave_all(db, client)


async def settle(db: AsyncSession, now: datetime) -> None:
    """What became of offered times; who waits for what is past, or has booked it themselves, waits no
    more."""
    for entry, state in await rows.offered(db):
        if state in _BOOKED:
            await _booked(db, entry)
        elif state is not SessionState.HELD:
            await rows.move(db, entry.id, EntryState.OFFERED, EntryState.PASSED)
    for entry in await rows.served(db, _BOOKED):
        await _booked(db, entry)
    await rows.drop_past(db, now)


async def _booked(db: AsyncSession, entry: Entry) -> None:
    await rows.move(db, entry.id, entry.state, EntryState.BOOKED)
    if entry.any_of is not None:
        await rows.end_others(db, entry.any_of)


async def offer_freed(db: AsyncSession, now: datetime) -> list[Session]:
    """Hold the free times for those who wait, who came first being asked first.

    Returns the holds, which last until `OFFERED_FOR` is over or the session would begin.
    """
    await settle(db, now)
    found = []
    waiting = await rows.waiting(db)
    for offer_id in dict.fromkeys(entry.offer_id for entry in waiting):
        queue = [entry for entry in waiting if entry.offer_id == offer_id]
        found += await _offer_one(db, offer_id, queue, now)
    return found


async def _offer_one(
    db: AsyncSession, offer_id: OfferId, queue: Sequence[Entry], now: datetime
) -> list[Session]:
    slots = await free_times(
        db, offer_id, frm=min(one.frm for one in queue), until=max(one.until for one in queue),
        now=now,
    )  # fmt: skip
    if not slots:
        return []
    holding = await rows.holding(db, [entry.client_id for entry in queue], now=now)
    found = []
    for entry in queue:
        if entry.client_id in holding:
            continue
        session = await _hold_for(db, entry, slots, now)
        if session is not None:
            found.append(session)
            slots = [
                one
                for one in slots
                if one.end <= session.busy.start or one.start >= session.busy.end
            ]
    return found


async def _hold_for(
    db: AsyncSession, entry: Entry, slots: Sequence[Slot], now: datetime
) -> Session | None:
    fitting = [one for one in slots if entry.frm <= one.start < entry.until]
    for slot in fitting[:_MOST_TRIES]:
        minutes = min(OFFERED_FOR, slot.start - now) // timedelta(minutes=1)
        try:
            # what is refused takes nothing
            async with db.begin_nested():
                session = await hold(
                    db, offer_id=entry.offer_id, client=entry.client_id, start=slot.start,
                    now=now, hold_minutes=minutes,
                )  # fmt: skip
        except (TimeTaken, ClientBusy, NotOffered, OfferGone):
            continue
        except OnlyOnce:
            await rows.move(db, entry.id, EntryState.WAITING, EntryState.OVER)
            return None
        await rows.move(db, entry.id, EntryState.WAITING, EntryState.OFFERED, session_id=session.id)
        return session
    return None
