"""Which address does what, under the names that the faults and the record of calls use."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sandbox.stripe import checkout, forms, intents, refunds, transfers
from sandbox.stripe.errors import StripeError
from sandbox.stripe.processor import Processor
from sandbox.stripe.store import page_of
from sandbox.values import JsonObject

_ID = r"([^/]+)"


@dataclass(frozen=True)
class Operation:
    """One address of the API: `run(processor, params, *ids, pages=…)`."""

    method: str
    path: str
    name: str
    run: Callable[..., JsonObject]


def _create_session(processor: Processor, params: JsonObject, *, pages: str) -> JsonObject:
    return checkout.create_session(processor, params, pages=f"{pages}/pay")


def _account_link(processor: Processor, params: JsonObject, *, pages: str) -> JsonObject:
    return transfers.create_account_link(processor, params, pages=f"{pages}/onboard")


def _login_link(
    processor: Processor, params: JsonObject, account_id: str, *, pages: str
) -> JsonObject:
    forms.only(params)
    return transfers.create_login_link(processor, account_id, pages=f"{pages}/onboard")


def _balance(processor: Processor, params: JsonObject, *, pages: str) -> JsonObject:
    forms.only(params)
    return transfers.balance(processor)


def _line_items(
    processor: Processor, params: JsonObject, session_id: str, *, pages: str
) -> JsonObject:
    items = checkout.line_items(processor, params, session_id)
    return page_of(items, params, f"/v1/checkout/sessions/{session_id}/line_items")


def _reversals(
    processor: Processor, params: JsonObject, transfer_id: str, *, pages: str
) -> JsonObject:
    processor.store.get("transfer", transfer_id)
    made = [
        reversal
        for reversal in processor.store.of_kind("transfer_reversal")
        if reversal["transfer"] == transfer_id
    ]
    return page_of(made, params, f"/v1/transfers/{transfer_id}/reversals")


def _reversal(
    processor: Processor, params: JsonObject, transfer_id: str, reversal_id: str, *, pages: str
) -> JsonObject:
    forms.only(params)
    processor.store.get("transfer", transfer_id)
    return processor.store.get("transfer_reversal", reversal_id)


def _retrieve(
    kind: str, processor: Processor, params: JsonObject, object_id: str, *, pages: str
) -> JsonObject:
    forms.only(params)
    return processor.store.get(kind, object_id)


def _list(
    kind: str,
    path: str,
    filters: tuple[str, ...],
    processor: Processor,
    params: JsonObject,
    *,
    pages: str,
) -> JsonObject:
    forms.only(params, "limit", "starting_after", "ending_before", "created", *filters)
    chosen = [
        thing
        for thing in processor.store.of_kind(kind)
        if all(thing[name] == params[name] for name in filters if name in params)
        and _within(thing["created"], params.get("created"))
    ]
    return page_of(chosen, params, f"/v1/{path}")


def _within(created: int, bounds: object) -> bool:
    if bounds is None:
        return True
    if isinstance(bounds, str):
        return created == int(bounds)
    if not isinstance(bounds, dict):
        raise StripeError("Invalid created", param="created")
    return (
        created >= int(bounds.get("gte", 0))
        and created > int(bounds.get("gt", -1))
        and created <= int(bounds.get("lte", 2**62))
        and created < int(bounds.get("lt", 2**62))
    )


def _on(run: Callable[..., JsonObject]) -> Callable[..., JsonObject]:
    def without_pages(
        processor: Processor, params: JsonObject, *ids: str, pages: str
    ) -> JsonObject:
        return run(processor, params, *ids)

    return without_pages


def _readable(kind: str, path: str, *filters: str) -> list[Operation]:
    name = path.replace("/", ".")
    return [
        Operation("GET", path, f"{name}.list", partial(_list, kind, path, filters)),
        Operation("GET", f"{path}/{_ID}", f"{name}.retrieve", partial(_retrieve, kind)),
    ]


def _writing(path: str, name: str, run: Callable[..., JsonObject]) -> Operation:
    return Operation("POST", path, name, run)


OPERATIONS = [
    _writing("checkout/sessions", "checkout.sessions.create", _create_session),
    Operation(
        "GET",
        f"checkout/sessions/{_ID}/line_items",
        "checkout.sessions.list_line_items",
        _line_items,
    ),
    _writing(
        f"checkout/sessions/{_ID}/expire",
        "checkout.sessions.expire",
        _on(checkout.expire_session),
    ),
    *_readable("checkout.session", "checkout/sessions", "payment_intent", "status"),
    _writing("payment_intents", "payment_intents.create", _on(intents.create_intent)),
    _writing(
        f"payment_intents/{_ID}/confirm", "payment_intents.confirm", _on(intents.confirm_intent)
    ),
    _writing(
        f"payment_intents/{_ID}/capture", "payment_intents.capture", _on(intents.capture_intent)
    ),
    _writing(f"payment_intents/{_ID}/cancel", "payment_intents.cancel", _on(intents.cancel_intent)),
    _writing(f"payment_intents/{_ID}", "payment_intents.update", _on(intents.update_intent)),
    *_readable("payment_intent", "payment_intents"),
    *_readable("charge", "charges", "payment_intent", "transfer_group"),
    _writing("refunds", "refunds.create", _on(refunds.create_refund)),
    _writing(f"refunds/{_ID}", "refunds.update", _on(refunds.update_refund)),
    *_readable("refund", "refunds", "charge", "payment_intent"),
    _writing(f"disputes/{_ID}/close", "disputes.close", _on(refunds.close_dispute)),
    *_readable("dispute", "disputes", "charge", "payment_intent"),
    Operation("GET", "balance", "balance.retrieve", _balance),
    *_readable("balance_transaction", "balance_transactions", "type", "source", "currency"),
    _writing("accounts", "accounts.create", _on(transfers.create_account)),
    _writing(f"accounts/{_ID}/login_links", "accounts.create_login_link", _login_link),
    _writing(f"accounts/{_ID}", "accounts.update", _on(transfers.update_account)),
    *_readable("account", "accounts"),
    _writing("account_links", "account_links.create", _account_link),
    _writing("transfers", "transfers.create", _on(transfers.create_transfer)),
    _writing(
        f"transfers/{_ID}/reversals", "transfers.reversals.create", _on(transfers.create_reversal)
    ),
    Operation("GET", f"transfers/{_ID}/reversals", "transfers.reversals.list", _reversals),
    Operation("GET", f"transfers/{_ID}/reversals/{_ID}", "transfers.reversals.retrieve", _reversal),
    _writing(f"transfers/{_ID}", "transfers.update", _on(transfers.update_transfer)),
    *_readable("transfer", "transfers", "destination", "transfer_group"),
    *_readable("event", "events", "type"),
]
