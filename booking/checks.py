"""Whether the stored sessions are sound."""

from itertools import groupby, pairwise

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import LIVE_STATES
from booking.repository.sessions import session_of
from booking.tables import SessionRow


async def problems(db: AsyncSession) -> list[str]:
    """Live sessions of one expert that overlap, buffers included, in plain words."""
    rows = await db.scalars(
        select(SessionRow)
        .where(SessionRow.state.in_(LIVE_STATES))
        .order_by(SessionRow.expert_id, SessionRow.starts_at)
    )
    found = []
    for expert, sessions in groupby(map(session_of, rows), key=lambda one: one.expert_id):
        ordered = sorted(sessions, key=lambda one: one.busy.start)
        found += [
            f"sessions {one.id} and {next_one.id} of expert {expert} overlap"
            for one, next_one in pairwise(ordered)
            if next_one.busy.start < one.busy.end and (one.group or one.id) != next_one.group
        ]
    return found
