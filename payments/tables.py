"""Rows of money. The ledger's two tables take no UPDATE and no DELETE."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.append_only import append_only
from storage.base import Base
from storage.types import EncryptedText, JsonValue, UtcDateTime


class PaymentRow(Base):
    __tablename__ = "payments"
    __table_args__ = (UniqueConstraint("purpose", "subject"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    payer: Mapped[str] = mapped_column(index=True)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    discount_minor: Mapped[int] = mapped_column(BigInteger)
    credit_minor: Mapped[int] = mapped_column(BigInteger)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    rail: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    commission: Mapped[int]
    tax: Mapped[int]
    partner: Mapped[str | None]
    partner_share: Mapped[int]
    code: Mapped[str | None]
    reference: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None]
    charge: Mapped[str | None] = mapped_column(index=True)
    refunded_minor: Mapped[int] = mapped_column(BigInteger)
    by_rail_minor: Mapped[int] = mapped_column(BigInteger)
    returned_minor: Mapped[int] = mapped_column(BigInteger)
    released_minor: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    payer_gone: Mapped[bool] = mapped_column(server_default=false())

    def __str__(self) -> str:
        return f"{self.id} · {self.minor} {self.currency} · {self.state}"


class RefundRow(Base):
    __tablename__ = "refunds"

    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"), index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    to: Mapped[str]
    reason: Mapped[str]
    reference: Mapped[str | None] = mapped_column(index=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

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
    problem: Mapped[str | None]


class EarningRow(Base):
    __tablename__ = "earnings"
    __table_args__ = (Index("ix_earnings_expert_id_payout_id", "expert_id", "payout_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"), unique=True)
    expert_id: Mapped[str]
    currency: Mapped[str]
    expert_minor: Mapped[int] = mapped_column(BigInteger)
    commission_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    partner_minor: Mapped[int] = mapped_column(BigInteger)
    returned_minor: Mapped[int] = mapped_column(BigInteger)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)
    payable_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen: Mapped[str | None]
    payout_id: Mapped[str | None] = mapped_column(ForeignKey("payouts.id"), index=True)

    def __str__(self) -> str:
        return f"{self.expert_id} · {self.expert_minor} {self.currency}"


class PayoutRow(Base):
    __tablename__ = "payouts"

    id: Mapped[str] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    method: Mapped[str]
    reference: Mapped[str | None]
    reversed_minor: Mapped[int] = mapped_column(BigInteger)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    def __str__(self) -> str:
        return f"{self.expert_id} · {self.minor} {self.currency} · {self.method}"


class PayoutReversalRow(Base):
    """A part of a transfer that is asked back; refused when settled without a reference."""

    __tablename__ = "payout_reversals"

    id: Mapped[str] = mapped_column(primary_key=True)
    payout_id: Mapped[str] = mapped_column(ForeignKey("payouts.id"), index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str | None]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class PayoutAccountRow(Base):
    __tablename__ = "payout_accounts"

    expert_id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(unique=True)
    ready: Mapped[bool]


class DisputeRow(Base):
    __tablename__ = "disputes"

    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"), index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    state: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.id} · {self.minor} {self.currency} · {self.state}"


class PromoCodeRow(Base):
    __tablename__ = "promo_codes"

    code: Mapped[str] = mapped_column(primary_key=True)
    per_mille: Mapped[int]
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    units: Mapped[int | None]
    used: Mapped[int]
    per_person: Mapped[int]
    only_person: Mapped[str | None]
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return self.code


class CodeUseRow(Base):
    __tablename__ = "promo_code_uses"

    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("promo_codes.code"), index=True)
    person: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoucherRow(Base):
    __tablename__ = "vouchers"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(EncryptedText)
    buyer: Mapped[str] = mapped_column(index=True)
    minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    redeemed_by: Mapped[str | None]
    redeemed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PartnerRow(Base):
    __tablename__ = "partners"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    share: Mapped[int]
    active: Mapped[bool]

    def __str__(self) -> str:
        return self.name


class IntroductionRow(Base):
    """Who brought a person: another person, or a partner. The first one counts."""

    __tablename__ = "introductions"

    person: Mapped[str] = mapped_column(primary_key=True)
    by_person: Mapped[str | None] = mapped_column(index=True)
    by_partner: Mapped[str | None] = mapped_column(ForeignKey("partners.code"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    rewarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApprovalRow(Base):
    __tablename__ = "money_approvals"

    id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[Any] = mapped_column(JsonValue)
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed: Mapped[bool | None]


class PaperSeriesRow(Base):
    """The last number of each series."""

    __tablename__ = "paper_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class PaperRow(Base):
    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("payment_id", "kind", "refund_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    payment_id: Mapped[str] = mapped_column(ForeignKey("payments.id"))
    refund_id: Mapped[str]
    content: Mapped[Any] = mapped_column(JsonValue)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return self.number


class RailCursorRow(Base):
    """How far a processor's own list was read."""

    __tablename__ = "rail_cursors"

    rail: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(BigInteger)


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


class LedgerBalanceRow(Base):
    """What a guarded account holds: minus the sum of its entries, kept while posting."""

    __tablename__ = "ledger_balances"

    account: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    minor: Mapped[int] = mapped_column(BigInteger)


append_only(
    LedgerTransactionRow.__tablename__, LedgerEntryRow.__tablename__, PaperRow.__tablename__
)
