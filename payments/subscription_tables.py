"""Rows of subscriptions: what is sold, who has one, and what Telegram is to stop."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import UtcDateTime


class PlanRow(Base):
    __tablename__ = "subscription_plans"

    expert_id: Mapped[str] = mapped_column(primary_key=True)
    questions: Mapped[int]
    each_minor: Mapped[int] = mapped_column(BigInteger)
    active: Mapped[bool]

    def __str__(self) -> str:
        return self.expert_id


class SubscriptionRow(Base):
    """One person's subscription. What is left of its period is what that payment still holds."""

    __tablename__ = "subscriptions"

    id: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(index=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    questions: Mapped[int]
    each_minor: Mapped[int] = mapped_column(BigInteger)
    period: Mapped[int]
    charge: Mapped[str | None]
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.client} · {self.expert_id}"


class StarStopRow(Base):
    """A subscription, by the charge that began it, that Telegram is not to renew."""

    __tablename__ = "star_stops"

    charge: Mapped[str] = mapped_column(primary_key=True)
    payer: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
