"""The card processor, driven by the official library."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import stripe

from sandbox.stripe.processor import WEBHOOK_SECRET
from tests.sandbox.kit import Product, Sandbox
from tests.sandbox.spec import DATA

ITEM: dict[str, Any] = {
    "price_data": {
        "currency": "usd",
        "unit_amount": 9000,
        "product_data": {"name": "60 minutes with Amara Lindqvist"},
    },
    "quantity": 1,
}
Client = Any
"""stripe.StripeClient, without the typed dictionaries of its parameters."""
CHECKOUT: dict[str, Any] = {
    "mode": "payment",
    "line_items": [ITEM],
    "success_url": "https://shop.example/paid?s={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://shop.example/back",
    "metadata": {"payment": "p1"},
}


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[stripe.StripeClient]:
    """The official client, told nothing but the address."""
    http = stripe.AIOHTTPClient()
    yield stripe.StripeClient(
        "sk_test_any",
        base_addresses={"api": f"{sandbox.url}/stripe"},
        http_client=http,
        max_network_retries=0,
    )
    await http.close_async()  # type: ignore[no-untyped-call]


async def _paid(sandbox: Sandbox, client: Client, **extra: Any) -> Any:
    session = await client.v1.checkout.sessions.create_async({**CHECKOUT, **extra})
    await sandbox.post(f"stripe/{session.id}", outcome="pay")
    return await client.v1.checkout.sessions.retrieve_async(session.id)


async def _ready_account(sandbox: Sandbox, client: Client) -> str:
    account = await client.v1.accounts.create_async({"type": "express", "email": "a@b.example"})
    link = await client.v1.account_links.create_async(
        {
            "account": account.id,
            "type": "account_onboarding",
            "refresh_url": "https://shop.example/again",
            "return_url": "https://shop.example/ready",
        }
    )
    onboarded = await sandbox.http.post(link.url)
    assert onboarded.headers["location"] == "https://shop.example/ready"
    return str(account.id)


async def _types(client: Client) -> list[str]:
    events = await client.v1.events.list_async({"limit": 100})
    return [event.type for event in reversed(events.data)]


async def test_a_paid_session(sandbox: Sandbox, client: Client) -> None:
    session = await client.v1.checkout.sessions.create_async(
        {**CHECKOUT, "client_reference_id": "r"}
    )
    assert (session.status, session.payment_status, session.amount_total) == (
        "open",
        "unpaid",
        9000,
    )
    assert session.url == f"{sandbox.url}/stripe/pay/{session.id}"
    assert session.expires_at - session.created == 24 * 3600
    await sandbox.post(f"stripe/{session.id}", outcome="pay")
    paid = await client.v1.checkout.sessions.retrieve_async(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
    )
    assert (paid.status, paid.payment_status, paid.metadata["payment"]) == (
        "complete",
        "paid",
        "p1",
    )
    charge = paid.payment_intent.latest_charge
    assert (charge.amount_captured, charge.balance_transaction.net) == (9000, 9000 - 261 - 30)
    items = await client.v1.checkout.sessions.line_items.list_async(session.id)
    assert items.data[0].description == "60 minutes with Amara Lindqvist"
    assert await _types(client) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


async def test_webhooks_are_signed_with_real_time_and_retried(
    sandbox: Sandbox, client: Client, product: Product
) -> None:
    product.statuses = [500]
    await sandbox.post("clock", advance="P30D")
    session = await _paid(sandbox, client)
    requests = await product.until(5)
    events = [
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], WEBHOOK_SECRET)
        for headers, body in requests
    ]
    assert {event.type for event in events} == {
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    }
    completed = next(event for event in events if event.type == "checkout.session.completed")
    assert completed.data.object["id"] == session.id
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(
            requests[0][1] + b" ", requests[0][0]["Stripe-Signature"], WEBHOOK_SECRET
        )


async def test_dropped_webhooks_never_come(
    sandbox: Sandbox, client: Client, product: Product
) -> None:
    await sandbox.post("faults", drop_webhooks=True)
    session = await _paid(sandbox, client)
    await sandbox.post("faults", drop_webhooks=False)
    await client.v1.refunds.create_async({"payment_intent": session.payment_intent})
    requests = await product.until(2)
    assert {json.loads(body)["type"] for _, body in requests} == {
        "refund.created",
        "charge.refunded",
    }
    assert len(await _types(client)) == 6


async def test_a_declined_card_leaves_the_session_open(sandbox: Sandbox, client: Client) -> None:
    session = await client.v1.checkout.sessions.create_async(CHECKOUT)
    await sandbox.post(f"stripe/{session.id}", outcome="decline")
    declined = await client.v1.checkout.sessions.retrieve_async(
        session.id, {"expand": ["payment_intent"]}
    )
    assert (declined.status, declined.payment_intent.status) == ("open", "requires_payment_method")
    assert declined.payment_intent.last_payment_error.code == "card_declined"
    await sandbox.post(f"stripe/{session.id}", outcome="pay")
    paid = await client.v1.checkout.sessions.retrieve_async(session.id)
    assert (paid.payment_status, paid.payment_intent) == ("paid", declined.payment_intent.id)


async def test_sessions_expire_by_the_sandbox_clock(
    sandbox: Sandbox, client: Client, product: Product
) -> None:
    now = (await client.v1.checkout.sessions.create_async(CHECKOUT)).created
    session = await client.v1.checkout.sessions.create_async({**CHECKOUT, "expires_at": now + 1900})
    await sandbox.post("clock", advance="PT31M")
    assert (await client.v1.checkout.sessions.retrieve_async(session.id)).status == "open"
    state = await sandbox.post("clock", to="next")
    assert (await client.v1.checkout.sessions.retrieve_async(session.id)).status == "expired"
    assert "next_due" in state
    requests = await product.until(1)
    assert json.loads(requests[0][1])["type"] == "checkout.session.expired"
    response = await sandbox.http.post(f"/sandbox/api/stripe/{session.id}", json={"outcome": "pay"})
    assert response.status_code == 409


async def test_an_expired_session_says_so_on_its_page(sandbox: Sandbox, client: Client) -> None:
    session = await client.v1.checkout.sessions.create_async(CHECKOUT)
    expired = await client.v1.checkout.sessions.expire_async(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    page = await sandbox.http.get(f"/stripe/pay/{session.id}")
    assert "expired" in page.text
    with pytest.raises(stripe.InvalidRequestError, match="Only Checkout Sessions"):
        await client.v1.checkout.sessions.expire_async(session.id)


async def test_the_payment_page(sandbox: Sandbox, client: Client) -> None:
    evil = {**ITEM["price_data"], "product_data": {"name": "<script>alert(1)</script>"}}
    session = await client.v1.checkout.sessions.create_async(
        {**CHECKOUT, "line_items": [{"price_data": evil, "quantity": 2}]}
    )
    page = await sandbox.http.get(session.url)
    assert "$180.00" in page.text
    assert "<script>" not in page.text
    left = await sandbox.http.post(session.url, data={"outcome": "abandon"})
    assert left.headers["location"] == "https://shop.example/back"
    declined = await sandbox.http.post(session.url, data={"outcome": "decline"})
    assert "declined" in declined.text
    paid = await sandbox.http.post(session.url, data={"outcome": "pay"})
    assert paid.status_code == 303
    assert paid.headers["location"] == f"https://shop.example/paid?s={session.id}"
    assert "has been paid" in (await sandbox.http.get(f"/stripe/pay/{session.id}")).text
    assert (await sandbox.http.get("/stripe/pay/cs_test_none")).status_code == 404


async def test_refunds_in_parts_until_nothing_is_left(sandbox: Sandbox, client: Client) -> None:
    session = await _paid(sandbox, client)
    asked: Any = {"payment_intent": session.payment_intent, "amount": 4000}
    refund = await client.v1.refunds.create_async({**asked, "reason": "requested_by_customer"})
    assert (refund.status, refund.amount) == ("succeeded", 4000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        await client.v1.refunds.create_async({**asked, "amount": 5001})
    await client.v1.refunds.create_async({"payment_intent": session.payment_intent})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await client.v1.refunds.create_async(asked)
    assert caught.value.code == "charge_already_refunded"
    charge = await client.v1.charges.retrieve_async(refund.charge)
    assert (charge.refunded, charge.amount_refunded) == (True, 9000)
    listed = await client.v1.refunds.list_async({"payment_intent": session.payment_intent})
    assert [part.amount for part in listed.data] == [5000, 4000]


async def test_a_card_hold_is_captured_or_released(client: Client) -> None:
    hold: Any = {
        "amount": 5000,
        "currency": "usd",
        "capture_method": "manual",
        "payment_method": "pm_card_visa",
        "confirm": True,
    }
    held = await client.v1.payment_intents.create_async(hold)
    assert (held.status, held.amount_capturable) == ("requires_capture", 5000)
    captured = await client.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 3000})
    assert (captured.status, captured.amount_received) == ("succeeded", 3000)
    other = await client.v1.payment_intents.create_async(hold)
    released = await client.v1.payment_intents.cancel_async(other.id)
    assert (released.status, released.amount_capturable) == ("canceled", 0)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await client.v1.payment_intents.capture_async(other.id)
    assert caught.value.code == "payment_intent_unexpected_state"


async def test_a_card_hold_ends_after_seven_days(sandbox: Sandbox, client: Client) -> None:
    hold: Any = {
        "amount": 5000,
        "currency": "usd",
        "capture_method": "manual",
        "payment_method": "pm_card_visa",
        "confirm": True,
    }
    held = await client.v1.payment_intents.create_async(hold)
    await sandbox.post("clock", advance="P6DT23H")
    assert (await client.v1.payment_intents.retrieve_async(held.id)).status == "requires_capture"
    await sandbox.post("clock", advance="PT2H")
    ended = await client.v1.payment_intents.retrieve_async(held.id)
    assert (ended.status, ended.cancellation_reason) == ("canceled", "automatic")


async def test_a_declined_intent_is_a_card_error(client: Client) -> None:
    with pytest.raises(stripe.CardError) as caught:
        await client.v1.payment_intents.create_async(
            {
                "amount": 5000,
                "currency": "usd",
                "payment_method": "pm_card_chargeDeclined",
                "confirm": True,
            }
        )
    assert (caught.value.code, caught.value.http_status) == ("card_declined", 402)


async def test_money_is_available_after_two_days_and_can_be_transferred(
    sandbox: Sandbox, client: Client
) -> None:
    account = await _ready_account(sandbox, client)
    session = await _paid(sandbox, client)
    asked: Any = {"amount": 7000, "currency": "usd", "destination": account}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await client.v1.transfers.create_async(asked)
    assert caught.value.code == "balance_insufficient"
    intent = await client.v1.payment_intents.retrieve_async(session.payment_intent)
    tied = await client.v1.transfers.create_async(
        {**asked, "source_transaction": intent.latest_charge}
    )
    assert tied.source_transaction == intent.latest_charge
    with pytest.raises(stripe.InvalidRequestError, match="remaining amount of the charge"):
        await client.v1.transfers.create_async(
            {**asked, "source_transaction": intent.latest_charge}
        )
    await sandbox.post("clock", advance="PT49H")
    balance = await client.v1.balance.retrieve_async()
    assert (balance.available[0].amount, balance.pending[0].amount) == (9000 - 291 - 7000, 0)
    reversal = await client.v1.transfers.reversals.create_async(tied.id, {"amount": 2000})
    assert reversal.transfer == tied.id
    after = await client.v1.transfers.retrieve_async(tied.id)
    assert (after.amount_reversed, after.reversed) == (2000, False)
    await client.v1.transfers.reversals.create_async(tied.id)
    with pytest.raises(stripe.InvalidRequestError, match="already been reversed"):
        await client.v1.transfers.reversals.create_async(tied.id)
    assert (await client.v1.balance.retrieve_async()).available[0].amount == 9000 - 291


async def test_an_account_that_is_not_ready_receives_nothing(client: Client) -> None:
    account = await client.v1.accounts.create_async({"type": "express"})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await client.v1.transfers.create_async(
            {"amount": 100, "currency": "usd", "destination": account.id}
        )
    assert caught.value.code == "insufficient_capabilities_for_transfer"
    with pytest.raises(stripe.InvalidRequestError, match="No such destination"):
        await client.v1.transfers.create_async(
            {"amount": 100, "currency": "usd", "destination": "acct_none"}
        )


async def test_a_dispute_takes_the_money_and_forbids_refunds(
    sandbox: Sandbox, client: Client
) -> None:
    session = await _paid(sandbox, client)
    await sandbox.post(f"stripe/{session.id}", outcome="dispute")
    (dispute,) = (await client.v1.disputes.list_async()).data
    assert (dispute.amount, dispute.status) == (9000, "needs_response")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await client.v1.refunds.create_async({"payment_intent": session.payment_intent})
    assert caught.value.code == "charge_disputed"
    assert "charge.dispute.created" in await _types(client)


async def test_idempotency_keys(sandbox: Sandbox, client: Client) -> None:
    key: Any = {"idempotency_key": "once"}
    first = await client.v1.checkout.sessions.create_async(CHECKOUT, key)
    again = await client.v1.checkout.sessions.create_async(CHECKOUT, key)
    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        await client.v1.checkout.sessions.create_async(
            {**CHECKOUT, "metadata": {"other": "1"}}, key
        )
    await sandbox.post("clock", advance="PT25H")
    later = await client.v1.checkout.sessions.create_async(CHECKOUT, key)
    assert later.id != first.id


async def test_a_lost_answer_is_found_again_by_its_key(sandbox: Sandbox, client: Client) -> None:
    session = await _paid(sandbox, client)
    asked: Any = {"payment_intent": session.payment_intent}
    key: Any = {"idempotency_key": "refund-1"}
    await sandbox.post("faults", lose_response="refunds.create", times=1)
    with pytest.raises(stripe.APIConnectionError):
        await client.v1.refunds.create_async(asked, key)
    refund = await client.v1.refunds.create_async(asked, key)
    (only,) = (await client.v1.refunds.list_async(asked)).data
    assert only.id == refund.id


async def test_faults_before_the_effect(sandbox: Sandbox, client: Client) -> None:
    session = await _paid(sandbox, client)
    asked: Any = {"payment_intent": session.payment_intent}
    await sandbox.post("faults", method="refunds.create", status=500, times=1)
    with pytest.raises(stripe.APIError):
        await client.v1.refunds.create_async(asked)
    await sandbox.post("faults", method="refunds.create", status=429, times=1)
    with pytest.raises(stripe.RateLimitError):
        await client.v1.refunds.create_async(asked)
    assert (await client.v1.refunds.list_async(asked)).data == []


async def test_lists_have_pages(client: Client) -> None:
    for _ in range(5):
        await client.v1.checkout.sessions.create_async(CHECKOUT)
    first = await client.v1.checkout.sessions.list_async({"limit": 2})
    assert (len(first.data), first.has_more) == (2, True)
    everything = [session.id async for session in first.auto_paging_iter()]
    assert len(set(everything)) == 5


@pytest.mark.parametrize(
    ("path", "params", "code", "words"),
    [
        ("checkout/sessions", {}, None, "mode"),
        ("checkout/sessions", {"mode": "payment"}, "parameter_missing", "line_items"),
        (
            "checkout/sessions",
            {"what": "x"},
            "parameter_unknown",
            "Received unknown parameter: what",
        ),
        ("refunds", {}, "parameter_missing", "payment_intent"),
        (
            "refunds",
            {"payment_intent": "pi_none"},
            "resource_missing",
            "No such payment_intent: 'pi_none'",
        ),
        ("refunds", {"charge": "ch_none"}, "resource_missing", "No such charge"),
        ("payment_intents", {"currency": "usd"}, "parameter_missing", "amount"),
        (
            "payment_intents",
            {"amount": "x", "currency": "usd"},
            "parameter_invalid_integer",
            "Invalid integer",
        ),
        ("payment_intents", {"amount": "20", "currency": "usd"}, "amount_too_small", "at least"),
        ("payment_intents", {"amount": "500", "currency": "dollars"}, None, "Invalid currency"),
        ("transfers", {"currency": "usd"}, "parameter_missing", "destination"),
        (
            "account_links",
            {"account": "acct_none", "type": "account_onboarding"},
            "resource_missing",
            "No such account",
        ),
        ("accounts", {"type": "friend"}, None, "Invalid type"),
        ("unicorns", {}, None, "Unrecognized request URL"),
    ],
)
async def test_what_the_processor_refuses(
    sandbox: Sandbox, path: str, params: dict[str, str], code: str | None, words: str
) -> None:
    response = await _post(sandbox, path, params)
    assert 400 <= response.status_code < 500
    error = response.json()["error"]
    assert error["type"] == "invalid_request_error"
    assert error.get("code") == code
    assert words in error["message"]


@pytest.mark.parametrize(("offset", "words"), [(1799, "at least 30 minutes"), (86500, "24 hours")])
async def test_the_expiry_of_a_session_is_bounded(client: Client, offset: int, words: str) -> None:
    now = (await client.v1.checkout.sessions.create_async(CHECKOUT)).created
    with pytest.raises(stripe.InvalidRequestError, match=words):
        await client.v1.checkout.sessions.create_async({**CHECKOUT, "expires_at": now + offset})


async def test_a_key_is_needed(sandbox: Sandbox) -> None:
    response = await sandbox.http.get("/stripe/v1/balance")
    assert response.status_code == 401


async def _post(sandbox: Sandbox, path: str, params: dict[str, str]) -> httpx.Response:
    return await sandbox.http.post(
        f"/stripe/v1/{path}", data=params, headers={"Authorization": "Bearer sk_test_any"}
    )


@pytest.mark.skipif(
    not (DATA / "stripe-fixtures.json").exists(),
    reason="../shared/data/stripe-fixtures.json is not here",
)
async def test_objects_have_the_shape_of_the_processors_own(
    sandbox: Sandbox, client: Client
) -> None:
    fixtures = json.loads((DATA / "stripe-fixtures.json").read_text())["resources"]
    account = await _ready_account(sandbox, client)
    opened = await client.v1.checkout.sessions.create_async(CHECKOUT)
    session = await _paid(sandbox, client)
    declined = await client.v1.checkout.sessions.create_async(CHECKOUT)
    await sandbox.post(f"stripe/{declined.id}", outcome="decline")
    intent = await client.v1.payment_intents.retrieve_async(session.payment_intent)
    transfer = await client.v1.transfers.create_async(
        {
            "currency": "usd",
            "amount": 500,
            "destination": account,
            "source_transaction": intent.latest_charge,
        }
    )
    await client.v1.transfers.reversals.create_async(transfer.id)
    await client.v1.refunds.create_async({"payment_intent": intent.id, "amount": 100})
    await sandbox.post(f"stripe/{session.id}", outcome="dispute")
    link = await client.v1.account_links.create_async(
        {
            "account": account,
            "type": "account_onboarding",
            "refresh_url": "https://a.example",
            "return_url": "https://a.example",
        }
    )
    login = await client.v1.accounts.login_links.create_async(account)
    served: list[Any] = [opened, link, login, await client.v1.balance.retrieve_async()]
    for name in (
        "charges",
        "refunds",
        "disputes",
        "accounts",
        "transfers",
        "events",
        "payment_intents",
        "balance_transactions",
    ):
        served += (await getattr(client.v1, name).list_async({"limit": 100})).data
    served += (await client.v1.checkout.sessions.list_async()).data
    served += (await client.v1.transfers.reversals.list_async(transfer.id)).data
    kinds = {thing["object"] for thing in served}
    assert len(kinds) == 13
    for thing in served:
        assert _differences(thing.to_dict(), fixtures[thing["object"]]) == []


def _differences(thing: dict[str, Any], fixture: dict[str, Any]) -> list[str]:
    wrong = [f"{thing['object']}.{key}" for key in thing.keys() ^ fixture.keys()]
    for key in thing.keys() & fixture.keys():
        one, other = thing[key], fixture[key]
        if one is not None and other is not None and type(one) is not type(other):
            wrong.append(f"{thing['object']}.{key}: {one!r} is not like {other!r}")
    return wrong


async def test_two_requests_with_one_key_at_once_are_one(sandbox: Sandbox, client: Client) -> None:
    key: Any = {"idempotency_key": "race"}
    made = await asyncio.gather(
        *(client.v1.checkout.sessions.create_async(CHECKOUT, key) for _ in range(5))
    )
    assert len({session.id for session in made}) == 1
    assert len((await client.v1.checkout.sessions.list_async()).data) == 1
