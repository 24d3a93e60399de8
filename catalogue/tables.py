"""Rows of items, of orders, and of who has what."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class ItemRow(Base):
    """`titles` are for everybody; `words` is all of it, encrypted: it is paid for, and a question
    made public is private until who asked it agrees."""

    __tablename__ = "catalogue_items"
    __table_args__ = (Index("ix_catalogue_items_state_topic", "state", "topic"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    topic: Mapped[str]
    author: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str]
    titles: Mapped[Any] = mapped_column(JsonValue)
    words: Mapped[str] = mapped_column(EncryptedText)
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    price_currency: Mapped[str | None]
    rail: Mapped[str]
    rights: Mapped[str | None]
    source: Mapped[str]
    file_kind: Mapped[str | None]
    file_id: Mapped[str | None]
    note: Mapped[str]
    question: Mapped[str | None] = mapped_column(unique=True)
    asked_by: Mapped[str | None] = mapped_column(index=True)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(server_default=text("0"))

    def __str__(self) -> str:
        return next(iter(self.titles.values()), self.id)


class ItemOrderRow(Base):
    __tablename__ = "catalogue_orders"
    __table_args__ = (Index("ix_catalogue_orders_item_id_person_id", "item_id", "person_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("catalogue_items.id"))
    person_id: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnedItemRow(Base):
    """The key keeps anybody from having, and so from buying, a thing twice."""

    __tablename__ = "catalogue_owned"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(
        ForeignKey("catalogue_items.id"), primary_key=True, index=True
    )
    lesson: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
