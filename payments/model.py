"""Payments and refunds as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.ids import PaymentId, PersonId, SessionId
from kernel.money import Money


class Rail(StrEnum):
    """How money comes: a card page, an invoice in the chat, Telegram Stars, or not at all."""

    CARD = "card"
    INVOICE = "invoice"
    STARS = "stars"
    FREE = "free"


class PaymentState(StrEnum):
    """Where a payment is in its life."""

    NEW = "new"
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    REFUNDING = "refunding"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


HELD_MONEY = (
    PaymentState.PAID, PaymentState.REFUNDING, PaymentState.PARTLY_REFUNDED,
    PaymentState.REFUNDED,
)  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """The payment of one session.

    `reference` is the processor's name of what was opened (a Checkout Session), `charge` of what
    was paid (a PaymentIntent, a Telegram charge); a refund needs the charge. `refunded` counts
    what was asked back, `released` what went to the expert and the platform.
    """

    id: PaymentId
    session_id: SessionId
    payer: PersonId
    amount: Money
    rail: Rail
    state: PaymentState
    reference: str | None
    url: str | None
    charge: str | None
    refunded: Money
    released: Money
    created_at: datetime
    paid_at: datetime | None

    @property
    def still_held(self) -> Money:
        """What is neither refunded nor released."""
        return self.amount - self.refunded - self.released


@dataclass(frozen=True)
class Refund:
    """Money that goes back to its payer; `sent_at` is None until the processor took it."""

    id: str
    payment_id: PaymentId
    amount: Money
    reason: str
    requested_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class StoredEvent:
    """A processor's event as it came; `reference` is the id of the object it is about."""

    id: str
    kind: str
    reference: str


@dataclass(frozen=True)
class Opened:
    """A card page: the processor's id of it and its address."""

    reference: str
    url: str


@dataclass(frozen=True)
class Fetched:
    """A card page as the processor has it now: `open` to be paid, `paid`, or neither any more.

    `charge` is set once it is paid.
    """

    payment_id: PaymentId
    open: bool
    paid: bool
    amount: Money
    charge: str | None
