"""Promo codes, gift vouchers, packages, subscriptions and partners as values and rules."""

from dataclasses import dataclass
from datetime import datetime

from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from kernel.money import Money
from payments.errors import AmountNotPossible, CodeNotForYou, CodeNotNow, CodeUsedUp


@dataclass(frozen=True)
class PromoCode:
    """A discount: thousandths of a price, or an amount. `units` is how often it can be used in
    all (None: no limit), `per_person` by one person; `only_person` whose it is alone."""

    code: str
    per_mille: int = 0
    amount: Money | None = None
    units: int | None = None
    used: int = 0
    per_person: int = 1
    only_person: PersonId | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def check(self, price: Money, *, person: PersonId, uses: int, now: datetime) -> None:
        """`uses` is how often this person used it. Raises CodeNotNow, CodeNotForYou, CodeUsedUp."""
        early = self.starts_at is not None and now < self.starts_at
        late = self.ends_at is not None and now >= self.ends_at
        if early or late or (self.amount and self.amount.currency != price.currency):
            raise CodeNotNow
        if self.only_person not in {None, person} or uses >= self.per_person:
            raise CodeNotForYou
        if self.units is not None and self.used >= self.units:
            raise CodeUsedUp

    def discount(self, price: Money) -> Money:
        """What it takes off a price, never more than the price."""
        off = self.amount or Money(price.minor * self.per_mille // 1000, price.currency)
        return min(off, price, key=lambda one: one.minor)


@dataclass(frozen=True)
class Voucher:
    """A gift: whoever has the code gets the amount as credit, once."""

    id: str
    code: str
    buyer: PersonId
    amount: Money
    issued_at: datetime | None
    redeemed_by: PersonId | None


@dataclass(frozen=True)
class Package:
    """Several sessions of one offer, paid together at `each` a session."""

    id: str
    offer_id: OfferId
    sessions: int
    each: Money
    valid_days: int
    active: bool = True

    @property
    def price(self) -> Money:
        """What is paid at once."""
        return self.each * self.sessions


@dataclass(frozen=True)
class BoughtPackage:
    """A package as one person bought it; `expires_at` is None until it is paid.

    `series_of` is a session whose time in the following weeks is still to be booked with it.
    """

    id: str
    client: PersonId
    offer_id: OfferId
    sessions: int
    each: Money
    valid_days: int
    expires_at: datetime | None = None
    series_of: SessionId | None = None


MOST_STARS = 10_000
"""What Telegram takes for 30 days of a subscription."""


@dataclass(frozen=True)
class Plan:
    """A subscription that is sold: so many written answers of an expert in 30 days, at `each`
    Stars an answer. Raises AmountNotPossible."""

    expert_id: ExpertId
    questions: int
    each: Money
    active: bool = True

    def __post_init__(self) -> None:
        stars = self.each.currency == "XTR" and self.each.minor > 0 and self.questions > 0
        if not stars or self.price.minor > MOST_STARS:
            raise AmountNotPossible(least=Money(1, "XTR"))

    @property
    def price(self) -> Money:
        """What is paid for 30 days."""
        return self.each * self.questions


@dataclass(frozen=True)
class Subscription:
    """One person's subscription. `period` counts the 30 days that were paid (0: none yet), and
    the running one lasts until `until`; `charge` is Telegram's name of the subscription.

    `stopped`: it is not to be renewed; `over`: it was not.
    """

    id: str
    client: PersonId
    expert_id: ExpertId
    questions: int
    each: Money
    period: int = 0
    charge: str | None = None
    until: datetime | None = None
    stopped: bool = False
    over: bool = False

    @property
    def subject(self) -> str:
        """What the payment of the running period (before any: of the first) is for."""
        return f"{self.id}-{max(self.period, 1)}"

    @property
    def price(self) -> Money:
        """What is paid for 30 days."""
        return self.each * self.questions

    def runs(self, now: datetime) -> bool:
        """Whether its answers can be used."""
        return not self.over and self.until is not None and now < self.until


@dataclass(frozen=True)
class Partner:
    """Somebody who brings clients for a share of the commission, in thousandths."""

    code: str
    name: str
    share: int


def plain_code(text: str) -> str:
    """A code as it is stored: capitals and digits, without what people put between."""
    return "".join(one for one in text.upper() if one.isalnum())
