"""Five-minute cells of experts' and clients' time: the database refuses a second owner of one.

All cells of a session go in with one ordered statement. Unordered ones deadlock on PostgreSQL;
fewer rows back than asked for means that somebody was faster.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, text
from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import ClientBusy, TimeTaken
from booking.model import GRID_MINUTES, Session
from booking.tables import BookedCellRow
from kernel.ids import SessionId

_CELL_SECONDS = GRID_MINUTES * 60

_TAKE = text(
    """
    INSERT INTO booked_cells (owner, cell, session_id)
    WITH RECURSIVE wanted (owner, cell, last) AS (
        SELECT CAST(:expert AS VARCHAR), CAST(:expert_first AS BIGINT),
               CAST(:expert_last AS BIGINT)
        UNION ALL
        SELECT CAST(:client AS VARCHAR), CAST(:client_first AS BIGINT),
               CAST(:client_last AS BIGINT)
        UNION ALL
        SELECT owner, cell + 1, last FROM wanted WHERE cell < last
    )
    SELECT owner, cell, CAST(:session AS VARCHAR) FROM wanted WHERE 1 = 1 ORDER BY owner, cell
    ON CONFLICT DO NOTHING
    RETURNING owner
    """
)


@dataclass(frozen=True)
class _Span:
    """Cells `first` to `last`, both included."""

    owner: str
    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def common(self, other: "_Span") -> int:
        return len(_Span(self.owner, max(self.first, other.first), min(self.last, other.last)))


async def take(db: AsyncSession, session: Session, *, moving_from: Session | None = None) -> None:
    """Take the session's time for its expert (with buffers) and its client (without).

    With `moving_from` the cells that both times share are kept and the rest of the old ones are
    freed. Takes all or nothing; where the client insisted, as much of their time as is free. Raises TimeTaken when the expert's time is not free, ClientBusy
    when only the client's is not.
    """
    expert, client = _spans(session)
    taken = Counter(
        await db.scalars(
            _TAKE,
            {
                "expert": expert.owner,
                "expert_first": expert.first,
                "expert_last": expert.last,
                "client": client.owner,
                "client_first": client.first,
                "client_last": client.last,
                "session": session.id,
            },
        )
    )
    before = _spans(moving_from) if moving_from else (None, None)
    missing = [
        len(span) - (span.common(old) if old else 0) - taken[span.owner]
        for span, old in zip((expert, client), before, strict=True)
    ]
    if session.insisted:
        missing[1] = 0
    kept = _spans(moving_from) if any(missing) and moving_from else ()
    if any(missing):
        await _free_outside(db, session.id, kept)
        raise TimeTaken if missing[0] else ClientBusy
    if moving_from:
        await _free_outside(db, session.id, (expert, client))


async def free(db: AsyncSession, sessions: Iterable[SessionId]) -> None:
    """Give back the time of these sessions."""
    await db.execute(delete(BookedCellRow).where(BookedCellRow.session_id.in_(list(sessions))))


async def _free_outside(db: AsyncSession, session: SessionId, kept: Iterable[_Span]) -> None:
    inside = [
        and_(BookedCellRow.owner == span.owner, BookedCellRow.cell.between(span.first, span.last))
        for span in kept
    ]
    statement = delete(BookedCellRow).where(BookedCellRow.session_id == session)
    if inside:
        statement = statement.where(~or_(*inside))
    await db.execute(statement)


def _spans(session: Session) -> tuple[_Span, _Span]:
    busy = session.busy
    return (
        _span(f"expert:{session.expert_id}", busy.start, busy.end),
        _span(f"client:{session.client_id}", session.starts_at, session.ends_at),
    )


def _span(owner: str, start: datetime, end: datetime) -> _Span:
    last = end - timedelta(seconds=1)
    return _Span(owner, _cell(start), _cell(last))


def _cell(instant: datetime) -> int:
    return int(instant.timestamp()) // _CELL_SECONDS
