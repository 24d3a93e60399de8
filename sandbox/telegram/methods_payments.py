"""Invoices, pre-checkout, Stars."""

import secrets

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.invoices import invoice_part, pay_label, read_invoice
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.paying import decline, finish, tell_of_refund
from sandbox.telegram.posting import post
from sandbox.telegram.stars import STARS
from sandbox.telegram.subscriptions import PERIOD_S
from sandbox.values import JsonObject


async def send_invoice(call: Call) -> JsonObject:
    """sendInvoice."""
    invoice = read_invoice(call.args)
    markup = read_markup(call.args, inline_only=True, invoice=True)
    if markup.inline is None:
        button = {"text": pay_label(invoice), "pay": True}
        markup = Markup(inline={"inline_keyboard": [[button]]})
    return post(call, invoice_part(invoice), markup=markup, invoice=invoice)


async def create_invoice_link(call: Call) -> str:
    """createInvoiceLink."""
    invoice = read_invoice(call.args)
    period = call.args.integer("subscription_period", 0)
    if period and (period != PERIOD_S or invoice["currency"] != STARS):
        raise bad_request("SUBSCRIPTION_PERIOD_INVALID")
    if period:
        invoice["subscription_period"] = period
    link = f"https://t.me/${secrets.token_urlsafe(12)}"
    call.world.invoice_links[link] = invoice
    return link


async def answer_pre_checkout_query(call: Call) -> bool:
    """answerPreCheckoutQuery."""
    ok = call.args.flag("ok")
    reason = "" if ok else call.args.required("error_message")
    pending = call.world.queries.take_checkout(call.args.text("pre_checkout_query_id"))
    if pending is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if ok:
        finish(call.world, pending)
    else:
        decline(call.world, pending, reason)
    return True


async def refund_star_payment(call: Call) -> bool:
    """refundStarPayment."""
    person = call.args.integer("user_id", 0)
    if person <= 0:
        raise bad_request("invalid user_id specified")
    charge = call.world.charges.find(person, call.args.required("telegram_payment_charge_id"))
    if charge is None or charge.currency != STARS:
        raise bad_request("CHARGE_ID_INVALID")
    if charge.refunded_at is not None:
        raise bad_request("CHARGE_ALREADY_REFUNDED")
    charge.refunded_at = call.world.clock.timestamp()
    tell_of_refund(call.world, charge)
    return True


async def edit_user_star_subscription(call: Call) -> bool:
    """editUserStarSubscription."""
    person = call.args.integer("user_id", 0)
    if person <= 0:
        raise bad_request("invalid user_id specified")
    charge = call.args.required("telegram_payment_charge_id")
    found = call.world.subscriptions.find(person, charge)
    if found is None or found.over:
        raise bad_request("CHARGE_ID_INVALID")
    found.stopped_by_bot = call.args.flag("is_canceled")
    return True


async def get_star_transactions(call: Call) -> JsonObject:
    """getStarTransactions."""
    offset = call.args.integer("offset", 0, low=0)
    limit = call.args.integer("limit", 100, low=1, high=100)
    everything = call.world.charges.star_transactions()
    return {"transactions": everything[offset : offset + limit]}


METHODS = {
    "sendInvoice": send_invoice,
    "createInvoiceLink": create_invoice_link,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
    "refundStarPayment": refund_star_payment,
    "editUserStarSubscription": edit_user_star_subscription,
    "getStarTransactions": get_star_transactions,
}
