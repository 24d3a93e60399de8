"""What people saw and did: append-only, written in the transaction of its cause."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from kernel.ids import PersonId, new_id
from storage.append_only import append_only
from storage.base import Base
from storage.types import UtcDateTime


class ActivityRow(Base):
    __tablename__ = "activity"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    verb: Mapped[str]
    about: Mapped[str | None] = mapped_column(index=True)
    campaign: Mapped[str | None]
    profiling: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True)
class Activity:
    """One thing that a person did."""

    at: datetime
    verb: str
    about: str | None
    campaign: str | None


append_only(ActivityRow.__tablename__)


async def record(
    db: AsyncSession,
    person: PersonId,
    verb: str,
    *,
    at: datetime,
    about: str | None = None,
    campaign: str | None = None,
    profiling: bool = True,
) -> None:
    """Note that `person` did `verb` (viewed, asked, clicked, booked, paid, …) to `about` (an id).

    `campaign` is the code they came with; `profiling` tells whether they had agreed to be
    profiled by it at that moment.
    """
    await db.execute(
        insert(ActivityRow).values(
            id=new_id(), person_id=person, verb=verb, about=about, campaign=campaign,
            profiling=profiling, at=at,
        )
    )  # fmt: skip


async def came_of(
    db: AsyncSession, campaign: str, *, since: datetime, within: timedelta
) -> tuple[set[PersonId], set[PersonId]]:
    """Who followed a campaign's link, and who of them paid for a session within a time after
    it."""
    followed = (
        select(ActivityRow.person_id, func.min(ActivityRow.at).label("at"))
        .where(ActivityRow.campaign == campaign, ActivityRow.at >= since)
        .group_by(ActivityRow.person_id)
    )
    clicks = {PersonId(person): at for person, at in await db.execute(followed)}
    paid = aliased(ActivityRow)
    payments = await db.execute(
        select(paid.person_id, paid.at).where(
            paid.verb == "paid",
            paid.person_id.in_(followed.with_only_columns(ActivityRow.person_id)),
        )
    )
    paid_at = [(PersonId(person), at) for person, at in payments]
    booked = {person for person, at in paid_at if clicks[person] <= at <= clicks[person] + within}
    return set(clicks), booked


async def who_did(db: AsyncSession, verb: str, *, about: str, since: datetime) -> set[PersonId]:
    """Everybody who did something to a thing since an instant."""
    found = await db.scalars(
        select(ActivityRow.person_id).where(
            ActivityRow.about == about, ActivityRow.verb == verb, ActivityRow.at >= since
        )
    )
    return {PersonId(each) for each in found}


async def of(db: AsyncSession, person: PersonId) -> list[Activity]:
    """What is noted about a person, oldest first."""
    rows = await db.scalars(
        select(ActivityRow)
        .where(ActivityRow.person_id == person)
        .order_by(ActivityRow.at, ActivityRow.id)
    )
    return [Activity(row.at, row.verb, row.about, row.campaign) for row in rows]
