"""The card page: Stripe Checkout, and Connect for experts, through the official package."""

from datetime import datetime
from typing import Any

import stripe
from stripe.params import PaymentIntentCaptureParams, RefundCreateParams

from kernel.ids import PaymentId
from kernel.money import Money
from payments.errors import BadSignature, RailDown, RailRefused
from payments.model import (
    Captured,
    DisputeState,
    Fetched,
    FetchedDispute,
    Opened,
    Payment,
    Payout,
    PayoutReversal,
    Refund,
    StoredEvent,
)

_SIGNATURE_TOLERANCE_SECONDS = 300
_NEWEST = 100
# while the cardholder's bank asks for it back, nothing can be
_NOT_NOW = "charge_disputed"
_CAME_BACK = frozenset({"failed", "canceled"})
_DECIDED = {"won": DisputeState.WON, "lost": DisputeState.LOST}
_FEE_OF_INTENT = "latest_charge.balance_transaction"
_WITH_FEE = f"payment_intent.{_FEE_OF_INTENT}"


class CardRail:
    """Opens, reads and closes card pages; sends refunds and transfers; reads signed events.

    Every call raises RailDown when the processor cannot be reached, and RailRefused when it
    says no.
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
        self, payment: Payment, *, title: str, language: str, expires_at: datetime,
        capture_later: bool = False,
    ) -> Opened:  # fmt: skip
        """A page to pay on until `expires_at` (30 minutes to 24 hours ahead, as Stripe has it).
        With `capture_later` the amount is only held on the card.

        The payment's id and version are the idempotency key: asking again gives the same page.
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
                    "payment_intent_data": {
                        "capture_method": "manual" if capture_later else "automatic"
                    },
                },
                options={"idempotency_key": f"page:{payment.payload}"},
            )
        )
        return Opened(reference=page.id, url=page.url or "")

    async def fetch(self, reference: str) -> Fetched:
        """The page as it is now."""
        page = await self._call(
            self._client.v1.checkout.sessions.retrieve_async(
                reference, params={"expand": [_WITH_FEE]}
            )
        )
        return Fetched(
            payment_id=PaymentId(page.client_reference_id or ""),
            open=page.status == "open",
            paid=page.payment_status == "paid" or _on_hold(page.payment_intent),
            amount=Money(page.amount_total or 0, (page.currency or "usd").upper()),
            charge=_id(page.payment_intent),
            fee=_fee(page.payment_intent),
            held=_on_hold(page.payment_intent),
        )

    async def settle_hold(self, payment: Payment, keep: Money) -> Captured:
        """Take so much of a hold on a card and let the rest go, unless that was done already.

        Returns what became of it. Raises RailDown also while the processor is at it.
        """
        intents, charge = self._client.v1.payment_intents, payment.charge or ""
        if _on_hold(await self._call(intents.retrieve_async(charge))):
            options: stripe.RequestOptions = {"idempotency_key": f"hold:{payment.id}:{keep.minor}"}
            if keep:
                taken: PaymentIntentCaptureParams = {"amount_to_capture": keep.minor}
                await self._call(intents.capture_async(charge, params=taken, options=options))
            else:
                await self._call(intents.cancel_async(charge, options=options))
        after = await self._call(
            intents.retrieve_async(charge, params={"expand": [_FEE_OF_INTENT]})
        )
        if after.status not in {"succeeded", "canceled"}:
            raise RailDown(f"the hold of {payment.id} is {after.status}")
        return Captured(Money(after.amount_received, keep.currency), _fee(after))

    async def expire(self, reference: str) -> None:
        """Close a page that is still open."""
        await self._call(self._client.v1.checkout.sessions.expire_async(reference))

    async def refund(self, payment: Payment, refund: Refund) -> str:
        """Send money back the way it came; the refund's id is the idempotency key.

        Raises RailDown also while the payment is disputed, which may not be known here yet.
        """
        charge = payment.charge or ""
        params: RefundCreateParams = {"amount": refund.amount.minor}
        params["payment_intent" if charge.startswith("pi_") else "charge"] = charge
        sent = await self._call(
            self._client.v1.refunds.create_async(
                params=params, options={"idempotency_key": f"refund:{refund.id}"}
            )
        )
        return str(sent.id)

    async def refund_failed(self, reference: str) -> bool:
        """Whether the payer's bank sent a refund back."""
        found = await self._call(self._client.v1.refunds.retrieve_async(reference))
        return found.status in _CAME_BACK

    async def recent_failed_refunds(self) -> list[str]:
        """The ids of those of the newest 100 refunds that came back."""
        found = await self._call(self._client.v1.refunds.list_async(params={"limit": _NEWEST}))
        return [one.id for one in found.data if one.status in _CAME_BACK]

    async def dispute(self, reference: str) -> FetchedDispute:
        """A dispute as it is now."""
        return _dispute(await self._call(self._client.v1.disputes.retrieve_async(reference)))

    async def recent_disputes(self) -> list[FetchedDispute]:
        """The newest 100 disputes, as they are now."""
        found = await self._call(self._client.v1.disputes.list_async(params={"limit": _NEWEST}))
        return [_dispute(one) for one in found.data]

    async def open_account(self, *, expert_id: str, language: str) -> tuple[str, str]:
        """A new account for an expert, and the address where they finish opening it."""
        account = await self._call(
            self._client.v1.accounts.create_async(
                params={
                    "type": "express",
                    "capabilities": {"transfers": {"requested": True}},
                    "metadata": {"expert": expert_id},
                },
                options={"idempotency_key": f"account:{expert_id}"},
            )
        )
        return str(account.id), await self.account_link(str(account.id), language=language)

    async def account_link(self, account: str, *, language: str) -> str:
        """Where the owner of an account finishes opening it; good for some minutes."""
        back = f"{self._return_to}/payment/account?language={language}"
        link = await self._call(
            self._client.v1.account_links.create_async(
                params={
                    "account": account, "type": "account_onboarding", "refresh_url": back,
                    "return_url": back,
                }
            )
        )  # fmt: skip
        return str(link.url)

    async def account_ready(self, account: str) -> bool:
        """Whether transfers can go to an account."""
        found = await self._call(self._client.v1.accounts.retrieve_async(account))
        # one that the operator opened for something else has no such capability
        return getattr(found.capabilities, "transfers", None) == "active"

    async def transfer(self, payout: Payout, account: str) -> str:
        """Send a payout to an expert's account; its id is the idempotency key."""
        sent = await self._call(
            self._client.v1.transfers.create_async(
                params={
                    "amount": payout.amount.minor, "currency": payout.amount.currency.lower(),
                    "destination": account, "transfer_group": payout.id,
                },
                options={"idempotency_key": f"payout:{payout.id}"},
            )
        )  # fmt: skip
        return str(sent.id)

    async def reverse(self, planned: PayoutReversal) -> str:
        """Take a part of a transfer back."""
        done = await self._call(
            self._client.v1.transfers.reversals.create_async(
                planned.transfer,
                params={"amount": planned.amount.minor},
                options={"idempotency_key": f"reversal:{planned.id}"},
            )
        )
        return str(done.id)

    def read_event(self, body: bytes, signature: str) -> StoredEvent:
        """The event in a webhook's body. Raises BadSignature for anybody else's."""
        try:
            event = stripe.Webhook.construct_event(
                body, signature, self._webhook_secret, _SIGNATURE_TOLERANCE_SECONDS
            )
            return StoredEvent(event.id, event.type, str(event.data.object["id"]))
        except (
            ValueError, KeyError, AttributeError, TypeError, stripe.SignatureVerificationError
        ) as error:  # fmt: skip
            raise BadSignature(str(error)) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _call(self, request: Any) -> Any:
        try:
            return await request
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            refusal = RailDown if error.code == _NOT_NOW else RailRefused
            raise refusal(f"card processor: {error.user_message or error}") from error
        except stripe.StripeError as error:
            raise RailDown(f"card processor: {error}") from error


def _id(found: Any) -> str | None:
    return found if found is None or isinstance(found, str) else str(found.id)


def _on_hold(intent: Any) -> bool:
    return getattr(intent, "status", None) == "requires_capture"


def _dispute(found: Any) -> FetchedDispute:
    currency = found.currency.upper()
    return FetchedDispute(
        id=found.id,
        charge=_id(found.payment_intent) or _id(found.charge) or "",
        amount=Money(found.amount, currency),
        fee=Money(sum(one.fee for one in found.balance_transactions), currency),
        # anything else is not decided yet
        state=_DECIDED.get(found.status, DisputeState.OPEN),
    )


def _fee(intent: Any) -> Money | None:
    charge = getattr(intent, "latest_charge", None)
    movement = getattr(charge, "balance_transaction", None)
    if movement is None or isinstance(movement, str):
        return None
    return Money(movement.fee, movement.currency.upper())
