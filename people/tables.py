"""Rows of persons, intakes, experts, reviews and notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class PersonRow(Base):
    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    first_name: Mapped[str] = mapped_column(EncryptedText)
    username: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(index=True)
    time_zone: Mapped[str | None]
    country: Mapped[str | None]
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    profiling: Mapped[bool] = mapped_column(server_default=true())
    segment: Mapped[str | None] = mapped_column(index=True)
    marketing: Mapped[bool] = mapped_column(server_default=true())
    roles: Mapped[Any] = mapped_column(JsonValue)
    tags: Mapped[Any] = mapped_column(JsonValue, server_default=text("'[]'"))
    quiet: Mapped[str | None]
    reminders: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    def __str__(self) -> str:
        return self.first_name or self.id


class IntakeRow(Base):
    __tablename__ = "intakes"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    topic: Mapped[str | None] = mapped_column(index=True)
    about: Mapped[str | None] = mapped_column(EncryptedText)
    urgency: Mapped[str | None]
    tried: Mapped[str | None] = mapped_column(EncryptedText)
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    budget_currency: Mapped[str | None]
    kind: Mapped[str]
    priority: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpertRow(Base):
    __tablename__ = "experts"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), unique=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str]
    bio: Mapped[Any] = mapped_column(JsonValue)
    languages: Mapped[Any] = mapped_column(JsonValue)
    topics: Mapped[Any] = mapped_column(JsonValue)
    time_zone: Mapped[str]
    verified: Mapped[bool]
    taking_clients: Mapped[bool]
    delivery: Mapped[str]
    credentials: Mapped[Any] = mapped_column(JsonValue)
    response_minutes: Mapped[int | None]
    answers: Mapped[Any] = mapped_column(JsonValue, server_default="[]")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return self.name


class ReviewRow(Base):
    __tablename__ = "reviews"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(unique=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("experts.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    expected: Mapped[int]
    received: Mapped[int]
    would_return: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    published: Mapped[bool] = mapped_column(server_default=false())
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpertNoteRow(Base):
    __tablename__ = "expert_notes"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("experts.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    client_rating: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BlockRow(Base):
    """A client and an expert who are not to meet; `by` says which of them does not want it."""

    __tablename__ = "blocks"

    client_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("experts.id"), primary_key=True, index=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PollRow(Base):
    __tablename__ = "polls"

    id: Mapped[str] = mapped_column(primary_key=True)
    questions: Mapped[Any] = mapped_column(JsonValue)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PollAnswerRow(Base):
    __tablename__ = "poll_answers"

    poll_id: Mapped[str] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
