"""What an offer may cost by the way it is paid."""

from kernel.money import Money
from payments.model import Rail
from payments.rails.limits import check_amount


def check_price(rail: str, price: Money) -> None:
    """Raises AmountNotPossible where the offer could never be paid."""
    check_amount(Rail(rail), price)
