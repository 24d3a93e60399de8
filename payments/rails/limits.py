"""What each rail can and cannot do, known before it hurts."""

from dataclasses import dataclass
from datetime import timedelta

from kernel.money import Money
from payments.model import Rail

# a payment page of Stripe's is open for 30 minutes to 24 hours; a minute is for the way there
SHORTEST_PAGE = timedelta(minutes=31)
# a card hold lasts 7 days; a day is for the capture
CAPTURE_LATER = timedelta(days=6)


@dataclass(frozen=True)
class Limits:
    """`partial_refund`: a part can go back by it. `page`: it opens a page that must be closed
    when the hold is shorter. `least`: the smallest amount by currency; `currencies`: the only
    ones it takes, all when empty."""

    partial_refund: bool
    page: bool
    capture_later: timedelta
    currencies: frozenset[str]
    least: dict[str, int]


_NO_LATER = timedelta()
# https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
_CARD_LEAST = {"USD": 50, "EUR": 50, "GBP": 30, "JPY": 50, "CNY": 400, "HKD": 400, "CHF": 50}
# Telegram takes about one US dollar at least
_INVOICE_LEAST = {"USD": 100, "EUR": 100, "GBP": 100, "JPY": 150, "CNY": 700}

LIMITS = {
    Rail.CARD: Limits(True, True, CAPTURE_LATER, frozenset(), _CARD_LEAST),
    Rail.INVOICE: Limits(True, False, _NO_LATER, frozenset(), _INVOICE_LEAST),
    Rail.STARS: Limits(False, False, _NO_LATER, frozenset({"XTR"}), {"XTR": 1}),
    Rail.FREE: Limits(False, False, _NO_LATER, frozenset(), {}),
}


def can_take(rail: Rail, amount: Money) -> bool:
    """Whether the rail takes this amount; an amount below the rail's smallest is refused."""
    limits = LIMITS[rail]
    if rail is not Rail.STARS and amount.currency == "XTR" and rail is not Rail.FREE:
        return False
    if limits.currencies and amount.currency not in limits.currencies:
        return False
    return amount.minor >= limits.least.get(amount.currency, 1 if amount else 0)


def may_capture_later(rail: Rail, until: timedelta) -> bool:
    """Whether money can be reserved now and taken at a start that far ahead."""
    return timedelta() < LIMITS[rail].capture_later >= until
