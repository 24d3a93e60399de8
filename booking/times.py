"""Free times of offers."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import Offer, group_at
from booking.offers import offer as offer_of
from booking.offers import offers_by_id
from booking.repository import calendars, schedules
from booking.repository.taken import Taken, open_groups, taken
from booking.schedule import Schedule
from booking.slots import Slot, is_offered, slots
from kernel.ids import OfferId, SessionId

_LOOK_AHEAD = (timedelta(days=2), timedelta(days=8), timedelta(days=400))
"""Most experts have a free time soon: a short look first is much cheaper than a whole one."""


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
        offer, busy=times.busy, starts=times.starts, frm=frm, until=until, now=now
    )
    if offer.seats == 1:
        return slots(query)
    begun = await open_groups(db, offer, frm=frm, until=until, now=now)
    seats = [one for one in slots(replace(query, busy=(), full=frozenset())) if one.start in begun]
    return sorted({*slots(query), *seats})


async def seats_left(
    db: AsyncSession, offer_id: OfferId, *, frm: datetime, until: datetime, now: datetime
) -> dict[datetime, int]:
    """How many seats the groups have left that somebody is in already, by their start.

    Raises UnknownOffer.
    """
    offer = await offer_of(db, offer_id)
    if offer.seats == 1:
        return {}
    return await open_groups(db, offer, frm=frm, until=until, now=now)


async def next_free(
    db: AsyncSession,
    offer_ids: Collection[OfferId],
    *,
    now: datetime,
    after: datetime | None = None,
    before: datetime | None = None,
) -> dict[OfferId, Slot]:
    """The first free time of each offer that starts from `after` up to `before`.

    Offers without one are absent. Four queries, however many offers.
    """
    frm = max(now, after or now)
    until = min(before or datetime.max.replace(tzinfo=now.tzinfo), frm + _LOOK_AHEAD[-1])
    offers = [each for each in (await offers_by_id(db, offer_ids)).values() if each.active]
    experts = {each.expert_id for each in offers}
    hours = await schedules.of(db, experts)
    found = await taken(db, experts, frm=frm, until=until, now=now)
    first = {
        each.id: _first(each, hours[each.expert_id], found[each.expert_id], frm, until, now)
        for each in offers
        if each.expert_id in hours
    }
    return {offer_id: slot for offer_id, slot in first.items() if slot is not None}


def _first(
    offer: Offer, schedule: Schedule, times: Taken, frm: datetime, until: datetime, now: datetime
) -> Slot | None:
    start = frm
    for ahead in _LOOK_AHEAD:
        end = min(until, frm + ahead)
        query = schedule.query(
            offer, busy=times.busy, starts=times.starts, frm=start, until=end, now=now
        )
        found = slots(query)
        if found:
            return found[0]
        start = end
    return None


async def offered_at(
    db: AsyncSession,
    offer: Offer,
    start: datetime,
    *,
    now: datetime,
    without: SessionId | None = None,
) -> bool:
    """Whether the offer can start then by its expert's hours, limits and other calendars.

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
    before, after = timedelta(minutes=offer.buffer_before), timedelta(minutes=offer.buffer_after)
    other = await calendars.busy(
        db, [offer.expert_id], frm=start - before, until=start + offer.duration + after
    )
    busy = [interval for _, interval in other]
    query = schedule.query(offer, busy=busy, starts=starts, frm=start, until=until, now=now)
    return is_offered(query, start)
