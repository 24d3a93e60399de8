"""Five-minute cells of experts' and clients' time: the database refuses a second owner of one.

All cells of a session go in with one ordered statement. Unordered ones deadlock on PostgreSQL;
fewer rows back than asked for means that somebody was faster. A group takes its expert's cells in
the group's name, and each client a seat, which is a cell as well.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import ClientBusy, OnlyOnce, TimeTaken
from booking.model import GRID_MINUTES, LIVE_STATES, Session, SessionState
from booking.tables import BookedCellRow, OfferRow, SessionRow
from kernel.ids import SessionId
from storage.upsert import insert_into

_CELL_SECONDS = GRID_MINUTES * 60
_ONCE = "once:"
_SEAT = "seat:"
_IS_TIME = BookedCellRow.owner.not_like(f"{_ONCE}%")

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


_TAKE_SPAN = text(
    """
    INSERT INTO booked_cells (owner, cell, session_id)
    WITH RECURSIVE wanted (cell, last) AS (
        SELECT CAST(:first AS BIGINT), CAST(:last AS BIGINT)
        UNION ALL
        SELECT cell + 1, last FROM wanted WHERE cell < last
    )
    SELECT CAST(:owner AS VARCHAR), cell, CAST(:session AS VARCHAR)
    FROM wanted WHERE 1 = 1 ORDER BY cell
    ON CONFLICT DO NOTHING
    RETURNING cell
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
    freed. Takes all or nothing; where the client insisted, as much of their time as is free.
    Raises TimeTaken when the expert's time is not free, ClientBusy when only the client's is not.
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


async def is_taken(db: AsyncSession, session: Session, *, now: datetime) -> bool:
    """Whether the expert's time is somebody else's already, holds that ran out left aside.

    Not what keeps two bookers apart: on PostgreSQL it spares most of those who come too late all
    the rest. SQLite is not asked, since its bookers queue before they can ask anything.
    """
    if db.get_bind().dialect.name != "postgresql":
        return False
    span = _spans(session)[0]
    gives_way = and_(
        SessionRow.state == SessionState.HELD.value,
        or_(SessionRow.held_until <= now, SessionRow.client_id == session.client_id),
    )
    owner = select(SessionRow.id).where(
        or_(
            SessionRow.id == BookedCellRow.session_id,
            SessionRow.group_id == BookedCellRow.session_id,
        ),
        SessionRow.state.in_([each.value for each in LIVE_STATES]),
        ~gives_way,
    )
    found = await db.scalar(
        select(BookedCellRow.cell)
        .where(
            BookedCellRow.owner == span.owner,
            BookedCellRow.cell.between(span.first, span.last),
            owner.exists(),
        )
        .limit(1)
    )
    return found is not None


async def take_once(db: AsyncSession, session: Session) -> None:
    """Use up what a client can have once with an expert; for the same session again is fine.

    Raises OnlyOnce.
    """
    owner = f"{_ONCE}{session.expert_id}:{session.client_id}"
    await db.execute(
        insert_into(db, BookedCellRow)
        .values(owner=owner, cell=0, session_id=session.id)
        .on_conflict_do_nothing()
    )
    using = await db.scalar(
        select(BookedCellRow.session_id).where(
            BookedCellRow.owner == owner, BookedCellRow.cell == 0
        )
    )
    if using != session.id:
        raise OnlyOnce


async def take_seat(
    db: AsyncSession, session: Session, *, seats: int, moving_from: Session | None = None
) -> None:
    """Take a seat of the session's group, and the client's time; the first seat takes the expert's.

    The offer is locked, so that nobody takes a seat while the last one of a group leaves. Raises
    TimeTaken when the expert's time or the last seat is taken, ClientBusy.
    """
    expert, client = _spans(session)
    group = str(session.group)
    client_before = _spans(moving_from)[1] if moving_from else None
    mine = await _insert(db, client, session.id)
    await _insert(db, expert, group)
    theirs = await db.scalar(
        select(func.count()).where(
            BookedCellRow.owner == expert.owner,
            BookedCellRow.cell.between(expert.first, expert.last),
            BookedCellRow.session_id == group,
        )
    )
    seat = await _seat(db, group, session.id, seats)
    common = client.common(client_before) if client_before else 0
    busy = not session.insisted and mine + common < len(client)
    old = await _seats_of(db, session.id)
    if theirs != len(expert) or seat is None or busy:
        kept = [client_before, *(one for one in old if one != seat)] if client_before else []
        await _free_outside(db, session.id, [one for one in kept if one is not None])
        await _drop_empty(db, [group])
        raise TimeTaken if theirs != len(expert) or seat is None else ClientBusy
    await _free_outside(db, session.id, (client, seat))
    if moving_from and moving_from.group:
        await _drop_empty(db, [moving_from.group])


async def free(db: AsyncSession, sessions: Iterable[SessionId], *, called_off: bool) -> None:
    """Give back the time of these sessions; what can be had once only when they were called off.

    A group's time is free when its last seat is.
    """
    ids = list(sessions)
    in_groups = await db.execute(
        select(SessionRow.group_id, SessionRow.offer_id).where(
            SessionRow.id.in_(ids), SessionRow.group_id.is_not(None)
        )
    )
    groups = {str(group): offer for group, offer in in_groups}
    for offer in sorted(set(groups.values())):
        await db.execute(select(OfferRow.id).where(OfferRow.id == offer).with_for_update())
    statement = delete(BookedCellRow).where(BookedCellRow.session_id.in_(ids))
    if not called_off:
        statement = statement.where(_IS_TIME)
    await db.execute(statement)
    await _drop_empty(db, groups)


async def _insert(db: AsyncSession, span: "_Span", session: str) -> int:
    """How many cells of a span were free and are now the session's."""
    values = {"owner": span.owner, "first": span.first, "last": span.last, "session": session}
    return len((await db.scalars(_TAKE_SPAN, values)).all())


async def _seat(db: AsyncSession, group: str, session: SessionId, seats: int) -> "_Span | None":
    """The lowest free seat, now the session's; None when all are taken."""
    owner = f"{_SEAT}{group}"
    rows = await db.scalars(select(BookedCellRow.cell).where(BookedCellRow.owner == owner))
    taken = set(rows)
    seat = next((number for number in range(seats) if number not in taken), None)
    if seat is None:
        return None
    await db.execute(insert(BookedCellRow).values(owner=owner, cell=seat, session_id=session))
    return _Span(owner, seat, seat)


async def _seats_of(db: AsyncSession, session: SessionId) -> list["_Span"]:
    rows = await db.execute(
        select(BookedCellRow.owner, BookedCellRow.cell).where(
            BookedCellRow.session_id == session, BookedCellRow.owner.like(f"{_SEAT}%")
        )
    )
    return [_Span(owner, cell, cell) for owner, cell in rows]


async def _drop_empty(db: AsyncSession, groups: Iterable[str]) -> None:
    """Free the expert's time of groups in which nobody has a seat."""
    for group in groups:
        seated = select(BookedCellRow.cell).where(BookedCellRow.owner == f"{_SEAT}{group}")
        if (await db.scalar(seated.limit(1))) is None:
            await db.execute(delete(BookedCellRow).where(BookedCellRow.session_id == group))


async def _free_outside(db: AsyncSession, session: SessionId, kept: Iterable[_Span]) -> None:
    inside = [
        and_(BookedCellRow.owner == span.owner, BookedCellRow.cell.between(span.first, span.last))
        for span in kept
    ]
    statement = delete(BookedCellRow).where(BookedCellRow.session_id == session, _IS_TIME)
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
