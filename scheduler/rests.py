"""How long Telegram told us to rest, kept over restarts and told to other processes."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import UtcDateTime
from storage.upsert import insert_into


class RestRow(Base):
    """`scope` is a chat, or `*` for the whole bot; `until` is real time."""

    __tablename__ = "rests"

    scope: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


async def remember(db: AsyncSession, scope: str, until: datetime) -> None:
    """Nothing goes to `scope` before `until`; rests that are over are forgotten."""
    await db.execute(delete(RestRow).where(RestRow.scope == scope, RestRow.until < until))
    statement = insert_into(db, RestRow).values(scope=scope, until=until)
    await db.execute(statement.on_conflict_do_nothing())


async def under_way(db: AsyncSession, *, real_now: datetime) -> dict[str, datetime]:
    """The scopes that rest now, and until when."""
    rows = await db.execute(select(RestRow.scope, RestRow.until).where(RestRow.until > real_now))
    return {scope: until for scope, until in rows}
