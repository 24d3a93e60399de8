"""PaymentIntents and the charges they make."""

from datetime import timedelta

from sandbox.stripe import forms, objects
from sandbox.stripe.errors import StripeError, required
from sandbox.stripe.processor import HOLD_S, Processor
from sandbox.values import JsonObject

SETTLING = timedelta(days=2)
FEE_PER_MILLE = 29
FEE_FIXED = 30
_DECLINED = "pm_card_chargeDeclined"
DECLINE_MESSAGE = "Your card was declined."


def create_intent(processor: Processor, params: JsonObject) -> JsonObject:
    """POST /v1/payment_intents."""
    forms.only(
        params,
        "amount",
        "currency",
        "automatic_payment_methods",
        "capture_method",
        "confirm",
        "customer",
        "description",
        "metadata",
        "off_session",
        "payment_method",
        "payment_method_types",
        "receipt_email",
        "return_url",
        "setup_future_usage",
        "transfer_group",
    )
    amount = forms.amount(params, "amount")
    if amount is None:
        raise required("amount")
    currency = forms.currency(params)
    if amount < 50:
        raise StripeError(
            "Amount must be at least $0.50 usd", code="amount_too_small", param="amount"
        )
    intent = objects.payment_intent(amount=amount, currency=currency, created=processor.now())
    fill_intent(intent, params)
    processor.store.add(intent)
    processor.emit("payment_intent.created", intent)
    if params.get("confirm") == "true":
        return confirm_intent(processor, params, intent["id"])
    return intent


def fill_intent(intent: JsonObject, params: JsonObject) -> None:
    """Put what the caller said about a payment on its PaymentIntent.

    Raises: StripeError for an unknown capture method or too much metadata.
    """
    intent["metadata"] = forms.metadata(params)
    for name in ("description", "receipt_email", "transfer_group", "setup_future_usage"):
        intent[name] = forms.text(params, name)
    capture = forms.text(params, "capture_method")
    if capture:
        if capture not in ("automatic", "automatic_async", "manual"):
            raise StripeError(f"Invalid capture_method: {capture}", param="capture_method")
        intent["capture_method"] = capture
    automatic = forms.mapping(params, "automatic_payment_methods")
    if automatic:
        intent["automatic_payment_methods"] = {"enabled": automatic.get("enabled") == "true"}
    if forms.text(params, "payment_method"):
        intent["payment_method"] = params["payment_method"]
        intent["status"] = "requires_confirmation"


def update_intent(processor: Processor, params: JsonObject, intent_id: str) -> JsonObject:
    """POST /v1/payment_intents/{id}: its description and metadata."""
    forms.only(params, "description", "metadata", "receipt_email", "transfer_group")
    intent = processor.store.get("payment_intent", intent_id)
    given = forms.mapping(params, "metadata")
    merged = {**intent["metadata"], **given}
    intent["metadata"] = {key: value for key, value in merged.items() if value != ""}
    for name in ("description", "receipt_email", "transfer_group"):
        if name in params:
            intent[name] = forms.text(params, name)
    return intent


def confirm_intent(processor: Processor, params: JsonObject, intent_id: str) -> JsonObject:
    """POST /v1/payment_intents/{id}/confirm; the card `pm_card_chargeDeclined` is declined."""
    intent = processor.store.get("payment_intent", intent_id)
    if intent["status"] not in ("requires_payment_method", "requires_confirmation"):
        raise _wrong_state(intent, "confirm")
    method = forms.text(params, "payment_method") or intent["payment_method"]
    if method is None:
        raise StripeError(
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
        )
    if method == _DECLINED:
        fail(processor, intent)
        raise StripeError(
            DECLINE_MESSAGE,
            status=402,
            kind="card_error",
            code="card_declined",
            extra={"decline_code": "generic_decline", "payment_intent": intent},
        )
    succeed(processor, intent, email=intent["receipt_email"])
    return intent


def capture_intent(processor: Processor, params: JsonObject, intent_id: str) -> JsonObject:
    """POST /v1/payment_intents/{id}/capture, all of it or `amount_to_capture`."""
    forms.only(params, "amount_to_capture", "metadata")
    intent = processor.store.get("payment_intent", intent_id)
    if intent["status"] != "requires_capture":
        raise _wrong_state(intent, "capture")
    amount = forms.amount(params, "amount_to_capture") or intent["amount_capturable"]
    if amount > intent["amount_capturable"]:
        raise StripeError(
            "The amount to capture is larger than the capturable amount.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    _capture(processor, intent, amount)
    return intent


def cancel_intent(processor: Processor, params: JsonObject, intent_id: str) -> JsonObject:
    """POST /v1/payment_intents/{id}/cancel: releases what was only authorised."""
    forms.only(params, "cancellation_reason")
    intent = processor.store.get("payment_intent", intent_id)
    if intent["status"] in ("succeeded", "canceled"):
        raise _wrong_state(intent, "cancel")
    intent["status"] = "canceled"
    intent["canceled_at"] = processor.now()
    intent["cancellation_reason"] = forms.text(params, "cancellation_reason")
    intent["amount_capturable"] = 0
    processor.emit("payment_intent.canceled", intent)
    return intent


def release_due(processor: Processor) -> None:
    """Holds on cards that nobody captured in time end."""
    now = processor.now()
    for intent in processor.store.of_kind("payment_intent"):
        if intent["status"] == "requires_capture" and intent["created"] + HOLD_S <= now:
            cancel_intent(processor, {"cancellation_reason": "automatic"}, intent["id"])


def succeed(processor: Processor, intent: JsonObject, *, email: str | None) -> None:
    """The card is charged, or only authorised where the capture is manual."""
    charge = objects.charge(intent=intent, created=processor.now(), email=email)
    processor.store.add(charge)
    intent["latest_charge"] = charge["id"]
    intent["payment_method"] = charge["payment_method"]
    intent["last_payment_error"] = None
    if intent["capture_method"] == "manual":
        intent["status"] = "requires_capture"
        intent["amount_capturable"] = intent["amount"]
        processor.emit("charge.succeeded", charge)
        processor.emit("payment_intent.amount_capturable_updated", intent)
        return
    _capture(processor, intent, intent["amount"])


def fail(processor: Processor, intent: JsonObject) -> None:
    """The card is declined; the payment can be tried again."""
    charge = objects.charge(intent=intent, created=processor.now(), email=None)
    charge |= {
        "paid": False,
        "status": "failed",
        "failure_code": "card_declined",
        "failure_message": DECLINE_MESSAGE,
        "outcome": {
            **charge["outcome"],
            "network_status": "declined_by_network",
            "reason": "generic_decline",
            "seller_message": "The bank did not return any further details with this decline.",
            "type": "issuer_declined",
        },
    }
    processor.store.add(charge)
    intent["status"] = "requires_payment_method"
    intent["latest_charge"] = charge["id"]
    intent["last_payment_error"] = {
        "type": "card_error",
        "code": "card_declined",
        "decline_code": "generic_decline",
        "message": DECLINE_MESSAGE,
        "charge": charge["id"],
    }
    processor.emit("charge.failed", charge)
    processor.emit("payment_intent.payment_failed", intent)


def fee(amount: int) -> int:
    """What the processor keeps of a charge, in minor units."""
    return (amount * FEE_PER_MILLE + 500) // 1000 + FEE_FIXED


def _capture(processor: Processor, intent: JsonObject, amount: int) -> None:
    now = processor.now()
    was_authorised = intent["status"] == "requires_capture"
    charge = processor.store.get("charge", intent["latest_charge"])
    movement = objects.balance_transaction(
        amount=amount,
        fee=fee(amount),
        currency=intent["currency"],
        kind="charge",
        source=charge["id"],
        created=now,
        available_on=now + int(SETTLING.total_seconds()),
    )
    processor.store.add(movement)
    charge |= {
        "captured": True,
        "amount_captured": amount,
        "amount_refunded": charge["amount"] - amount,
        "balance_transaction": movement["id"],
    }
    intent |= {"status": "succeeded", "amount_received": amount, "amount_capturable": 0}
    processor.emit("charge.captured" if was_authorised else "charge.succeeded", charge)
    processor.emit("payment_intent.succeeded", intent)


def _wrong_state(intent: JsonObject, verb: str) -> StripeError:
    return StripeError(
        f"This PaymentIntent cannot be used to {verb} because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
        extra={"payment_intent": intent},
    )
