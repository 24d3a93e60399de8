"""Payments, refunds, earnings, payouts and disputes as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.ids import ExpertId, PaymentId, PersonId, SessionId
from kernel.money import Money
from payments.split import Split, Terms


class Rail(StrEnum):
    """How money comes: a card page, an invoice in the chat, Telegram Stars, out of a package or a
    subscription that was paid before, or not at all."""

    CARD = "card"
    INVOICE = "invoice"
    STARS = "stars"
    PACKAGE = "package"
    SUBSCRIPTION = "subscription"
    FREE = "free"


class Purpose(StrEnum):
    """What is paid for. `STRAY` is money that came without being owed; it goes back."""

    SESSION = "session"
    TIP = "tip"
    VOUCHER = "voucher"
    PACKAGE = "package"
    QUESTION = "question"
    SUBSCRIPTION = "subscription"
    ITEM = "item"
    STRAY = "stray"


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


PREPAID = frozenset({Rail.PACKAGE, Rail.SUBSCRIPTION})
"""Ways of paying with what was paid before; the charge is the way and what was bought."""

USED_IN_PARTS = frozenset({Purpose.VOUCHER, Purpose.PACKAGE, Purpose.SUBSCRIPTION})
"""What is taken out of these belongs to something else."""


@dataclass(frozen=True)
class Payment:
    """What one person pays for one thing; `subject` is its id (a session's, a question's).

    `price` less `discount` is paid by `credit` and, the rest, `amount`, by the rail. A change
    of these before paying makes a new `version`, and what was opened for the old one is not
    taken. `reference` is the processor's name of what was opened (a Checkout Session), `charge`
    of what was paid (a PaymentIntent, a Telegram charge); a refund needs the charge.

    `hold_until` is when the hold on the payer's card ends of what is not captured yet. Of a
    `payer_gone` (erased) nothing becomes credit any more.

    `released` went to the expert and the platform. `refunded` counts what was asked back:
    `by_rail` of it through the rail, the rest as credit; `returned` of it was taken back from
    what had been released.
    """

    id: PaymentId
    purpose: Purpose
    subject: str
    payer: PersonId
    price: Money
    discount: Money
    credit: Money
    amount: Money
    rail: Rail
    state: PaymentState
    version: int
    terms: Terms
    code: str | None
    reference: str | None
    url: str | None
    charge: str | None
    refunded: Money
    by_rail: Money
    returned: Money
    released: Money
    created_at: datetime
    paid_at: datetime | None
    hold_until: datetime | None = None
    payer_gone: bool = False

    @property
    def session_id(self) -> SessionId:
        """The session it is for; only where the purpose says so."""
        return SessionId(self.subject)

    @property
    def paid_from(self) -> str:
        """The bought package or the subscription's period that paid it; only where the rail says
        so."""
        return (self.charge or "").removeprefix(f"{self.rail}:")

    @property
    def total(self) -> Money:
        """What is paid in all."""
        return self.amount + self.credit

    @property
    def still_held(self) -> Money:
        """What is neither refunded nor released."""
        return self.total - (self.refunded - self.returned) - self.released

    @property
    def refundable(self) -> Money:
        """What was not asked back yet and is still to be found: what was taken out of a gift, a
        package or a subscription belongs to something else, what a session earned can be taken
        back."""
        if self.purpose in USED_IN_PARTS:
            return self.still_held
        return self.total - self.refunded

    def back(self, percent: int) -> Money:
        """A share of what was paid, as far as it was not given back before."""
        return self.still_there_of(self.total.percent(percent))

    def still_there_of(self, amount: Money) -> Money:
        """An amount, as far as it was not given back before."""
        return min(amount, self.refundable, key=lambda one: one.minor)

    @property
    def payload(self) -> str:
        """What an invoice in the chat carries: this payment, as it is agreed now."""
        return f"{self.id}:{self.version}"


class RefundTo(StrEnum):
    """Where a refund goes: the way the money came, back into the package or subscription that
    paid, or to the payer's credit; `UNCLAIMED` when nobody is known any more who could have it,
    which is sent once the admins are told."""

    RAIL = "rail"
    PACKAGE = "package"
    SUBSCRIPTION = "subscription"
    CREDIT = "credit"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True)
class Refund:
    """Money that goes back to its payer; `sent_at` is None until the processor took it, which was
    asked `tries` times in vain and is not asked again before `try_at`."""

    id: str
    payment_id: PaymentId
    amount: Money
    to: RefundTo
    reason: str
    requested_at: datetime
    sent_at: datetime | None
    tries: int = 0
    try_at: datetime | None = None


@dataclass(frozen=True)
class Earning:
    """What a session (or tip, or answer) earned its expert, with the whole split.

    `returned` of the whole was refunded after it was released. It can be paid out from
    `payable_at` on, unless it is `frozen` (the reason why) or already in a payout.
    """

    id: str
    payment_id: PaymentId
    purpose: Purpose
    subject: str
    expert_id: ExpertId
    split: Split
    returned: Money
    released_at: datetime
    payable_at: datetime
    frozen: str | None
    payout_id: str | None

    def state(self, now: datetime) -> str:
        """`paid`, `frozen`, `pending` or `payable`."""
        if self.payout_id is not None:
            return "paid"
        if self.frozen is not None:
            return "frozen"
        return "pending" if now < self.payable_at else "payable"


class PayoutMethod(StrEnum):
    """How an expert is paid: by a transfer of the processor's, or by hand."""

    TRANSFER = "transfer"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Payout:
    """Money paid to an expert; `sent_at` is None until it is on its way.

    `reference` is the transfer's id, or what the admin wrote; `reversed` was taken back.
    """

    id: str
    expert_id: ExpertId
    amount: Money
    method: PayoutMethod
    reference: str | None
    reversed: Money
    requested_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class PayoutAccount:
    """An expert's account at the processor; `ready` once it can receive."""

    expert_id: ExpertId
    account: str
    ready: bool


class DisputeState(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True)
class FetchedDispute:
    """A cardholder's dispute as the processor has it now; `fee` is what it costs us."""

    id: str
    charge: str
    amount: Money
    fee: Money
    state: DisputeState


@dataclass(frozen=True)
class DisputeNews:
    """What became new about a dispute; `taken_back` are the payments, itself and what it paid,
    whose money is with the cardholder now that it is lost."""

    payment: Payment
    state: DisputeState
    taken_back: tuple[Payment, ...] = ()


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

    `charge` and the processor's `fee` are set once it is paid; a `held` one is paid by a hold on
    the card, which is captured later.
    """

    payment_id: PaymentId
    open: bool
    paid: bool
    amount: Money
    charge: str | None
    fee: Money | None
    held: bool = False


@dataclass(frozen=True)
class Captured:
    """What became of a hold on a card: how much of it was taken, and the processor's fee."""

    amount: Money
    fee: Money | None


@dataclass(frozen=True)
class PayoutReversal:
    """A part of a transfer that is asked back; `transfer` is the processor's id of it."""

    id: str
    payout_id: str
    transfer: str
    amount: Money
