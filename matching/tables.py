"""Rows of what matching knows of experts."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class ShownRow(Base):
    """A list of experts from which somebody who agrees to be profiled opened one: whom it had, best
    first, each with the features of their score."""

    __tablename__ = "shown_experts"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    experts: Mapped[Any] = mapped_column(JsonValue)


class TextVectorRow(Base):
    """The embedding of a text that needs are compared with: `vector` holds little-endian float16."""

    __tablename__ = "expert_text_vectors"

    model: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True, index=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class ExpertFactsRow(Base):
    __tablename__ = "expert_facts"

    expert_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    bio: Mapped[Any] = mapped_column(JsonValue)
    topics: Mapped[Any] = mapped_column(JsonValue)
    languages: Mapped[Any] = mapped_column(JsonValue)
    offers: Mapped[Any] = mapped_column(JsonValue)
    verified: Mapped[bool]
    taking_clients: Mapped[bool]
    rating_mean: Mapped[float | None]
    rating_count: Mapped[int]
    asked_count: Mapped[int]
    replied_count: Mapped[int]
    agreed_count: Mapped[int]
    kept_count: Mapped[int]
    answered: Mapped[Any] = mapped_column(JsonValue)
    reviews: Mapped[str | None] = mapped_column(EncryptedText)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """In real time, when the row was last written."""
