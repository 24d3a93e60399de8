"""What an offer and its packages may cost by the way they are paid."""

from booking.model import Offer
from booking.question_model import WrittenOffer
from kernel.money import Money
from payments.errors import AmountNotPossible
from payments.model import Rail
from payments.offers_of_money import Package, Plan
from payments.rails.limits import check_amount


def rail_of(price: Money) -> str:
    """How something is paid that is bought at once: not at all, in Stars, or by card."""
    if not price:
        return Rail.FREE
    return Rail.STARS if price.currency == "XTR" else Rail.CARD


def check_price(rail: str, price: Money) -> None:
    """Raises AmountNotPossible where the offer could never be paid."""
    check_amount(Rail(rail), price)


def check_package(package: Package, offer: Offer) -> None:
    """Raises AmountNotPossible where the package could never be bought, or not be used for its
    offer, as one that is paid by the minute."""
    if offer.by_minute or not package.each or package.each.currency != offer.price.currency:
        raise AmountNotPossible(least=Money(1, offer.price.currency))
    check_amount(Rail(offer.rail), package.price)


def check_plan(plan: Plan, answers: WrittenOffer) -> None:
    """Raises AmountNotPossible where the subscription could not pay what it is for: Telegram
    renews Stars alone."""
    if answers.price.currency != plan.each.currency:
        raise AmountNotPossible(least=plan.each)
