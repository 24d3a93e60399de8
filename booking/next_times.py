"""Next free times: kept ready by a job, and computed afresh where something has changed since.

What is kept of an offer is right as long as nothing of its expert changes, until its start comes
too near, a hold of the expert runs out, or the booking window reaches a time that lay beyond it.
Every change of hours, offers, sessions and imported calendars marks its expert in its own
transaction; what is kept of a marked expert counts no more.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import Offer
from booking.repository import next_times as rows
from booking.repository import offers as offer_rows
from booking.repository import schedules
from booking.repository.next_times import NextTime
from booking.repository.taken import Taken, open_groups, taken
from booking.schedule import Schedule
from booking.slots import Slot
from booking.times import with_seats
from kernel.ids import OfferId

_LOOK_AHEAD = (timedelta(days=2), timedelta(days=8))
"""Most experts have a free time soon: a short look first is much cheaper than a whole one."""
_BEYOND = 1
"""Days beyond the window that are looked at, so that what comes into it is known before."""
_JUST_AFTER = timedelta(microseconds=1)


async def next_free(
    db: AsyncSession,
    offer_ids: Collection[OfferId],
    *,
    now: datetime,
    after: datetime | None = None,
    before: datetime | None = None,
) -> dict[OfferId, Slot]:
    """The first free time of each offer that starts from `after` up to `before`.

    Offers without one are absent. One query where all is kept ready, six at most.
    """
    found = {}
    unknown = []
    kept = await rows.kept(db, offer_ids, now=now)
    for offer_id in offer_ids:
        slot = kept.get(offer_id)
        if offer_id not in kept or (slot and after and slot.start < after):
            unknown.append(offer_id)
        elif slot and (before is None or slot.start < before):
            found[offer_id] = slot
    if unknown:
        offers = [one for one in await offer_rows.by_id(db, unknown) if one.active]
        frm = max(now, after or now)
        firsts = await _firsts(db, offers, frm=frm, until=before, now=now)
        found |= {offer_id: slot for offer_id, (slot, _) in firsts.items() if slot is not None}
    return found


async def refresh_next_times(db: AsyncSession, now: datetime, *, experts: int) -> bool:
    """Compute the next times of as many experts as this, those who changed first.

    False when nothing is left to do, or somebody else is doing it.
    """
    if not await rows.alone(db):
        return False
    expert_ids, marks = await rows.outdated(db, now=now, limit=experts)
    offers = await offer_rows.active_of(db, expert_ids)
    wider = [replace(one, window_days=one.window_days + _BEYOND) for one in offers]
    firsts = await _firsts(db, wider, frm=now, until=None, now=now)
    times = [_kept(one, *firsts.get(one.id, (None, Taken())), now=now) for one in offers]
    await rows.keep(db, expert_ids, times, marks=marks)
    return bool(expert_ids)


def _kept(offer: Offer, first: Slot | None, times: Taken, *, now: datetime) -> NextTime:
    window = timedelta(days=offer.window_days)
    if first is None:
        good_until = now + timedelta(days=_BEYOND)
    elif first.start < now + window:
        good_until = first.start - timedelta(minutes=offer.notice_minutes) + _JUST_AFTER
    else:
        good_until = first.start - window + _JUST_AFTER
        first = None
    return NextTime(offer.id, offer.expert_id, first, min([good_until, *times.held_until]))


async def _firsts(
    db: AsyncSession,
    offers: Collection[Offer],
    *,
    frm: datetime,
    until: datetime | None,
    now: datetime,
) -> dict[OfferId, tuple[Slot | None, Taken]]:
    """The first free times of offers whose experts have hours, and what takes their time."""
    experts = {each.expert_id for each in offers}
    longest = max((each.window_days for each in offers), default=0)
    end = now + timedelta(days=longest)
    until = end if until is None else min(until, end)
    hours = await schedules.of(db, experts)
    found = await taken(db, experts, frm=frm, until=until, now=now)
    groups = await open_groups(db, offers, frm=frm, until=until, now=now)
    firsts = {}
    for each in offers:
        if each.expert_id in hours:
            times = found[each.expert_id]
            first = _first(
                each, hours[each.expert_id], times, groups[each.id], frm=frm, until=until, now=now
            )
            firsts[each.id] = (first, times)
    return firsts


def _first(
    offer: Offer,
    schedule: Schedule,
    times: Taken,
    groups: Collection[datetime],
    *,
    frm: datetime,
    until: datetime,
    now: datetime,
) -> Slot | None:
    for start, end in _looks(frm, until):
        query = schedule.query(
            offer, busy=times.busy, starts=times.starts, calendars=times.calendars, frm=start,
            until=end, now=now,
        )  # fmt: skip
        found = with_seats(query, groups)
        if found:
            return found[0]
    return None


def _looks(frm: datetime, until: datetime) -> Iterable[tuple[datetime, datetime]]:
    ends = [frm + ahead for ahead in _LOOK_AHEAD if frm + ahead < until]
    return zip([frm, *ends], [*ends, until], strict=True)
