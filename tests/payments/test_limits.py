import pytest

from kernel.money import Money
from payments.errors import AmountNotPossible
from payments.model import Rail
from payments.rails.limits import check_amount


@pytest.mark.parametrize(
    ("rail", "minor", "currency", "possible"),
    [
        (Rail.CARD, 50, "USD", True),
        (Rail.CARD, 49, "USD", False),
        (Rail.CARD, 100, "XTR", False),
        (Rail.INVOICE, 99, "EUR", False),
        (Rail.STARS, 1, "XTR", True),
        (Rail.STARS, 100, "USD", False),
        (Rail.CARD, 1, "SEK", True),
        (Rail.CARD, 0, "SEK", False),
        (Rail.FREE, 0, "USD", True),
    ],
)
def test_what_a_rail_takes(rail: Rail, minor: int, currency: str, possible: bool) -> None:
    if possible:
        check_amount(rail, Money(minor, currency))
    else:
        with pytest.raises(AmountNotPossible):
            check_amount(rail, Money(minor, currency))
