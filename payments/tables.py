"""Rows of money. The ledger's two tables take no UPDATE and no DELETE."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.append_only import append_only
from storage.base import Base
from storage.types import EncryptedText, UtcDateTime


class PaymentRow(Base):
    __tablename__ = "payments"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(unique=True)
    payer: Mapped[str] = mapped_column(index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    rail: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    reference: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None]
    charge: Mapped[str | None]
    refunded_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    released_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.id} · {self.minor} {self.currency} · {self.state}"


class RefundRow(Base):
    __tablename__ = "refunds"

    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"), index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    reason: Mapped[str]
    reference: Mapped[str | None]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    def __str__(self) -> str:
        return f"{self.id} · {self.minor} {self.currency} · {self.reason}"


class PaymentEventRow(Base):
    __tablename__ = "payment_events"

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    kind: Mapped[str]
    reference: Mapped[str]
    body: Mapped[str] = mapped_column(EncryptedText)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class LedgerTransactionRow(Base):
    __tablename__ = "ledger_transactions"

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} · {self.reason}"


class LedgerEntryRow(Base):
    __tablename__ = "ledger_entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[str] = mapped_column(ForeignKey("ledger_transactions.id"), index=True)
    account: Mapped[str] = mapped_column(index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]

    def __str__(self) -> str:
        return f"{self.account} · {self.minor} {self.currency}"


append_only(LedgerTransactionRow.__tablename__, LedgerEntryRow.__tablename__)
