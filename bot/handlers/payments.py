"""Payments inside Telegram: the question before, the message after."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.types import Message, PreCheckoutQuery

from bot.filters import Paid
from bot.turn import Turn
from kernel.errors import DomainError
from kernel.money import Money
from workflows.settle_payment import TelegramPaid

pre_checkout = Router(name="pre_checkout")
router = Router(name="payments")


@pre_checkout.pre_checkout_query()
async def before_paying(query: PreCheckoutQuery, turn: Turn) -> None:
    """Answered at once, ahead of everything else: Telegram waits ten seconds."""
    try:
        await turn.use_cases.check_before_paying(
            query.invoice_payload,
            payer=None if turn.person is None else turn.person.id,
            minor=query.total_amount,
            currency=query.currency,
        )
    except DomainError as refusal:
        reason = turn.translate.plain(refusal.key, **refusal.values)
        await query.answer(ok=False, error_message=reason)
    else:
        await query.answer(ok=True)


@router.message(Paid())
async def paid(message: Message, turn: Turn) -> None:
    """The money has come: the session is confirmed, and the confirmation goes out by notice."""
    payment = message.successful_payment
    if payment is None:
        return
    await turn.use_cases.take_telegram_payment(
        TelegramPaid(
            payload=payment.invoice_payload,
            charge=payment.telegram_payment_charge_id,
            provider_charge=payment.provider_payment_charge_id,
            amount=Money(payment.total_amount, payment.currency),
            telegram_user=turn.user.id,
            until=_instant(payment.subscription_expiration_date),
        )
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
