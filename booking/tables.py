"""Rows of offers, opening hours, sessions, their moves, and the cells that keep them apart."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, ForeignKey, Index, event, insert, inspect
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import new_id
from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class OfferRow(Base):
    __tablename__ = "offers"

    id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[Any] = mapped_column(JsonValue)
    minutes: Mapped[int]
    price_minor: Mapped[int] = mapped_column(BigInteger)
    price_currency: Mapped[str]
    rail: Mapped[str]
    needs_confirmation: Mapped[bool]
    buffer_before: Mapped[int]
    buffer_after: Mapped[int]
    notice_minutes: Mapped[int]
    step_minutes: Mapped[int]
    window_days: Mapped[int]
    reminders: Mapped[Any] = mapped_column(JsonValue)
    active: Mapped[bool]
    delivery: Mapped[str]
    policy: Mapped[Any] = mapped_column(JsonValue)
    once: Mapped[bool]
    seats: Mapped[int]
    by_minute: Mapped[bool]

    def __str__(self) -> str:
        title = self.title.get("en") or next(iter(self.title.values()), self.id)
        return f"{title} ({self.minutes} min)"


class ScheduleRow(Base):
    __tablename__ = "schedules"

    expert_id: Mapped[str] = mapped_column(primary_key=True)
    time_zone: Mapped[str]
    weekly: Mapped[Any] = mapped_column(JsonValue)
    overrides: Mapped[Any] = mapped_column(JsonValue)
    travel: Mapped[Any] = mapped_column(JsonValue)
    per_day: Mapped[int | None]
    per_week: Mapped[int | None]
    imported: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    """The operator's file as it was last read; what the expert changed since then stays."""


class SessionRow(Base):
    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_expert_id_starts_at", "expert_id", "starts_at"),
        Index("ix_sessions_client_id_starts_at", "client_id", "starts_at"),
        Index("ix_sessions_state_starts_at", "state", "starts_at"),
        Index("ix_sessions_state_held_until", "state", "held_until"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id"))
    expert_id: Mapped[str]
    client_id: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str]
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    price_currency: Mapped[str]
    policy: Mapped[Any] = mapped_column(JsonValue)
    buffer_before: Mapped[int]
    buffer_after: Mapped[int]
    link: Mapped[str | None]
    delivery: Mapped[str]
    needs_confirmation: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequence: Mapped[int]
    reschedules: Mapped[int]
    absent: Mapped[str | None]
    insisted: Mapped[bool]
    group_id: Mapped[str | None] = mapped_column(index=True)
    by_minute: Mapped[bool]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC, {self.state}"


class BookedCellRow(Base):
    """Five minutes of somebody's time. The key is what makes a double booking impossible."""

    __tablename__ = "booked_cells"

    owner: Mapped[str] = mapped_column(primary_key=True)
    cell: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    session_id: Mapped[str] = mapped_column(index=True)


class WaitlistRow(Base):
    __tablename__ = "waitlist"
    __table_args__ = (Index("ix_waitlist_state_created_at", "state", "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id"), index=True)
    expert_id: Mapped[str]
    client_id: Mapped[str] = mapped_column(index=True)
    frm: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str]
    session_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    any_of: Mapped[str | None] = mapped_column(index=True)
    """Entries that have the same are one wish: booked for one of them, the others end."""


class ImportedCalendarRow(Base):
    """An expert's other calendar. `busy` are seconds, start, end, start, end, as last read."""

    __tablename__ = "imported_calendars"

    id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(EncryptedText)
    busy: Mapped[Any] = mapped_column(JsonValue)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    failures: Mapped[int]


class CalendarFeedRow(Base):
    """The secret address of a person's own calendar."""

    __tablename__ = "calendar_feeds"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(EncryptedText)
    digest: Mapped[str] = mapped_column(unique=True)


class SessionMoveRow(Base):
    __tablename__ = "session_moves"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    before: Mapped[str | None]
    after: Mapped[str]
    by: Mapped[str]
    why: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class NextTimeRow(Base):
    """The next free time of an offer, None when it has none in its window; right until
    `good_until`, and as long as nothing of its expert is among the `next_time_marks`."""

    __tablename__ = "next_times"

    offer_id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    good_until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class NextTimeMarkRow(Base):
    """Something that free times depend on has changed since they were kept."""

    __tablename__ = "next_time_marks"

    id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)


@event.listens_for(OfferRow, "after_insert")
@event.listens_for(OfferRow, "after_update")
def _mark_changed(_: object, connection: Connection, offer: OfferRow) -> None:
    """The admin pages change rows themselves, also whose an offer is."""
    history = inspect(offer).attrs.expert_id.history
    for expert_id in {offer.expert_id, *(history.deleted or ())}:
        connection.execute(insert(NextTimeMarkRow).values(id=new_id(), expert_id=expert_id))
