"""Which amounts each rail can take, known before it hurts."""

from datetime import datetime, timedelta

from kernel.money import Money
from payments.errors import AmountNotPossible
from payments.model import Rail

# a payment page of Stripe's is open for 30 minutes to 24 hours; a minute is for the way there
SHORTEST_PAGE = timedelta(minutes=31)

_STARS = "XTR"
# https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
_CARD_LEAST = {"USD": 50, "EUR": 50, "GBP": 30, "JPY": 50, "CNY": 400, "HKD": 400, "CHF": 50}
# Telegram takes about one US dollar at least
_INVOICE_LEAST = {"USD": 100, "EUR": 100, "GBP": 100, "JPY": 150, "CNY": 700}
_LEAST: dict[Rail, dict[str, int]] = {
    Rail.CARD: _CARD_LEAST, Rail.INVOICE: _INVOICE_LEAST, Rail.STARS: {},
}  # fmt: skip


# a card's hold lasts 7 days, less for some: the session is to be over before it ends
CARD_HOLD_LASTS = timedelta(days=7)
_HOLD_WITHIN = timedelta(days=6)


def can_hold(rail: Rail, starts_at: datetime, *, opened_at: datetime) -> bool:
    """Whether a session can be paid by a hold on the card that is captured once it is over."""
    return rail is Rail.CARD and starts_at - opened_at <= _HOLD_WITHIN


def least(rail: Rail, currency: str) -> int:
    """The smallest amount that a rail takes, in minor units."""
    return _LEAST.get(rail, {}).get(currency, 1)


def check_amount(rail: Rail, amount: Money) -> None:
    """Raises AmountNotPossible for an amount that a rail cannot take."""
    if rail is Rail.FREE and not amount:
        return
    if rail not in _LEAST:
        raise AmountNotPossible(least=Money(0, amount.currency))
    smallest = least(rail, amount.currency)
    if (rail is Rail.STARS) is not (amount.currency == _STARS) or amount.minor < smallest:
        raise AmountNotPossible(least=Money(smallest, amount.currency))
