"""Invoices inside Telegram, by a card provider or in Stars."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import LabeledPrice

from payments.errors import RailDown
from payments.model import Payment, Rail

_LONGEST_TITLE = 32
_LONGEST_DESCRIPTION = 255


def invoice_fields(
    payment: Payment, *, title: str, description: str, provider_token: str
) -> dict[str, Any]:
    """The arguments of aiogram's `send_invoice`.

    A `start_parameter` makes forwarded copies open the bot instead of being payable.
    """
    stars = payment.rail is Rail.STARS
    return {
        "title": title[:_LONGEST_TITLE],
        "description": description[:_LONGEST_DESCRIPTION],
        "payload": payment.id,
        "provider_token": "" if stars else provider_token,
        "currency": payment.amount.currency,
        "prices": [LabeledPrice(label=title[:_LONGEST_TITLE], amount=payment.amount.minor)],
        "start_parameter": "menu",
    }


@dataclass(frozen=True)
class StarRail:
    """Gives Stars back, in full, which is all that Telegram can."""

    bot: Bot

    async def refund(self, telegram_user: int | None, payment: Payment) -> str:
        """Returns Telegram's id of the charge. Raises RailDown when Telegram refuses."""
        if telegram_user is None or payment.charge is None:
            raise RailDown(f"payment {payment.id} has nobody to give Stars back to")
        try:
            await self.bot.refund_star_payment(telegram_user, payment.charge)
        except TelegramBadRequest as error:
            if "CHARGE_ALREADY_REFUNDED" not in error.message:
                raise RailDown(error.message) from error
        return payment.charge
