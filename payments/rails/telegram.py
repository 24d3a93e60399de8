"""Invoices inside Telegram, by a card provider or in Stars."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import LabeledPrice, StarTransaction, TransactionPartnerUser

from kernel.ids import PaymentId
from kernel.money import Money
from payments.errors import PriceChanged, RailDown, RailRefused
from payments.model import Payment, Rail

_LONGEST_TITLE = 32
_LONGEST_DESCRIPTION = 255
_PAGE = 100
_PERIOD_SECONDS = 2_592_000


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
        "payload": payment.payload,
        "provider_token": "" if stars else provider_token,
        "currency": payment.amount.currency,
        "prices": [LabeledPrice(label=title[:_LONGEST_TITLE], amount=payment.amount.minor)],
        "start_parameter": "menu",
    }


def subscription_fields(payment: Payment, *, title: str, description: str) -> dict[str, Any]:
    """The arguments of aiogram's `create_invoice_link` for 30 days that Telegram renews."""
    fields = invoice_fields(payment, title=title, description=description, provider_token="")
    del fields["start_parameter"]
    return fields | {"subscription_period": _PERIOD_SECONDS}


def read_payload(payload: str) -> tuple[PaymentId, int]:
    """The payment and its version in an invoice's payload. Raises PriceChanged for another's."""
    payment, _, version = payload.partition(":")
    if not (version.isascii() and version.isdecimal() and len(version) <= 6):
        raise PriceChanged
    return PaymentId(payment), int(version)


@dataclass(frozen=True)
class StarPayment:
    """Stars that somebody paid, as Telegram's own list has them; `until` for a subscription."""

    charge: str
    payload: str
    telegram_user: int
    amount: Money
    until: datetime | None = None


@dataclass(frozen=True)
class StarRail:
    """Gives Stars back, in full, which is all that Telegram can; stops subscriptions; lists what
    was paid."""

    bot: Bot

    async def refund(self, telegram_user: int | None, payment: Payment) -> str:
        """Returns Telegram's id of the charge.

        Raises RailRefused where nobody is known whose they are, and when Telegram decided against
        it (an unknown charge, somebody who is gone); RailDown when it did not decide: no answer,
        too many requests, another token, or the bot has not got as many Stars now.
        """
        if telegram_user is None or payment.charge is None:
            raise RailRefused(f"payment {payment.id} has nobody to give Stars back to")
        try:
            await self.bot.refund_star_payment(telegram_user, payment.charge)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if "BALANCE_TOO_LOW" in error.message:
                raise RailDown(error.message) from error
            if "CHARGE_ALREADY_REFUNDED" not in error.message:
                raise RailRefused(error.message) from error
        except TelegramAPIError as error:
            raise RailDown(error.message) from error
        return payment.charge

    async def stop(self, telegram_user: int | None, charge: str) -> None:
        """A subscription is not renewed; one that is over already is as good as stopped.

        Raises RailDown when Telegram refuses.
        """
        if telegram_user is None:
            raise RailDown(f"nobody is known whose subscription {charge} is")
        try:
            await self.bot.edit_user_star_subscription(telegram_user, charge, is_canceled=True)
        except TelegramBadRequest as error:
            if "CHARGE_ID_INVALID" not in error.message:
                raise RailDown(error.message) from error
        except TelegramAPIError as error:
            raise RailDown(error.message) from error

    async def paid(self, *, skip: int) -> AsyncIterator[tuple[int, StarPayment | None]]:
        """Telegram's list, oldest first, from its entry `skip` on: (entry, the payment in it,
        None for another movement). Raises RailDown."""
        place = skip
        while True:
            try:
                found = await self.bot.get_star_transactions(offset=place, limit=_PAGE)
            except TelegramAPIError as error:
                raise RailDown(f"Telegram's list of Stars: {error.message}") from error
            for one in found.transactions:
                yield place, _payment(one)
                place += 1
            if len(found.transactions) < _PAGE:
                return


def _payment(movement: StarTransaction) -> StarPayment | None:
    source = movement.source
    if not isinstance(source, TransactionPartnerUser) or source.invoice_payload is None:
        return None
    amount, until = Money(movement.amount, "XTR"), None
    if source.subscription_period:
        until = movement.date + timedelta(seconds=source.subscription_period)
    return StarPayment(movement.id, source.invoice_payload, source.user.id, amount, until)
