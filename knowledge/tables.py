"""The knowledge base's rows."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class FaqEntryRow(Base):
    """One question with its answer; `variants` is a list of other ways to ask it."""

    __tablename__ = "faq_entries"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(64))
    variants: Mapped[list[str]] = mapped_column(JsonValue, default=list)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class FaqVectorRow(Base):
    """The embedding of a phrasing: `vector` holds little-endian float32, of unit length."""

    __tablename__ = "faq_vectors"

    model: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(24), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class RuleRow(Base):
    """An operator's rule; `keywords` is a list of strings, hours are UTC."""

    __tablename__ = "knowledge_rules"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]
    keywords: Mapped[list[str]] = mapped_column(JsonValue, default=list)
    pattern: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    intent: Mapped[str | None] = mapped_column(String(64))
    topic: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(16))
    opens: Mapped[time | None] = mapped_column(Time)
    closes: Mapped[time | None] = mapped_column(Time)
    enabled: Mapped[bool] = mapped_column(default=True)


class TopicRow(Base):
    """A field (without parent) or a topic within one; texts are objects by language."""

    __tablename__ = "topics"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    parent: Mapped[str | None] = mapped_column(ForeignKey("topics.id"))
    position: Mapped[int]
    names: Mapped[dict[str, str]] = mapped_column(JsonValue)
    keywords: Mapped[dict[str, list[str]]] = mapped_column(JsonValue)
    disclaimer: Mapped[dict[str, str]] = mapped_column(JsonValue)


class UnansweredRow(Base):
    """A question that got no answer or a wrong one; `fingerprint` joins equal wordings."""

    __tablename__ = "unanswered"
    __table_args__ = (Index("ix_unanswered_status_count", "status", "count"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(16))
    count: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FaqFeedbackRow(Base):
    """Whether an answer was right, as the person said; one a command."""

    __tablename__ = "faq_feedback"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    article: Mapped[str] = mapped_column(String(100), index=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    right: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PhrasingWeightRow(Base):
    """What feedback adds to the score of a phrasing (its digest) of an entry."""

    __tablename__ = "faq_phrasing_weights"

    article: Mapped[str] = mapped_column(String(100), primary_key=True)
    digest: Mapped[str] = mapped_column(String(24), primary_key=True)
    weight: Mapped[float]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
