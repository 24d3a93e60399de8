"""Checkout Sessions: the link to a payment page, and what happens there."""

from sandbox.stripe import forms, intents, object_shapes, objects
from sandbox.stripe.errors import StripeError, required
from sandbox.stripe.processor import Processor
from sandbox.stripe.refunds import open_dispute
from sandbox.stripe.store import new_object_id
from sandbox.values import JsonObject

SHORTEST_S = 30 * 60
LONGEST_S = 24 * 3600
OUTCOMES = ("pay", "decline", "abandon", "dispute")
SMALLEST_AMOUNT = 50
_KNOWN = (
    "adaptive_pricing",
    "allow_promotion_codes",
    "automatic_tax",
    "billing_address_collection",
    "cancel_url",
    "client_reference_id",
    "consent_collection",
    "currency",
    "custom_text",
    "customer_creation",
    "customer_email",
    "expires_at",
    "invoice_creation",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "payment_method_types",
    "phone_number_collection",
    "submit_type",
    "success_url",
    "ui_mode",
)


def create_session(processor: Processor, params: JsonObject, *, pages: str) -> JsonObject:
    """POST /v1/checkout/sessions; `pages` is the address below which its page lies."""
    forms.only(params, *_KNOWN)
    now = processor.now()
    if forms.text(params, "mode") != "payment":
        raise StripeError("You must provide one of: payment (for mode).", param="mode")
    session = object_shapes.checkout_session(created=now, expires_at=_expiry(params, now))
    items = _line_items(params)
    total = sum(item["amount_total"] for item in items)
    currency = items[0]["currency"]
    if total < SMALLEST_AMOUNT:
        raise StripeError(
            f"The Checkout Session's total amount due must add up to at least $0.50 {currency}",
            code="amount_too_small",
        )
    session |= {
        "amount_subtotal": total,
        "amount_total": total,
        "currency": currency,
        "success_url": forms.required_text(params, "success_url"),
        "metadata": forms.metadata(params),
        "url": f"{pages}/{session['id']}",
    }
    for name in ("cancel_url", "client_reference_id", "customer_email", "locale", "submit_type"):
        session[name] = forms.text(params, name)
    data = forms.mapping(params, "payment_intent_data")
    intents.fill_intent(objects.payment_intent(amount=total, currency=currency, created=now), data)
    processor.store.add(session)
    processor.line_items[session["id"]] = items
    processor.intent_data[session["id"]] = data
    return session


def expire_session(processor: Processor, params: JsonObject, session_id: str) -> JsonObject:
    """POST /v1/checkout/sessions/{id}/expire."""
    forms.only(params)
    session = processor.store.get("checkout.session", session_id)
    if session["status"] != "open":
        raise StripeError(
            "Only Checkout Sessions with a status in ['open'] can be expired. "
            f"This Checkout Session has a status of {session['status']}."
        )
    _expire(processor, session)
    return session


def expire_due(processor: Processor) -> None:
    """End all sessions whose time is over."""
    now = processor.now()
    for session in processor.store.of_kind("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= now:
            _expire(processor, session)


def settle(processor: Processor, session_id: str, outcome: str) -> JsonObject:
    """What the person does on the payment page: one of OUTCOMES.

    A declined card leaves the session open, so does leaving the page. A dispute comes after the
    payment, which it makes first where there is none.

    Raises: StripeError when the session cannot be paid any more.
    """
    expire_due(processor)
    session = processor.store.get("checkout.session", session_id)
    match outcome:
        case "pay":
            _pay(processor, session)
        case "decline":
            _open_only(session)
            intents.fail(processor, _intent(processor, session))
        case "dispute":
            if session["status"] == "open":
                _pay(processor, session)
            intent = processor.store.get("payment_intent", session["payment_intent"] or "")
            open_dispute(processor, processor.store.get("charge", intent["latest_charge"]))
        case "abandon":
            pass
        case _:
            raise StripeError(f"outcome is one of {', '.join(OUTCOMES)}", param="outcome")
    return session


def line_items(processor: Processor, params: JsonObject, session_id: str) -> list[JsonObject]:
    """What is sold by a session."""
    forms.only(params, "limit", "starting_after", "ending_before")
    processor.store.get("checkout.session", session_id)
    return processor.line_items[session_id]


def _pay(processor: Processor, session: JsonObject) -> None:
    _open_only(session)
    email = session["customer_email"] or "customer@example.com"
    intent = _intent(processor, session)
    intents.succeed(processor, intent, email=email)
    session |= {
        "status": "complete",
        "payment_status": "unpaid" if intent["status"] == "requires_capture" else "paid",
        "customer_details": object_shapes.customer_details(email),
        "url": None,
    }
    processor.emit("checkout.session.completed", session)


def _intent(processor: Processor, session: JsonObject) -> JsonObject:
    if session["payment_intent"]:
        return processor.store.get("payment_intent", session["payment_intent"])
    intent = objects.payment_intent(
        amount=session["amount_total"], currency=session["currency"], created=processor.now()
    )
    intents.fill_intent(intent, processor.intent_data[session["id"]])
    processor.store.add(intent)
    session["payment_intent"] = intent["id"]
    processor.emit("payment_intent.created", intent)
    return intent


def _open_only(session: JsonObject) -> None:
    if session["status"] != "open":
        raise StripeError(f"This Checkout Session is {session['status']}.", status=409)


def _expire(processor: Processor, session: JsonObject) -> None:
    session |= {"status": "expired", "url": None}
    if session["payment_intent"]:
        intents.cancel_intent(processor, {}, session["payment_intent"])
    processor.emit("checkout.session.expired", session)


def _expiry(params: JsonObject, now: int) -> int:
    expires_at = forms.integer(params, "expires_at")
    if expires_at is None:
        return now + LONGEST_S
    if expires_at < now + SHORTEST_S:
        raise StripeError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session "
            "creation.",
            param="expires_at",
        )
    if expires_at > now + LONGEST_S:
        raise StripeError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return expires_at


def _line_items(params: JsonObject) -> list[JsonObject]:
    listed = params.get("line_items")
    if not isinstance(listed, list) or not listed:
        raise required("line_items")
    items = [_line_item(item, f"line_items[{place}]") for place, item in enumerate(listed)]
    if len({item["currency"] for item in items}) > 1:
        raise StripeError("All line items must have the same currency.", param="line_items")
    return items


def _line_item(item: JsonObject, place: str) -> JsonObject:
    if not isinstance(item, dict):
        raise StripeError(f"Invalid object: {place}", param=place)
    price = forms.mapping(item, "price_data")
    if not price:
        raise required(f"{place}[price_data]")
    product = forms.mapping(price, "product_data")
    name = forms.text(product, "name")
    if name is None:
        raise required(f"{place}[price_data][product_data][name]")
    unit = forms.integer(price, "unit_amount", label=f"{place}[price_data][unit_amount]")
    if unit is None:
        raise required(f"{place}[price_data][unit_amount]")
    if unit < 0:
        raise StripeError("Invalid non-negative integer", param=f"{place}[price_data][unit_amount]")
    quantity = forms.amount(item, "quantity", label=f"{place}[quantity]")
    if quantity is None:
        raise required(f"{place}[quantity]")
    amount = unit * quantity
    return {
        "id": new_object_id("line_item"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": forms.currency(price, f"{place}[price_data][currency]"),
        "description": name,
        "price": None,
        "quantity": quantity,
    }
