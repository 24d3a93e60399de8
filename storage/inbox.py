"""Updates from chat platforms: stored before they are acknowledged, handled once."""

import json
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    CursorResult,
    Index,
    Table,
    bindparam,
    delete,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage import lanes
from storage.base import Base
from storage.types import EncryptedText, UtcDateTime

ATTEMPTS = 3

WAITING = "waiting"
DONE = "done"
PARKED = "parked"


class InboxRow(Base):
    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lane: Mapped[str]
    body: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(default=WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


# on the hot path of every update: built once, and on the table, where the ORM adds nothing
_table = cast(Table, InboxRow.__table__)
# a database uses an index of a part only where the query itself says the word
_IS_WAITING = _table.c.state == literal_column(f"'{WAITING}'")
Index(
    "ix_inbox_lane_waiting", _table.c.lane, sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING
)
_WAITING_IN = select(_table.c.update_id).where(
    _table.c.lane.in_(bindparam("lanes", expanding=True)), _IS_WAITING
)
_INSERTS = {
    name: dialect.insert(_table).on_conflict_do_nothing().returning(_table.c.update_id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_DONE = (
    update(_table)
    .where(_table.c.update_id == bindparam("handled"), _table.c.state == WAITING)
    .values(state=DONE, body=null())
)


@dataclass(frozen=True)
class Received:
    """One update as it came: `lane` is whose it is, `body` its JSON."""

    update_id: int
    lane: str
    body: str


def own_update(lane: str, about: str) -> Received:
    """An update of our own in a person's lane: what it is `about` becomes a tap's data. About the
    same there is one, and no platform has its number."""
    return Received(_own_id(about), lane, json.dumps({"own": about}))


async def not_stored(db: AsyncSession, about: Collection[str]) -> set[str]:
    """What no update of our own is about yet."""
    ids = [_own_id(one) for one in about]
    stored = set(await db.scalars(select(_table.c.update_id).where(_table.c.update_id.in_(ids))))
    return {one for one in about if _own_id(one) not in stored}


def _own_id(about: str) -> int:
    return -1 - int.from_bytes(sha256(about.encode()).digest()[:7], "big")


async def store(db: AsyncSession, updates: Sequence[Received], *, now: datetime) -> list[int]:
    """Keep `updates`; returns the ids that are new, those known already are left alone.

    `now` is real time.
    """
    if not updates:
        return []
    rows = [
        {"update_id": one.update_id, "lane": one.lane, "body": one.body, "state": WAITING,
         "attempts": 0, "received_at": now}
        for one in updates
    ]  # fmt: skip
    insert = _INSERTS[db.get_bind().dialect.name]
    return sorted((await db.scalars(insert, rows)).all())


async def waiting(db: AsyncSession, *, limit: int, now: datetime) -> list[Received]:
    """Updates not yet handled in lanes that no other process has at an instant of real time,
    oldest first."""
    others = lanes.held_by_others(_table.c.lane, now=now)
    query = select(InboxRow).where(InboxRow.state == WAITING, ~others)
    rows = await db.scalars(query.order_by(InboxRow.update_id).limit(limit))
    return [_received(row) for row in rows]


async def waiting_in(
    db: AsyncSession, those: Collection[str], *, besides: Set[int]
) -> list[Received]:
    """Updates not yet handled in those lanes, besides the ones with these ids, oldest first."""
    ids = set(await db.scalars(_WAITING_IN, {"lanes": sorted(those)})) - besides
    if not ids:
        return []
    query = select(InboxRow).where(InboxRow.update_id.in_(ids)).order_by(InboxRow.update_id)
    return [_received(row) for row in await db.scalars(query)]


async def done(db: AsyncSession, update_id: int) -> bool:
    """The update has had its effect; what the person wrote is not kept here. False where another
    process was faster."""
    changed = await db.execute(_DONE, {"handled": update_id})
    return cast("CursorResult[Any]", changed).rowcount == 1


async def failed(db: AsyncSession, update_id: int, *, error: str) -> bool:
    """Count a failed attempt; returns True when the update was given up and parked."""
    attempts = await db.scalar(
        update(InboxRow)
        .where(InboxRow.update_id == update_id)
        .values(attempts=InboxRow.attempts + 1, error=error)
        .returning(InboxRow.attempts)
    )
    if (attempts or 0) < ATTEMPTS:
        return False
    await _set(db, update_id, state=PARKED)
    return True


async def purge(db: AsyncSession, *, before: datetime) -> None:
    """Drop handled updates received before an instant of real time."""
    await db.execute(
        delete(InboxRow).where(InboxRow.state != WAITING, InboxRow.received_at < before)
    )


def _received(row: InboxRow) -> Received:
    return Received(row.update_id, row.lane, row.body or "")


async def _set(db: AsyncSession, update_id: int, **values: object) -> None:
    await db.execute(update(InboxRow).where(InboxRow.update_id == update_id).values(**values))
