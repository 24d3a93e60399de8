"""All SQL about when experts are taken."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import LIVE_STATES, TAKEN_PLACE, Offer
from booking.repository import calendars
from booking.slots import Interval
from booking.tables import SessionRow
from kernel.ids import ExpertId, OfferId, SessionId

_MARGIN = timedelta(days=8)
"""A session with its buffers lasts three days at most; limits count whole weeks."""


@dataclass(frozen=True)
class Taken:
    """When an expert is busy, by their sessions with buffers, and by the calendars that they
    imported as `SlotQuery.calendars` has them; when their sessions start, and when the holds
    among them run out."""

    busy: list[Interval] = field(default_factory=list)
    calendars: list[Sequence[int]] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    held_until: list[datetime] = field(default_factory=list)


async def taken(
    db: AsyncSession,
    expert_ids: Collection[ExpertId],
    *,
    frm: datetime,
    until: datetime,
    now: datetime,
    without: SessionId | None = None,
    without_group: str | None = None,
) -> defaultdict[ExpertId, Taken]:
    """When these experts are taken between two instants, or within days before or after.

    What is over already takes no time, but it is one of the starts that limits count. A group
    counts once. Holds that ran out count as free, and so do the session `without` and
    the group `without_group`.
    """
    rows = await db.execute(
        select(
            SessionRow.expert_id,
            SessionRow.starts_at,
            SessionRow.ends_at,
            SessionRow.buffer_before,
            SessionRow.buffer_after,
            SessionRow.group_id,
            SessionRow.held_until,
            SessionRow.state,
        )
        .where(
            SessionRow.expert_id.in_(expert_ids),
            SessionRow.starts_at > frm - _MARGIN,
            SessionRow.starts_at < until + _MARGIN,
            SessionRow.state.in_([each.value for each in (*LIVE_STATES, *TAKEN_PLACE)]),
            or_(SessionRow.held_until.is_(None), SessionRow.held_until > now),
            SessionRow.id != (without or ""),
            func.coalesce(SessionRow.group_id, "") != (without_group or "-"),
        )
        .order_by(SessionRow.starts_at)
    )
    found: defaultdict[ExpertId, Taken] = defaultdict(Taken)
    groups: set[str | None] = set()
    for expert_id, start, end, before, after, group, held_until, state in rows:
        times = found[ExpertId(expert_id)]
        if held_until is not None:
            times.held_until.append(held_until)
        if state in LIVE_STATES:
            times.busy.append(
                Interval(start - timedelta(minutes=before), end + timedelta(minutes=after))
            )
        if group is None or group not in groups:
            times.starts.append(start)
            groups.add(group)
    for expert, imported in (await calendars.busy(db, expert_ids)).items():
        found[expert].calendars.extend(imported)
    return found


async def open_groups(
    db: AsyncSession, offers: Collection[Offer], *, frm: datetime, until: datetime, now: datetime
) -> dict[OfferId, dict[datetime, int]]:
    """Starts of groups that have begun to fill, by offer, with how many seats are left, at
    least one. Offers without seats cost no query."""
    seats = {each.id: each.seats for each in offers if each.seats > 1}
    found: dict[OfferId, dict[datetime, int]] = {each.id: {} for each in offers}
    if not seats:
        return found
    rows = await db.execute(
        select(SessionRow.offer_id, SessionRow.starts_at, func.count())
        .where(
            SessionRow.offer_id.in_(seats),
            SessionRow.group_id.is_not(None),
            SessionRow.starts_at >= frm,
            SessionRow.starts_at < until,
            SessionRow.state.in_([each.value for each in LIVE_STATES]),
            or_(SessionRow.held_until.is_(None), SessionRow.held_until > now),
        )
        .group_by(SessionRow.offer_id, SessionRow.starts_at)
    )
    for offer_id, start, count in rows:
        if count < seats[OfferId(offer_id)]:
            found[OfferId(offer_id)][start] = seats[OfferId(offer_id)] - count
    return found
