"""Our balance, connected accounts, and the transfers between them."""

from collections import defaultdict

from sandbox.stripe import forms, object_shapes, objects
from sandbox.stripe.errors import StripeError, required
from sandbox.stripe.processor import Processor
from sandbox.values import JsonObject

LINK_SECONDS = 300


def balance(processor: Processor) -> JsonObject:
    """GET /v1/balance, per currency; charges become available after two days."""
    available: dict[str, int] = defaultdict(int, {"usd": 0})
    pending: dict[str, int] = defaultdict(int, {"usd": 0})
    now = processor.now()
    for movement in processor.store.of_kind("balance_transaction"):
        part = available if movement["available_on"] <= now else pending
        part[movement["currency"]] += movement["net"]
    return {
        "object": "balance",
        "available": _per_currency(available),
        "connect_reserved": [{"amount": 0, "currency": "usd"}],
        "livemode": False,
        "pending": _per_currency(pending),
    }


def create_transfer(processor: Processor, params: JsonObject) -> JsonObject:
    """POST /v1/transfers, from the balance or out of the charge in `source_transaction`."""
    forms.only(
        params,
        "amount",
        "currency",
        "destination",
        "description",
        "metadata",
        "source_transaction",
        "transfer_group",
    )
    currency = forms.currency(params)
    destination = _able_to_receive(processor, forms.required_text(params, "destination"))
    source = forms.text(params, "source_transaction")
    amount = forms.amount(params, "amount")
    if source:
        charge = processor.store.get("charge", source, param="source_transaction")
        amount = amount or charge["amount"]
        _check_source(processor, charge, amount, currency)
    elif amount is None:
        raise required("amount")
    elif amount > _available(processor, currency):
        raise StripeError(
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
        )
    transfer = objects.transfer(
        amount=amount, currency=currency, destination=destination["id"], created=processor.now()
    )
    transfer |= {
        "metadata": forms.metadata(params),
        "description": forms.text(params, "description"),
        "source_transaction": source,
        "transfer_group": forms.text(params, "transfer_group"),
    }
    _move(processor, transfer, -amount, "transfer", source)
    processor.store.add(transfer)
    processor.emit("transfer.created", transfer)
    return transfer


def update_transfer(processor: Processor, params: JsonObject, transfer_id: str) -> JsonObject:
    """POST /v1/transfers/{id}: its description and metadata."""
    forms.only(params, "description", "metadata")
    transfer = processor.store.get("transfer", transfer_id)
    transfer["metadata"] = {**transfer["metadata"], **forms.metadata(params)}
    if "description" in params:
        transfer["description"] = forms.text(params, "description")
    processor.emit("transfer.updated", transfer)
    return transfer


def create_reversal(processor: Processor, params: JsonObject, transfer_id: str) -> JsonObject:
    """POST /v1/transfers/{id}/reversals: all that is left, or `amount`."""
    forms.only(params, "amount", "description", "metadata", "refund_application_fee")
    transfer = processor.store.get("transfer", transfer_id)
    left = transfer["amount"] - transfer["amount_reversed"]
    if left == 0:
        raise StripeError("This transfer has already been reversed.", code="transfer_reversed")
    amount = forms.amount(params, "amount") or left
    if amount > left:
        raise StripeError(
            f"Reversal amount ({amount}) is greater than the unreversed amount ({left}).",
            param="amount",
        )
    reversal = objects.transfer_reversal(of=transfer, amount=amount, created=processor.now())
    reversal["metadata"] = forms.metadata(params)
    _move(processor, reversal, amount, "transfer_refund", None)
    processor.store.add(reversal)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    processor.emit("transfer.reversed", transfer)
    return reversal


def create_account(processor: Processor, params: JsonObject) -> JsonObject:
    """POST /v1/accounts: a connected account, which can receive once it is onboarded."""
    forms.only(
        params,
        "type",
        "country",
        "email",
        "capabilities",
        "business_type",
        "business_profile",
        "controller",
        "metadata",
        "default_currency",
        "settings",
        "tos_acceptance",
    )
    kind = forms.text(params, "type") or "express"
    if kind not in ("standard", "express", "custom"):
        raise StripeError("Invalid type: must be one of standard, express, or custom", param="type")
    created = object_shapes.account(
        kind=kind,
        country=forms.text(params, "country") or "US",
        email=forms.text(params, "email"),
        created=processor.now(),
    )
    created["metadata"] = forms.metadata(params)
    created["business_type"] = forms.text(params, "business_type")
    wanted = forms.mapping(params, "capabilities") or {"transfers": {"requested": "true"}}
    created["capabilities"] = dict.fromkeys(wanted, "inactive")
    return processor.store.add(created)


def update_account(processor: Processor, params: JsonObject, account_id: str) -> JsonObject:
    """POST /v1/accounts/{id}: its e-mail and metadata."""
    forms.only(params, "email", "metadata", "business_type")
    account = processor.store.get("account", account_id)
    account["metadata"] = {**account["metadata"], **forms.metadata(params)}
    for name in ("email", "business_type"):
        if name in params:
            account[name] = forms.text(params, name)
    processor.emit("account.updated", account)
    return account


def create_account_link(processor: Processor, params: JsonObject, *, pages: str) -> JsonObject:
    """POST /v1/account_links: where the owner of an account finishes its onboarding."""
    forms.only(params, "account", "type", "refresh_url", "return_url", "collect")
    account_id = forms.required_text(params, "account")
    processor.store.get("account", account_id, param="account")
    if forms.required_text(params, "type") not in ("account_onboarding", "account_update"):
        raise StripeError("Invalid type", param="type")
    forms.required_text(params, "refresh_url")
    processor.return_urls[account_id] = forms.required_text(params, "return_url")
    now = processor.now()
    return {
        "object": "account_link",
        "created": now,
        "expires_at": now + LINK_SECONDS,
        "url": f"{pages}/{account_id}",
    }


def create_login_link(processor: Processor, account_id: str, *, pages: str) -> JsonObject:
    """POST /v1/accounts/{id}/login_links."""
    processor.store.get("account", account_id)
    return {
        "object": "login_link",
        "created": processor.now(),
        "url": f"{pages}/{account_id}",
    }


def onboard(processor: Processor, account_id: str) -> JsonObject:
    """The owner finished the onboarding page: the account can receive and pay out."""
    account = processor.store.get("account", account_id)
    account |= {
        "details_submitted": True,
        "charges_enabled": True,
        "payouts_enabled": True,
        "capabilities": dict.fromkeys(account["capabilities"], "active"),
        "requirements": object_shapes.requirements([]),
        "tos_acceptance": {"date": processor.now(), "ip": "127.0.0.1", "user_agent": None},
    }
    processor.emit("account.updated", account)
    return account


def _able_to_receive(processor: Processor, account_id: str) -> JsonObject:
    account = processor.store.find(account_id)
    if account is None or account["object"] != "account":
        raise StripeError(
            f"No such destination: '{account_id}'", code="resource_missing", param="destination"
        )
    if account["capabilities"].get("transfers") != "active":
        raise StripeError(
            "Your destination account needs to have at least one of the following capabilities "
            "enabled: transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    return account


def _check_source(processor: Processor, charge: JsonObject, amount: int, currency: str) -> None:
    if charge["currency"] != currency:
        raise StripeError(
            f"The currency of source_transaction's balance transaction ({charge['currency']}) "
            f"must be the same as the transfer currency ({currency})",
            param="currency",
        )
    used = sum(
        transfer["amount"]
        for transfer in processor.store.of_kind("transfer")
        if transfer["source_transaction"] == charge["id"]
    )
    if amount + used > charge["amount_captured"]:
        raise StripeError(
            "Your transfer amount is more than the remaining amount of the charge in "
            "source_transaction.",
            param="amount",
        )


def _available(processor: Processor, currency: str) -> int:
    parts: list[JsonObject] = balance(processor)["available"]
    return sum(part["amount"] for part in parts if part["currency"] == currency)


def _move(
    processor: Processor, thing: JsonObject, amount: int, kind: str, source: str | None
) -> None:
    now = processor.now()
    available_on = now
    if source:
        charge = processor.store.get("charge", source)
        earned = processor.store.find(charge["balance_transaction"] or "")
        available_on = earned["available_on"] if earned else now
    movement = objects.balance_transaction(
        amount=amount,
        fee=0,
        currency=thing["currency"],
        kind=kind,
        source=thing["id"],
        created=now,
        available_on=available_on,
    )
    processor.store.add(movement)
    thing["balance_transaction"] = movement["id"]


def _per_currency(amounts: dict[str, int]) -> list[JsonObject]:
    return [
        {"amount": amount, "currency": currency, "source_types": {"card": amount}}
        for currency, amount in sorted(amounts.items())
    ]
