"""Where a payment is paid: a card page, or an invoice in the chat."""

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.errors import DomainError
from payments import service as payments
from payments.errors import AlreadyPaid, RailDown
from payments.model import HELD_MONEY, Opened, Payment, Rail
from payments.rails.card import CardRail
from payments.rails.telegram import invoice_fields
from storage.engine import SessionMaker

_log = logging.getLogger(__name__)


class PaymentPageClosed(DomainError):
    """The card processor did not answer; the page can be asked for again."""

    key = "error-payment-page"


@dataclass(frozen=True)
class Checkout:
    """What the client pays with: the payment's card page, or the arguments of an invoice in the
    chat. Neither where credit and a code have paid all of it."""

    payment: Payment
    invoice: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Cashier:
    """Opens a payment at its rail; asking again gives the same page.

    Raises AlreadyPaid, PaymentPageClosed.
    """

    sessions: SessionMaker
    cards: CardRail
    provider_token: str

    async def __call__(
        self, payment: Payment, *, title: str, description: str, language: str,
        expires_at: datetime, capture_later: bool = False,
    ) -> Checkout:  # fmt: skip
        """`expires_at` and `capture_later` (the card is only held) must be the same whenever it is
        asked again for this payment."""
        if payment.rail is Rail.FREE:
            return Checkout(payment)
        if payment.state in HELD_MONEY:
            raise AlreadyPaid
        if payment.url is not None:
            return Checkout(payment)
        if payment.rail is Rail.CARD:
            opened = self.cards.open(
                payment, title=title, language=language, expires_at=expires_at,
                capture_later=capture_later,
            )  # fmt: skip
            return Checkout(await self._keep(payment, opened))
        invoice = invoice_fields(
            payment, title=title, description=description, provider_token=self.provider_token
        )
        return Checkout(payment, invoice)

    async def _keep(self, payment: Payment, opening: Awaitable[Opened]) -> Payment:
        try:
            opened = await opening
        except RailDown as error:
            _log.warning("no payment page for %s: %s", payment.id, error)
            raise PaymentPageClosed from error
        async with self.sessions.begin() as db:
            return await payments.opened(db, payment, reference=opened.reference, url=opened.url)
