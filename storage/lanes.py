"""Leases on lanes: one process at a time handles a person's updates.

A lease is real time. Who holds one renews it while there is something to do, and gives it back
when the lane has been still for a while; who dies loses it when it ends.
"""

import os
import socket
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import new_id
from storage.base import Base
from storage.types import UtcDateTime

LEASE = timedelta(seconds=30)
STILL = timedelta(seconds=2)

_HOST = socket.gethostname()
HOLDER = f"{_HOST} {os.getpid()} {new_id()}"
"""This process: its host, its process id there, and a name of its own."""


class LaneRow(Base):
    """Who handles a lane's updates, until when."""

    __tablename__ = "lanes"

    lane: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


# on the hot path of every update: built once, and on the table, where the ORM adds nothing
_table = cast(Table, LaneRow.__table__)


def _take(dialect: Any) -> Any:
    statement = dialect.insert(_table)
    return statement.on_conflict_do_update(
        index_elements=["lane"],
        set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
        where=or_(_table.c.holder == HOLDER, _table.c.until <= bindparam("now")),
    ).returning(_table.c.lane)


_TAKES = {"sqlite": _take(sqlite), "postgresql": _take(postgresql)}


async def take(db: AsyncSession, lanes: Collection[str], *, now: datetime) -> set[str]:
    """Take or renew the leases of these lanes; returns those that this process has now."""
    if not lanes:
        return set()
    until = now + LEASE
    rows = [{"lane": one, "holder": HOLDER, "until": until, "now": now} for one in sorted(lanes)]
    return set(await db.scalars(_TAKES[db.get_bind().dialect.name], rows))


async def give_back(
    db: AsyncSession, lanes: Iterable[str], *, now: datetime, still: timedelta = timedelta()
) -> None:
    """Give up those of the leases that were not renewed for so long."""
    statement = delete(LaneRow).where(
        LaneRow.lane.in_(sorted(lanes)), LaneRow.holder == HOLDER,
        LaneRow.until <= now + LEASE - still,
    )  # fmt: skip
    await db.execute(statement)


def held_by_others(lane: ColumnElement[str], *, now: datetime) -> ColumnElement[bool]:
    """Whether another process has the lease of a lane."""
    return exists(
        select(LaneRow.lane).where(
            LaneRow.lane == lane, LaneRow.holder != HOLDER, LaneRow.until > now
        )
    )


async def forget_the_dead(db: AsyncSession) -> None:
    """Leases of processes of this host that are no more, so that a restart need not wait."""
    holders = set(await db.scalars(select(LaneRow.holder).distinct()))
    dead = [one for one in holders if one != HOLDER and not _may_live(one)]
    await db.execute(delete(LaneRow).where(LaneRow.holder.in_(dead)))


def _may_live(holder: str) -> bool:
    host, process, _ = holder.split(" ")
    if host != _HOST:
        return True
    if int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
