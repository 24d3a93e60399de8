"""A payment inside Telegram, from the tap on "Pay" to the service message."""

import asyncio
import secrets

from kernel.ids import new_id
from sandbox.people import Person
from sandbox.stripe.intents import fill_intent, succeed
from sandbox.stripe.objects import payment_intent
from sandbox.telegram.chats import StoredMessage
from sandbox.telegram.queries import CHECKOUT_SECONDS, PendingCheckout
from sandbox.telegram.stars import STARS, Charge
from sandbox.telegram.subscriptions import Subscription
from sandbox.values import JsonObject
from sandbox.world import World

OUTCOMES = ("pay", "decline", "wrong_amount")


def begin(
    world: World, person: Person, invoice: JsonObject, *, outcome: str, message_id: int | None
) -> str:
    """Ask the bot whether it takes this payment; returns the pre-checkout query's id.

    `wrong_amount` asks for another amount than the invoice's, as a forged payment would.
    """
    amount = invoice["total_amount"] + (1 if outcome == "wrong_amount" else 0)
    query_id = world.queries.checkout(person.id, invoice, amount, outcome, message_id)
    world.updates.add(
        "pre_checkout_query",
        {
            "id": query_id,
            "from": person.as_user(),
            "currency": invoice["currency"],
            "total_amount": amount,
            "invoice_payload": invoice["payload"],
        },
        copies=world.faults.repeat_updates,
    )
    asyncio.get_running_loop().call_later(CHECKOUT_SECONDS, _expire, world, query_id)
    return query_id


def finish(world: World, pending: PendingCheckout) -> None:
    """The bot said yes: the money is taken, unless the card is declined."""
    person = world.people.get(pending.person_id)
    if person is None:
        return
    if pending.outcome == "decline":
        decline(world, pending, "The card was declined.")
        return
    charge = _charge(world, person, pending.invoice, pending.amount)
    _mark_paid(world, pending)
    if not charge.subscription_period:
        _tell_of_payment(world, person, charge, {})
        return
    until = charge.date + charge.subscription_period
    world.subscriptions.add(Subscription(person.id, pending.invoice, until, [charge.id]))
    first = {
        "is_recurring": True,
        "is_first_recurring": True,
        "subscription_expiration_date": until,
    }
    _tell_of_payment(world, person, charge, first)


def renew_due(world: World) -> None:
    """Subscriptions whose time is over are paid again, or end where somebody stopped them."""
    for one in list(world.subscriptions.due(world.clock.timestamp())):
        person = world.people.get(one.person_id)
        if person is None or not one.renews:
            one.over = True
            continue
        charge = _charge(world, person, one.invoice, one.invoice["total_amount"])
        one.charges.append(charge.id)
        one.expires_at += charge.subscription_period
        again = {"is_recurring": True, "subscription_expiration_date": one.expires_at}
        _tell_of_payment(world, person, charge, again)


def _charge(world: World, person: Person, invoice: JsonObject, amount: int) -> Charge:
    charge = Charge(
        id=f"ch{new_id()}{secrets.token_hex(8)}",
        provider_id=_charged(world, invoice["currency"], amount),
        person=person.as_user(),
        currency=invoice["currency"],
        amount=amount,
        payload=invoice["payload"],
        date=world.clock.timestamp(),
        subscription_period=invoice.get("subscription_period", 0),
    )
    world.charges.add(charge)
    return charge


def _tell_of_payment(world: World, person: Person, charge: Charge, more: JsonObject) -> None:
    paid = {
        "currency": charge.currency,
        "total_amount": charge.amount,
        "invoice_payload": charge.payload,
        "telegram_payment_charge_id": charge.id,
        "provider_payment_charge_id": charge.provider_id,
    }
    _service_message(world, person, {"successful_payment": paid | more})


def _charged(world: World, currency: str, amount: int) -> str:
    """The charge at the card processor, which is the provider of invoices; Stars have none."""
    if currency == STARS:
        return f"pv_{secrets.token_hex(12)}"
    processor = world.stripe
    intent = payment_intent(amount=amount, currency=currency.lower(), created=processor.now())
    fill_intent(intent, {})
    processor.store.add(intent)
    succeed(processor, intent, email=None)
    return str(intent["latest_charge"])


def decline(world: World, pending: PendingCheckout, reason: str) -> None:
    """The payment does not happen: the person is told why, the bot hears nothing more."""
    world.chats.toast(pending.person_id, {"text": reason, "alert": True, "payment_failed": True})


def tell_of_refund(world: World, charge: Charge) -> None:
    """The service message about Stars given back."""
    person = world.people.get(charge.person["id"])
    if person is None:
        return
    refunded = {
        "currency": charge.currency,
        "total_amount": charge.amount,
        "invoice_payload": charge.payload,
        "telegram_payment_charge_id": charge.id,
        "provider_payment_charge_id": charge.provider_id,
    }
    _service_message(world, person, {"refunded_payment": refunded})


def _expire(world: World, query_id: str) -> None:
    pending = world.queries.expire_checkout(query_id)
    if pending is not None:
        decline(world, pending, "The bot did not answer in time. You were not charged.")


def _mark_paid(world: World, pending: PendingCheckout) -> None:
    if pending.message_id is None:
        return
    message = world.chats.find(pending.person_id, pending.message_id)
    if message is not None and message.invoice is not None:
        message.invoice = {**message.invoice, "paid": True}
        world.chats.touch(message)


def _service_message(world: World, person: Person, content: JsonObject) -> None:
    body: JsonObject = {
        "message_id": world.chats.next_message_id(),
        "from": person.as_user(),
        "chat": person.as_chat(),
        "date": world.clock.timestamp(),
        **content,
    }
    world.chats.add(StoredMessage(chat_id=person.id, body=body))
    world.updates.add("message", body, copies=world.faults.repeat_updates)
