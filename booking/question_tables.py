"""Rows of written questions, and of what answers cost."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, UtcDateTime


class WrittenOfferRow(Base):
    __tablename__ = "written_offers"

    expert_id: Mapped[str] = mapped_column(primary_key=True)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    price_currency: Mapped[str]
    rail: Mapped[str]
    hours: Mapped[int]
    active: Mapped[bool]

    def __str__(self) -> str:
        return self.expert_id


class QuestionRow(Base):
    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    client_id: Mapped[str] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    price_currency: Mapped[str]
    rail: Mapped[str]
    hours: Mapped[int]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.id} · {self.state}"
