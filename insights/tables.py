"""Rows of what was learnt about people."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import JsonValue, UtcDateTime


class ProfileRow(Base):
    """A person's profile as of the last night; gone once they turn profiling off."""

    __tablename__ = "profiles"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    segment: Mapped[str | None] = mapped_column(index=True)
    will_book: Mapped[float | None]
    reasons: Mapped[Any] = mapped_column(JsonValue)
    at_risk: Mapped[float | None]
    at_risk_reasons: Mapped[Any] = mapped_column(JsonValue, server_default="[]")
    features: Mapped[Any] = mapped_column(JsonValue)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileNightRow(Base):
    """How a night's profiles came out."""

    __tablename__ = "profile_nights"

    number: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    card: Mapped[Any] = mapped_column(JsonValue)
    groups: Mapped[Any] = mapped_column(JsonValue, nullable=True)
