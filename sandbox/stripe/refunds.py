"""Money that goes back: refunds, and disputes."""

from sandbox.stripe import forms, object_shapes, objects
from sandbox.stripe.errors import StripeError, required
from sandbox.stripe.processor import Processor
from sandbox.values import JsonObject

DISPUTE_FEE = 1500


def create_refund(processor: Processor, params: JsonObject) -> JsonObject:
    """POST /v1/refunds: all that is left of a charge, or `amount`."""
    forms.only(
        params,
        "amount",
        "charge",
        "payment_intent",
        "reason",
        "metadata",
        "reverse_transfer",
        "refund_application_fee",
    )
    charge = _charge(processor, params)
    if not charge["captured"]:
        raise StripeError(
            "This charge has not been captured; cancel its PaymentIntent instead.",
            code="charge_not_refundable",
        )
    if charge["disputed"]:
        raise StripeError("This charge has been charged back.", code="charge_disputed")
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise StripeError(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    amount = forms.amount(params, "amount") or left
    if amount > left:
        raise StripeError(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
        )
    refund = objects.refund(of=charge, amount=amount, created=processor.now())
    refund["metadata"] = forms.metadata(params)
    refund["reason"] = _reason(params)
    movement = processor.store.add(_outgoing(processor, amount, 0, charge, "refund", refund["id"]))
    refund["balance_transaction"] = movement["id"]
    processor.store.add(refund)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    charge["refunds"]["data"].insert(0, refund)
    processor.emit("refund.created", refund)
    processor.emit("charge.refunded", charge)
    return refund


def update_refund(processor: Processor, params: JsonObject, refund_id: str) -> JsonObject:
    """POST /v1/refunds/{id}: its metadata."""
    forms.only(params, "metadata")
    refund = processor.store.get("refund", refund_id)
    refund["metadata"] = {**refund["metadata"], **forms.metadata(params)}
    processor.emit("refund.updated", refund)
    return refund


def open_dispute(processor: Processor, charge: JsonObject) -> JsonObject:
    """The cardholder disputes a charge: its amount and a fee leave the balance.

    Raises: StripeError when the charge is disputed already.
    """
    if charge["disputed"]:
        raise StripeError("This charge is disputed already.", status=409)
    charge["disputed"] = True
    dispute = object_shapes.dispute(charge=charge, created=processor.now())
    movement = processor.store.add(
        _outgoing(processor, charge["amount"], DISPUTE_FEE, charge, "adjustment", dispute["id"])
    )
    dispute["balance_transactions"] = [movement]
    processor.store.add(dispute)
    processor.emit("charge.dispute.created", dispute)
    processor.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(processor: Processor, params: JsonObject, dispute_id: str) -> JsonObject:
    """POST /v1/disputes/{id}/close: the dispute is accepted, which is to lose it."""
    forms.only(params)
    dispute = processor.store.get("dispute", dispute_id)
    if dispute["status"] != "needs_response":
        raise StripeError(f"This dispute ({dispute_id}) is closed already.")
    dispute["status"] = "lost"
    processor.emit("charge.dispute.closed", dispute)
    return dispute


def _charge(processor: Processor, params: JsonObject) -> JsonObject:
    charge_id = forms.text(params, "charge")
    intent_id = forms.text(params, "payment_intent")
    if charge_id:
        return processor.store.get("charge", charge_id, param="charge")
    if intent_id is None:
        raise required("payment_intent")
    intent = processor.store.get("payment_intent", intent_id, param="payment_intent")
    charge = processor.store.find(intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded":
        raise StripeError(
            f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return charge


def _reason(params: JsonObject) -> str | None:
    reason = forms.text(params, "reason")
    if reason not in (None, "duplicate", "fraudulent", "requested_by_customer"):
        raise StripeError(f"Invalid reason: {reason}", param="reason")
    return reason


def _outgoing(
    processor: Processor, amount: int, fee: int, charge: JsonObject, kind: str, source: str
) -> JsonObject:
    now = processor.now()
    return objects.balance_transaction(
        amount=-amount,
        fee=fee,
        currency=charge["currency"],
        kind=kind,
        source=source,
        created=now,
        available_on=now,
    )
