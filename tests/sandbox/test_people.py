"""What people do, over the addresses of the contract."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.kit import MIA, TOKEN, Sandbox

INVOICE = {
    "title": "An hour",
    "description": "With an expert",
    "payload": "order-1",
    "provider_token": "t",
    "currency": "USD",
    "prices": [{"label": "An hour", "amount": 4900}],
}


async def test_three_people_are_there_and_more_can_come(sandbox: Sandbox) -> None:
    assert [user["role"] for user in (await sandbox.get("users"))["users"]] == [
        "client",
        "expert",
        "admin",
    ]
    await sandbox.post("users", id=55, first_name="小雨 🌧", username="rain", language_code="zh")
    await sandbox.says(55, "你好")
    message = (await sandbox.last_update())["message"]
    assert message["from"] == {
        "id": 55,
        "is_bot": False,
        "first_name": "小雨 🌧",
        "username": "rain",
        "language_code": "zh",
    }
    await sandbox.post("users", id=55, language_code="en")
    await sandbox.says(55, "hi")
    assert (await sandbox.last_update())["message"]["from"]["first_name"] == "小雨 🌧"


async def test_the_chat_shows_edits_deletions_and_counts_them(sandbox: Sandbox) -> None:
    sent = await sandbox.call("sendMessage", chat_id=MIA, text="one")
    number = sent["message_id"]
    chat = await sandbox.chat(MIA)
    assert (chat["last"], chat["messages"][0]["edited"]) == (1, False)
    waiting = asyncio.create_task(sandbox.chat(MIA, after=1, wait=20))
    await sandbox.call("editMessageText", chat_id=MIA, message_id=number, text="two")
    async with asyncio.timeout(5):
        changed = await waiting
    (message,) = changed["messages"]
    assert (message["text"], message["edited"], changed["last"]) == ("two", True, 2)
    assert message["edit_date"]
    await sandbox.call("deleteMessage", chat_id=MIA, message_id=number)
    assert (await sandbox.chat(MIA, after=2))["messages"][0]["deleted"]
    assert (await sandbox.chat(MIA, after=3))["messages"] == []


async def test_a_keyboard_edit_alone_leaves_no_edit_date(sandbox: Sandbox) -> None:
    sent = await sandbox.call("sendMessage", chat_id=MIA, text="one")
    markup = {"inline_keyboard": [[{"text": "a", "url": "https://a.example"}]]}
    edited = await sandbox.call(
        "editMessageReplyMarkup",
        chat_id=MIA,
        message_id=sent["message_id"],
        reply_markup=markup,
    )
    assert "edit_date" not in edited
    clicked = await sandbox.post(f"users/{MIA}/clicks", message_id=sent["message_id"], text="a")
    assert clicked == {"url": "https://a.example"}


async def test_a_reply_button_is_a_message(sandbox: Sandbox) -> None:
    rows = [["Shanghai"], [{"text": "My number", "request_contact": True}]]
    sent = await sandbox.call(
        "sendMessage", chat_id=MIA, text="where?", reply_markup={"keyboard": rows}
    )
    assert "reply_markup" not in sent
    assert (await sandbox.chat(MIA))["keyboard"]["keyboard"][0] == [{"text": "Shanghai"}]
    where = {"message_id": sent["message_id"]}
    await sandbox.post(f"users/{MIA}/clicks", **where, text="Shanghai")
    assert (await sandbox.last_update())["message"]["text"] == "Shanghai"
    await sandbox.post(f"users/{MIA}/clicks", **where, text="My number")
    assert (await sandbox.last_update())["message"]["contact"]["user_id"] == MIA
    await sandbox.call(
        "sendMessage", chat_id=MIA, text="thanks", reply_markup={"remove_keyboard": True}
    )
    assert (await sandbox.chat(MIA))["keyboard"] is None


async def test_a_long_text_is_sent_in_parts(sandbox: Sandbox) -> None:
    await sandbox.says(MIA, "x" * 5000)
    lengths = [len(update["message"]["text"]) for update in await sandbox.updates()]
    assert lengths == [4096, 904]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("users", {"id": "x", "first_name": "a"}, 400),
        ("users", {"id": 5}, 400),
        ("users/5/messages", {"text": "x"}, 404),
        ("users/1001/messages", {"text": " "}, 400),
        ("users/1001/messages", {}, 400),
        ("users/1001/messages", {"photo": {"base64": "?"}}, 400),
        ("users/1001/clicks", {"data": "x"}, 400),
        ("users/1001/clicks", {"message_id": 99, "data": "x"}, 404),
        ("users/1001/payments", {"message_id": 99}, 404),
        ("users/1001/payments", {"message_id": 1, "outcome": "steal"}, 400),
        ("clock", {"advance": "-PT1H"}, 400),
        ("clock", {"advance": "an hour"}, 400),
        ("clock", {"to": "2020-01-01T00:00:00Z"}, 400),
        ("clock", {"to": "next"}, 409),
        ("faults", {"what": 1}, 400),
        ("faults", {"method": "getMe", "status": 200}, 400),
        ("faults", {"block": 5}, 404),
        ("stripe/cs_test_none", {"outcome": "pay"}, 404),
    ],
)
async def test_what_people_cannot_do(
    sandbox: Sandbox, path: str, body: dict[str, object], status: int
) -> None:
    response = await sandbox.http.post(f"/sandbox/api/{path}", json=body)
    assert response.status_code == status
    assert response.json()["error"]


async def _invoiced(sandbox: Sandbox, outcome: str) -> dict[str, object]:
    sent = await sandbox.call("sendInvoice", chat_id=MIA, **INVOICE)
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "Pay $49.00", "pay": True}]]
    await sandbox.post(f"users/{MIA}/payments", message_id=sent["message_id"], outcome=outcome)
    query: dict[str, object] = (await sandbox.last_update())["pre_checkout_query"]
    return query


async def test_a_paid_invoice_tells_the_bot_once(sandbox: Sandbox) -> None:
    query = await _invoiced(sandbox, "pay")
    assert (query["total_amount"], query["invoice_payload"]) == (4900, "order-1")
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    paid = (await sandbox.last_update())["message"]["successful_payment"]
    assert (paid["total_amount"], paid["currency"]) == (4900, "USD")
    again = await sandbox.http.post(f"/sandbox/api/users/{MIA}/payments", json={"message_id": 1})
    assert again.status_code == 409
    refusal = await sandbox.refused(
        "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True
    )
    assert "query is too old" in refusal["description"]


async def test_a_declined_card_takes_no_money(sandbox: Sandbox) -> None:
    query = await _invoiced(sandbox, "decline")
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    chat = await sandbox.chat(MIA)
    assert chat["toasts"][-1]["payment_failed"]
    assert [message for message in chat["messages"] if "successful_payment" in message] == []


async def test_a_forged_amount_is_seen_by_the_bot(sandbox: Sandbox) -> None:
    query = await _invoiced(sandbox, "wrong_amount")
    assert query["total_amount"] != 4900
    await sandbox.call(
        "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=False, error_message="No"
    )
    assert (await sandbox.chat(MIA))["toasts"][-1]["text"] == "No"


async def test_a_payment_fails_when_the_bot_is_silent(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.telegram.queries.CHECKOUT_SECONDS", 0.1)
    monkeypatch.setattr("sandbox.telegram.paying.CHECKOUT_SECONDS", 0.1)
    query = await _invoiced(sandbox, "pay")
    chat = await sandbox.chat(MIA, after=1, wait=5)
    assert "did not answer in time" in chat["toasts"][-1]["text"]
    refusal = await sandbox.refused(
        "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True
    )
    assert "query is too old" in refusal["description"]


async def test_a_link_can_be_paid(sandbox: Sandbox) -> None:
    link = await sandbox.call("createInvoiceLink", **INVOICE)
    await sandbox.post(f"users/{MIA}/payments", link=link)
    query = (await sandbox.last_update())["pre_checkout_query"]
    assert query["invoice_payload"] == "order-1"


async def test_stars_are_booked_and_refunded_once(sandbox: Sandbox) -> None:
    stars = INVOICE | {"provider_token": "", "currency": "XTR"}
    sent = await sandbox.call("sendInvoice", chat_id=MIA, **stars)
    await sandbox.post(f"users/{MIA}/payments", message_id=sent["message_id"])
    query = (await sandbox.last_update())["pre_checkout_query"]
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    paid = (await sandbox.last_update())["message"]["successful_payment"]
    charge = {"user_id": MIA, "telegram_payment_charge_id": paid["telegram_payment_charge_id"]}
    assert await sandbox.call("refundStarPayment", **charge)
    refusal = await sandbox.refused("refundStarPayment", **charge)
    assert refusal["description"] == "Bad Request: CHARGE_ALREADY_REFUNDED"
    moved = (await sandbox.call("getStarTransactions"))["transactions"]
    assert [("source" in part, part["amount"]) for part in moved] == [(True, 4900), (False, 4900)]
    assert len({part["id"] for part in moved}) == 1


async def test_files_go_both_ways(sandbox: Sandbox) -> None:
    await sandbox.post(f"users/{MIA}/messages", photo=True)
    photo = (await sandbox.last_update())["message"]["photo"][0]
    assert (photo["width"], photo["height"]) == (320, 200)
    file = await sandbox.call("getFile", file_id=photo["file_id"])
    address = f"/telegram/file/bot{TOKEN}/{file['file_path']}"
    content = (await sandbox.http.get(address)).content
    assert len(content) == file["file_size"]
    assert content.startswith(b"\x89PNG")
    sent = await sandbox.call("sendPhoto", chat_id=MIA, photo=photo["file_id"])
    assert sent["photo"] == [photo]
    missing = await sandbox.http.get(f"/telegram/file/bot{TOKEN}/photos/none.png")
    assert missing.status_code == 404


async def subscribed(sandbox: Sandbox) -> dict[str, Any]:
    """The first payment of a subscription, as the bot is told of it."""
    stars = INVOICE | {"provider_token": "", "currency": "XTR", "subscription_period": 2_592_000}
    link = await sandbox.call("createInvoiceLink", **stars)
    await sandbox.post(f"users/{MIA}/payments", link=link)
    query = (await sandbox.last_update())["pre_checkout_query"]
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    paid: dict[str, Any] = (await sandbox.last_update())["message"]["successful_payment"]
    return paid


async def test_a_subscription_is_paid_again_every_30_days(sandbox: Sandbox) -> None:
    first = await subscribed(sandbox)
    assert first["is_recurring"]
    assert first["is_first_recurring"]
    await sandbox.post("clock", advance="P31D")
    again = (await sandbox.last_update())["message"]["successful_payment"]
    assert again["is_recurring"]
    assert "is_first_recurring" not in again
    until = "subscription_expiration_date"
    assert again[until] - first[until] == 2_592_000
    assert again["invoice_payload"] == first["invoice_payload"]
    moved = (await sandbox.call("getStarTransactions"))["transactions"]
    assert [part["source"]["subscription_period"] for part in moved] == [2_592_000] * 2


@pytest.mark.parametrize("who", ["bot", "person"])
async def test_a_stopped_subscription_is_not_paid_again(sandbox: Sandbox, who: str) -> None:
    charge = (await subscribed(sandbox))["telegram_payment_charge_id"]
    edit = {"user_id": MIA, "telegram_payment_charge_id": charge, "is_canceled": True}
    if who == "bot":
        assert await sandbox.call("editUserStarSubscription", **edit)
        refused = await sandbox.http.post(
            f"/sandbox/api/users/{MIA}/subscriptions", json={"stop": False}
        )
        assert refused.status_code == 404
    else:
        await sandbox.post(f"users/{MIA}/subscriptions", stop=True)
    await sandbox.post("clock", advance="P31D")
    assert len((await sandbox.call("getStarTransactions"))["transactions"]) == 1
    refusal = await sandbox.refused("editUserStarSubscription", **edit)
    assert refusal["description"] == "Bad Request: CHARGE_ID_INVALID"


async def test_a_subscription_that_goes_on_after_all_is_paid_again(sandbox: Sandbox) -> None:
    await subscribed(sandbox)
    for stop in (True, False):
        await sandbox.post(f"users/{MIA}/subscriptions", stop=stop)
    await sandbox.post("clock", advance="P31D")
    assert len((await sandbox.call("getStarTransactions"))["transactions"]) == 2
