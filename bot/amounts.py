"""Amounts as people write them."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from babel.numbers import list_currencies

from kernel.money import Money, decimals

_LARGEST = 10**12
# else "12,50", as much of the world writes 12.50, would be 1250
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def read_amount(text: str, currency: str) -> Money | None:
    """The amount in a text such as "25", "25.50" or "1,250", or None when it is none, or too
    fine."""
    text = text.strip()
    if "," in text and not _THOUSANDS.fullmatch(text):
        return None
    try:
        exact = Decimal(text.replace(",", "")).scaleb(decimals(currency))
    except InvalidOperation:
        return None
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 < exact <= _LARGEST:
        return None
    return Money(int(exact), currency)


def read_money(text: str) -> Money | None:
    """The amount in a text such as "25 USD", or None, also where there is no such currency."""
    amount, _, currency = text.strip().rpartition(" ")
    code = currency.upper()
    return read_amount(amount, code) if code in _currencies() else None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies("en")) | {"XTR"}
