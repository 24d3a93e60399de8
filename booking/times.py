"""Free times of offers."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import Offer, group_at
from booking.offers import offer as offer_of
from booking.repository import calendars, schedules
from booking.repository.taken import open_groups, taken
from booking.slots import Slot, SlotQuery, is_offered, slots
from kernel.ids import OfferId, SessionId

_TIME_TO_CHOOSE = timedelta(minutes=5)
"""So long a time that was just shown can be taken, though its notice runs out meanwhile."""


async def free_times(
    db: AsyncSession,
    offer_id: OfferId,
    *,
    frm: datetime,
    until: datetime,
    now: datetime,
    without: SessionId | None = None,
) -> list[Slot]:
    """Times of an offer that can be booked now and start between `frm` and `until`, sorted.

    `without` is a session whose own time counts as free, because it is to be moved.
    Raises UnknownOffer.
    """
    offer = await offer_of(db, offer_id)
    schedule = (await schedules.of(db, [offer.expert_id])).get(offer.expert_id)
    if schedule is None or not offer.active:
        return []
    found = await taken(db, [offer.expert_id], frm=frm, until=until, now=now, without=without)
    times = found[offer.expert_id]
    query = schedule.query(
        offer, busy=times.busy, starts=times.starts, calendars=times.calendars, frm=frm,
        until=until, now=now,
    )  # fmt: skip
    groups = await open_groups(db, [offer], frm=frm, until=until, now=now)
    return with_seats(query, groups[offer.id])


def with_seats(query: SlotQuery, groups: Collection[datetime]) -> list[Slot]:
    """The free times, and those at which a group that has begun to fill has a seat left."""
    free = slots(query)
    if not groups:
        return free
    seats = [one for one in slots(replace(query, busy=(), full=frozenset())) if one.start in groups]
    return sorted({*free, *seats})


async def seats_left(
    db: AsyncSession, offer_id: OfferId, *, frm: datetime, until: datetime, now: datetime
) -> dict[datetime, int]:
    """How many seats the groups have left that somebody is in already, by their start.

    Raises UnknownOffer.
    """
    offer = await offer_of(db, offer_id)
    return (await open_groups(db, [offer], frm=frm, until=until, now=now))[offer.id]


async def offered_at(
    db: AsyncSession,
    offer: Offer,
    start: datetime,
    *,
    now: datetime,
    without: SessionId | None = None,
) -> bool:
    """Whether the offer can start then by its expert's hours, limits and other calendars.

    The notice counts from some minutes ago, when the person was shown the times.
    Whether a session has the time already is not asked: the cells refuse that.
    Where a limit counts, nobody else books this expert before the transaction ends.
    """
    schedule = (await schedules.of(db, [offer.expert_id])).get(offer.expert_id)
    if schedule is not None and schedule.limited:
        schedule = await schedules.locked(db, offer.expert_id)
    if schedule is None:
        return False
    until = start + timedelta(seconds=1)
    starts: list[datetime] = []
    if schedule.limited:
        found = await taken(
            db, [offer.expert_id], frm=start, until=until, now=now, without=without,
            without_group=group_at(offer.id, start),
        )  # fmt: skip
        starts = found[offer.expert_id].starts
    imported = (await calendars.busy(db, [offer.expert_id])).get(offer.expert_id, ())
    query = schedule.query(
        offer, busy=(), starts=starts, calendars=imported, frm=start, until=until, now=now
    )
    notice = max(query.notice - _TIME_TO_CHOOSE, timedelta(0))
    return is_offered(replace(query, notice=notice), start)
