"""Rows of packages: what is sold, and what was bought."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import UtcDateTime


class PackageRow(Base):
    __tablename__ = "packages"

    id: Mapped[str] = mapped_column(primary_key=True)
    offer_id: Mapped[str] = mapped_column(index=True)
    sessions: Mapped[int]
    each_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    valid_days: Mapped[int]
    active: Mapped[bool]

    def __str__(self) -> str:
        return f"{self.sessions} × {self.offer_id}"


class BoughtPackageRow(Base):
    """A package of one person. What is left in it is what its payment still holds."""

    __tablename__ = "bought_packages"

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(index=True)
    offer_id: Mapped[str]
    sessions: Mapped[int]
    each_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    valid_days: Mapped[int]
    bought_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    series_of: Mapped[str | None] = mapped_column(index=True)
    """The session whose time each week it is for, until those weeks are booked."""

    def __str__(self) -> str:
        return f"{self.client} · {self.sessions} × {self.offer_id}"
