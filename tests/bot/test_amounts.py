"""What admins and authors write as an amount."""

import pytest

from bot.amounts import read_amount, read_money
from kernel.money import Money


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("25", 25_00), ("25.50", 25_50), ("1,250", 1250_00), ("1,234,567.80", 1234567_80),
        ("12,50", None), ("12,5", None), ("1,2345", None), ("1.250,50", None), ("0", None),
        ("25.505", None), ("-5", None), ("a lot", None),
    ],
)  # fmt: skip
def test_a_comma_stands_before_three_digits_or_is_no_amount(text: str, minor: int | None):
    assert read_amount(text, "USD") == (None if minor is None else Money(minor, "USD"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("25 usd", Money(25_00, "USD")),
        ("250 XTR", Money(250, "XTR")),
        ("9,90 EUR", None),
        ("25 UDS", None),
        ("25", None),
        ("25 $", None),
    ],
)
def test_an_amount_with_its_currency(text: str, amount: Money | None):
    assert read_money(text) == amount
