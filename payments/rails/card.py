"""The card page: Stripe Checkout through the official package."""

from datetime import datetime
from typing import Any

import stripe
from stripe.params import RefundCreateParams

from kernel.ids import PaymentId
from kernel.money import Money
from payments.errors import BadSignature, RailDown
from payments.model import Fetched, Opened, Payment, Refund, StoredEvent

_SIGNATURE_TOLERANCE_SECONDS = 300


class CardRail:
    """Opens, reads and closes card pages; sends refunds; reads signed events.

    Every call raises RailDown when the processor cannot be reached or refuses.
    """

    def __init__(self, *, key: str, webhook_secret: str, return_to: str, api: str = "") -> None:
        """`return_to` is the web side's address; `api` another server of Stripe's API."""
        self._http = stripe.AIOHTTPClient()
        self._client = stripe.StripeClient(
            key,
            http_client=self._http,
            base_addresses={"api": api} if api else {},
            max_network_retries=1,
        )
        self._webhook_secret = webhook_secret
        self._return_to = return_to

    async def open(
        self, payment: Payment, *, title: str, language: str, expires_at: datetime
    ) -> Opened:
        """A page to pay on until `expires_at` (30 minutes to 24 hours ahead, as Stripe has it).

        The payment's id is the idempotency key: asking again gives the same page.
        """
        page = await self._call(
            self._client.v1.checkout.sessions.create_async(
                params={
                    "mode": "payment",
                    "client_reference_id": payment.id,
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": payment.amount.currency.lower(),
                                "unit_amount": payment.amount.minor,
                                "product_data": {"name": title},
                            },
                        }
                    ],
                    "locale": "zh" if language == "zh" else "en",
                    "expires_at": int(expires_at.timestamp()),
                    "success_url": f"{self._return_to}/payment/thanks?language={language}",
                    "cancel_url": f"{self._return_to}/payment/cancelled?language={language}",
                    "metadata": {"payment": payment.id},
                },
                options={"idempotency_key": f"page:{payment.id}"},
            )
        )
        return Opened(reference=page.id, url=page.url or "")

    async def fetch(self, reference: str) -> Fetched:
        """The page as it is now."""
        page = await self._call(self._client.v1.checkout.sessions.retrieve_async(reference))
        return Fetched(
            payment_id=PaymentId(page.client_reference_id or ""),
            open=page.status == "open",
            paid=page.payment_status == "paid",
            amount=Money(page.amount_total or 0, (page.currency or "usd").upper()),
            charge=_id(page.payment_intent),
        )

    async def expire(self, reference: str) -> None:
        """Close a page that is still open."""
        await self._call(self._client.v1.checkout.sessions.expire_async(reference))

    async def refund(self, payment: Payment, refund: Refund) -> str:
        """Send money back the way it came; the refund's id is the idempotency key."""
        charge = payment.charge or ""
        params: RefundCreateParams = {"amount": refund.amount.minor}
        params["payment_intent" if charge.startswith("pi_") else "charge"] = charge
        sent = await self._call(
            self._client.v1.refunds.create_async(
                params=params, options={"idempotency_key": f"refund:{refund.id}"}
            )
        )
        return str(sent.id)

    def read_event(self, body: bytes, signature: str) -> StoredEvent:
        """The event in a webhook's body. Raises BadSignature for anybody else's."""
        try:
            event = stripe.Webhook.construct_event(
                body, signature, self._webhook_secret, _SIGNATURE_TOLERANCE_SECONDS
            )
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise BadSignature(str(error)) from error
        return StoredEvent(event.id, event.type, str(event.data.object["id"]))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _call(self, request: Any) -> Any:
        try:
            return await request
        except stripe.StripeError as error:
            raise RailDown(f"card processor: {error}") from error


def _id(found: Any) -> str | None:
    return found if found is None or isinstance(found, str) else str(found.id)
