"""All SQL about when experts are taken."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import LIVE_STATES, Offer
from booking.repository import calendars
from booking.slots import Interval
from booking.tables import SessionRow
from kernel.ids import ExpertId, SessionId

_MARGIN = timedelta(days=8)
"""A session with its buffers lasts three days at most; limits count whole weeks."""


@dataclass(frozen=True)
class Taken:
    """When an expert is busy, by their sessions with buffers and by the calendars that they
    imported, and when their sessions start."""

    busy: list[Interval] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)


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

    A group counts once. Holds that ran out count as free, and so do the session `without` and
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
        )
        .where(
            SessionRow.expert_id.in_(expert_ids),
            SessionRow.starts_at > frm - _MARGIN,
            SessionRow.starts_at < until + _MARGIN,
            SessionRow.state.in_([each.value for each in LIVE_STATES]),
            or_(SessionRow.held_until.is_(None), SessionRow.held_until > now),
            SessionRow.id != (without or ""),
            func.coalesce(SessionRow.group_id, "") != (without_group or "-"),
        )
        .order_by(SessionRow.starts_at)
    )
    found: defaultdict[ExpertId, Taken] = defaultdict(Taken)
    groups: set[str] = set()
    for expert_id, start, end, before, after, group in rows:
        if group in groups:
            continue
        if group is not None:
            groups.add(group)
        times = found[ExpertId(expert_id)]
        times.starts.append(start)
        times.busy.append(
            Interval(start - timedelta(minutes=before), end + timedelta(minutes=after))
        )
    for expert, interval in await calendars.busy(
        db, expert_ids, frm=frm - _MARGIN, until=until + _MARGIN
    ):
        found[expert].busy.append(interval)
    return found


async def open_groups(
    db: AsyncSession, offer: Offer, *, frm: datetime, until: datetime, now: datetime
) -> dict[datetime, int]:
    """Starts of an offer's groups that have begun to fill, with how many seats are left, at
    least one."""
    rows = await db.execute(
        select(SessionRow.starts_at, func.count())
        .where(
            SessionRow.offer_id == offer.id,
            SessionRow.group_id.is_not(None),
            SessionRow.starts_at >= frm,
            SessionRow.starts_at < until,
            SessionRow.state.in_([each.value for each in LIVE_STATES]),
            or_(SessionRow.held_until.is_(None), SessionRow.held_until > now),
        )
        .group_by(SessionRow.starts_at)
        .having(func.count() < offer.seats)
    )
    return {start: offer.seats - taken for start, taken in rows}
