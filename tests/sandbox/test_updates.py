"""How updates reach the bot."""

import asyncio
import json

from tests.sandbox.kit import MIA, TOKEN, Product, Sandbox


async def test_long_polling_waits_for_a_message(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.updates(timeout=20))
    await sandbox.calls_until("getUpdates", 1)
    await sandbox.says(MIA, "hi")
    async with asyncio.timeout(5):
        (update,) = await waiting
    assert update["message"]["text"] == "hi"


async def test_updates_come_again_until_confirmed(sandbox: Sandbox) -> None:
    for text in ("a", "b", "c"):
        await sandbox.says(MIA, text)
    first = await sandbox.updates()
    assert first == await sandbox.updates()
    rest = await sandbox.updates(offset=first[1]["update_id"])
    assert [update["message"]["text"] for update in rest] == ["b", "c"]
    assert await sandbox.updates(offset=rest[-1]["update_id"] + 1) == []
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]


async def test_limit_and_negative_offset(sandbox: Sandbox) -> None:
    for text in ("a", "b", "c"):
        await sandbox.says(MIA, text)
    assert len(await sandbox.call("getUpdates", limit=2)) == 2
    assert [update["message"]["text"] for update in await sandbox.updates(offset=-1)] == ["c"]
    assert len(await sandbox.updates()) == 1


async def test_only_the_wanted_kinds_come(sandbox: Sandbox) -> None:
    await sandbox.call("getUpdates", allowed_updates=["callback_query"])
    await sandbox.says(MIA, "not wanted")
    sent = await sandbox.call(
        "sendMessage",
        chat_id=MIA,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    )
    await sandbox.post(f"users/{MIA}/clicks", message_id=sent["message_id"], data="forged")
    (update,) = await sandbox.updates()
    assert update["callback_query"]["data"] == "forged"
    assert (await sandbox.call("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await sandbox.call("getUpdates", allowed_updates=[])
    await sandbox.says(MIA, "wanted again")
    assert len(await sandbox.updates()) == 2


async def test_a_second_reader_ends_the_first(sandbox: Sandbox) -> None:
    first = asyncio.create_task(sandbox.refused("getUpdates", timeout=30))
    await sandbox.calls_until("getUpdates", 1)
    second = asyncio.create_task(sandbox.updates(timeout=30))
    async with asyncio.timeout(5):
        refusal = await first
    assert refusal["error_code"] == 409
    assert "terminated by other getUpdates request" in refusal["description"]
    await sandbox.says(MIA, "hi")
    assert len(await second) == 1


async def test_a_webhook_ends_the_reader_and_gets_everything_in_order(
    sandbox: Sandbox, product: Product
) -> None:
    reader = asyncio.create_task(sandbox.refused("getUpdates", timeout=30))
    await sandbox.calls_until("getUpdates", 1)
    product.statuses = [500, 503]
    url = f"{product.url}/telegram"
    await sandbox.call("setWebhook", url=url, secret_token="s3cret", max_connections=7)
    assert "terminated by setWebhook" in (await reader)["description"]
    for text in ("a", "b", "c"):
        await sandbox.says(MIA, text)
    requests = await product.until(5)
    texts = [json.loads(body)["message"]["text"] for _, body in requests]
    assert texts == ["a", "a", "a", "b", "c"]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers, _ in requests} == {"s3cret"}
    info = await sandbox.call("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (url, 7)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_webhook_may_answer_with_a_call(sandbox: Sandbox, product: Product) -> None:
    product.answer = {"method": "sendMessage", "chat_id": MIA, "text": "at once"}
    await sandbox.call("setWebhook", url=f"{product.url}/telegram")
    await sandbox.says(MIA, "hi")
    chat = await sandbox.chat(MIA, after=1, wait=5)
    assert chat["messages"][-1]["text"] == "at once"


async def test_the_webhook_methods_say_what_happened(sandbox: Sandbox, product: Product) -> None:
    async def described(method: str, **params: object) -> str:
        response = await sandbox.http.post(f"/telegram/bot{TOKEN}/{method}", json=params)
        return str(response.json()["description"])

    product.statuses = [500] * 50
    await sandbox.says(MIA, "pending")
    url = f"{product.url}/hook"
    assert await described("setWebhook", url=url) == "Webhook was set"
    assert await described("setWebhook", url=url) == "Webhook is already set"
    assert await described("deleteWebhook") == "Webhook was deleted"
    assert await described("deleteWebhook") == "Webhook is already deleted"
    assert len(await sandbox.updates()) == 1
    await sandbox.call("deleteWebhook", drop_pending_updates=True)
    assert await sandbox.updates() == []


async def test_arguments_come_in_every_form(sandbox: Sandbox) -> None:
    address = f"/telegram/bot{TOKEN}/sendMessage"
    asked = {"chat_id": str(MIA), "text": "x"}
    answers = [
        await sandbox.http.get(address, params=asked),
        await sandbox.http.post(address, data=asked),
        await sandbox.http.post(address, json={"chat_id": MIA, "text": "x", "entities": []}),
        await sandbox.http.post(address.replace("sendMessage", "SENDMESSAGE"), params=asked),
        await sandbox.http.post(address, data=asked, files={"unused": b"x"}),
    ]
    assert [answer.json()["ok"] for answer in answers] == [True] * 5


async def test_a_moving_clock_makes_no_query_old(sandbox: Sandbox) -> None:
    sent = await sandbox.call("sendMessage", chat_id=MIA, text="x")
    clicked = await sandbox.post(f"users/{MIA}/clicks", message_id=sent["message_id"], data="a")
    query_id = clicked["callback_query_id"]
    await sandbox.post("clock", advance="P2D")
    assert await sandbox.call("answerCallbackQuery", callback_query_id=query_id)


async def test_repeated_updates_come_to_a_webhook_too(sandbox: Sandbox, product: Product) -> None:
    await sandbox.call("setWebhook", url=f"{product.url}/telegram")
    await sandbox.post("faults", repeat_updates=2)
    await sandbox.says(MIA, "twice")
    await sandbox.post("faults", repeat_updates=1)
    await sandbox.says(MIA, "once")
    requests = await product.until(3)
    texts = [json.loads(body)["message"]["text"] for _, body in requests]
    assert texts == ["twice", "twice", "once"]
