"""How admins enter the browser, and what they changed there."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, insert, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import new_id
from storage.base import Base
from storage.types import JsonValue, UtcDateTime


class AdminTokenRow(Base):
    __tablename__ = "admin_tokens"

    digest: Mapped[str] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditRow(Base):
    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, index=True)
    action: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    changes: Mapped[Any] = mapped_column(JsonValue)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} · {self.action} · {self.about}"


async def new_token(db: AsyncSession, telegram_id: int, *, expires_at: datetime) -> str:
    """A secret that signs this admin in once, until `expires_at`; only its digest is stored."""
    token = secrets.token_urlsafe(32)
    await db.execute(
        insert(AdminTokenRow).values(
            digest=_digest(token), telegram_id=telegram_id, expires_at=expires_at
        )
    )
    return token


async def use_token(db: AsyncSession, token: str, *, now: datetime) -> int | None:
    """The Telegram id of the admin whose token it is; None when it is unknown, old or used."""
    return await db.scalar(
        update(AdminTokenRow)
        .where(
            AdminTokenRow.digest == _digest(token),
            AdminTokenRow.used_at.is_(None),
            AdminTokenRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(AdminTokenRow.telegram_id)
    )


async def audit(
    db: AsyncSession, telegram_id: int, action: str, *, about: str, changes: Any, at: datetime
) -> None:
    """Note what an admin did, in the transaction of it; `changes` is JSON without secrets."""
    await db.execute(
        insert(AuditRow).values(
            id=new_id(), telegram_id=telegram_id, action=action, about=about, changes=changes,
            at=at,
        )
    )  # fmt: skip


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
