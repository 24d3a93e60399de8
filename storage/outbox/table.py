"""The outbox's rows.

planned → sending → sent | blocked | failed | unknown; planned → void.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText, UtcDateTime

PLANNED = "planned"
SENDING = "sending"
SENT = "sent"
VOID = "void"
BLOCKED = "blocked"
FAILED = "failed"
UNKNOWN = "unknown"

STATES = (PLANNED, SENDING, SENT, VOID, BLOCKED, FAILED, UNKNOWN)


class OutboxRow(Base):
    """`content` is gone once the row is settled, and was never there for a broadcast's rows,
    whose text is the broadcast's. `voided` is a void that came while the row was being sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_priority_due_at", "state", "priority", "due_at"),
        Index("ix_outbox_about_state_due_at", "about", "state", "due_at"),
        # the frequency cap asks what somebody was sent lately
        Index("ix_outbox_recipient_settled_at", "recipient", "settled_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    unique_key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    content: Mapped[str | None] = mapped_column(EncryptedText)
    about: Mapped[str | None]
    variant: Mapped[str | None]
    priority: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default=PLANNED)
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.unique_key} ({self.state})"
