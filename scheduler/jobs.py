"""Jobs: what the ticker runs, and how each run went."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import UtcDateTime
from storage.upsert import insert_into


@dataclass(frozen=True)
class Job:
    """A use case that looks for due rows; `every` is real time between two looks.

    `anything` tells, without a transaction that writes, whether there is anything to do; a job
    without it looks for itself. `stop` asks a run under way to come to its end.
    """

    name: str
    every: timedelta
    use_case: Callable[[], Awaitable[object]]
    anything: Callable[[], Awaitable[bool]] | None = None
    stop: Callable[[], None] | None = None


@dataclass(frozen=True)
class LastRun:
    """How a job ran last. `seconds` is its duration; `error` is None when it went well."""

    name: str
    at: datetime
    seconds: float
    error: str | None
    next_run: datetime | None = None


class JobRow(Base):
    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_run: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[float]
    error: Mapped[str | None]
    next_run: Mapped[datetime | None] = mapped_column(UtcDateTime)


async def record(db: AsyncSession, run: LastRun) -> None:
    """Keep how a job ran."""
    statement = insert_into(db, JobRow).values(
        name=run.name, last_run=run.at, seconds=run.seconds, error=run.error, next_run=run.next_run
    )
    changed = {
        name: statement.excluded[name] for name in ("last_run", "seconds", "error", "next_run")
    }
    await db.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))


async def last_runs(db: AsyncSession) -> list[LastRun]:
    """Each job's last run, by name."""
    rows = await db.scalars(select(JobRow).order_by(JobRow.name))
    return [LastRun(row.name, row.last_run, row.seconds, row.error, row.next_run) for row in rows]
