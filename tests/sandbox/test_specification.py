"""Every answer and every update is what the Bot API's specification says."""

from typing import Any

import pytest

from sandbox.telegram.api import METHODS
from tests.sandbox.kit import MIA, PICTURE, TOKEN, Product, Sandbox
from tests.sandbox.spec import available, problems, spec

pytestmark = pytest.mark.skipif(
    not available(), reason="../shared/data/telegram-bot-api.json is not here"
)


class Walker:
    """Calls methods and judges each answer and update."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._next = 0
        self.called: set[str] = set()
        self.kinds: set[str] = set()

    async def call(self, method: str, **params: Any) -> Any:
        result = await self._sandbox.call(method, **params)
        return self._judged(method, result)

    async def upload(
        self, method: str, field: str, name: str, content: bytes, **params: str
    ) -> Any:
        response = await self._sandbox.http.post(
            f"/telegram/bot{TOKEN}/{method}", data=params, files={field: (name, content)}
        )
        assert response.status_code == 200, response.text
        return self._judged(method, response.json()["result"])

    async def update(self) -> Any:
        updates = await self.call("getUpdates", offset=self._next, timeout=5)
        assert updates
        self._next = updates[-1]["update_id"] + 1
        self.kinds |= {kind for update in updates for kind in update if kind != "update_id"}
        return updates[-1]

    def _judged(self, method: str, result: Any) -> Any:
        self.called.add(method)
        wrong = problems(result, spec()["methods"][method]["returns"])
        assert not wrong, f"{method}: {wrong}"
        return result


async def test_every_answer_and_update_is_valid(sandbox: Sandbox, product: Product) -> None:
    walker = Walker(sandbox)
    await _says_everything(walker, sandbox)
    await _chats(walker, sandbox)
    await _files(walker)
    await _pays(walker, sandbox)
    await _presents_itself(walker)
    await _is_blocked(walker, sandbox)
    await _has_a_webhook(walker, product)
    assert walker.called == set(METHODS)
    assert walker.kinds == {"message", "callback_query", "pre_checkout_query", "my_chat_member"}


async def _says_everything(walker: Walker, sandbox: Sandbox) -> None:
    for message in (
        {"text": "/start see https://example.com, @mia, #tag and a@b.example"},
        {"contact": True},
        {"location": True},
        {"document": True},
        {"photo": True, "caption": "me"},
        {"voice": True},
        {"sticker": True},
        {"audio": True},
        {"video": True, "caption": "us"},
    ):
        await sandbox.post(f"users/{MIA}/messages", **message)
        await walker.update()


async def _chats(walker: Walker, sandbox: Sandbox) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = await walker.call(
        "sendMessage",
        chat_id=MIA,
        text="<b>bold <i>both</i></b> <u>u</u> <s>s</s> <tg-spoiler>x</tg-spoiler> <code>c</code> "
        '<pre><code class="language-python">p</code></pre> <a href="https://example.com">l</a>'
        '<blockquote expandable>q</blockquote> <a href="tg://user?id=1001">Mia</a>',
        parse_mode="HTML",
        reply_markup=keyboard,
        protect_content=True,
        message_effect_id="5104841245755180586",
        link_preview_options={"is_disabled": True},
        reply_parameters={"message_id": 1},
    )
    number = sent["message_id"]
    await sandbox.post(f"users/{MIA}/clicks", message_id=number, text="Yes")
    tapped = await walker.update()
    query_id = tapped["callback_query"]["id"]
    await walker.call("answerCallbackQuery", callback_query_id=query_id, text="Done")
    await walker.call("sendChatAction", chat_id=MIA, action="typing")
    await walker.call(
        "editMessageText", chat_id=MIA, message_id=number, text="*new*", parse_mode="MarkdownV2"
    )
    await walker.call(
        "editMessageReplyMarkup", chat_id=MIA, message_id=number, reply_markup=keyboard
    )
    await walker.call("copyMessage", chat_id=MIA, from_chat_id=MIA, message_id=number)
    await walker.call("deleteMessage", chat_id=MIA, message_id=number)
    await walker.call("getChat", chat_id=MIA)


async def _files(walker: Walker) -> None:
    sent = await walker.upload(
        "sendDocument", "document", "a.ics", b"BEGIN:VCALENDAR", chat_id=str(MIA), caption="x"
    )
    await walker.call("getFile", file_id=sent["document"]["file_id"])
    await walker.upload("sendVoice", "voice", "a.ogg", b"OggS", chat_id=str(MIA), duration="3")
    await walker.upload("sendAudio", "audio", "a.mp3", b"ID3", chat_id=str(MIA), duration="3")
    await walker.upload("sendVideo", "video", "a.mp4", b"ftyp", chat_id=str(MIA), duration="3")
    photo = await walker.upload("sendPhoto", "photo", "a.png", PICTURE, chat_id=str(MIA))
    where = {"chat_id": MIA, "message_id": sent["message_id"]}
    await walker.call("editMessageCaption", **where, caption="<b>new</b>", parse_mode="HTML")
    media = {"type": "photo", "media": photo["photo"][0]["file_id"], "caption": "now a photo"}
    await walker.call("editMessageMedia", **where, media=media)


async def _pays(walker: Walker, sandbox: Sandbox) -> None:
    invoice = {
        "title": "An hour",
        "description": "With an expert",
        "payload": "order-1",
        "currency": "XTR",
        "prices": [{"label": "An hour", "amount": 50}],
    }
    sent = await walker.call("sendInvoice", chat_id=MIA, **invoice)
    await walker.call("createInvoiceLink", **invoice)
    link = await walker.call("createInvoiceLink", **invoice, subscription_period=2_592_000)
    await sandbox.post(f"users/{MIA}/payments", message_id=sent["message_id"], outcome="pay")
    asked = await walker.update()
    query_id = asked["pre_checkout_query"]["id"]
    await walker.call("answerPreCheckoutQuery", pre_checkout_query_id=query_id, ok=True)
    paid = (await walker.update())["message"]["successful_payment"]
    charge_id = paid["telegram_payment_charge_id"]
    await walker.call("refundStarPayment", user_id=MIA, telegram_payment_charge_id=charge_id)
    assert "refunded_payment" in (await walker.update())["message"]
    await sandbox.post(f"users/{MIA}/payments", link=link)
    query_id = (await walker.update())["pre_checkout_query"]["id"]
    await walker.call("answerPreCheckoutQuery", pre_checkout_query_id=query_id, ok=True)
    first = (await walker.update())["message"]["successful_payment"]
    await sandbox.post("clock", advance="P30D")
    again = (await walker.update())["message"]["successful_payment"]
    assert again["is_recurring"]
    charge_id = first["telegram_payment_charge_id"]
    await walker.call(
        "editUserStarSubscription", user_id=MIA, telegram_payment_charge_id=charge_id,
        is_canceled=True,
    )  # fmt: skip
    await walker.call("getStarTransactions")


async def _presents_itself(walker: Walker) -> None:
    await walker.call("getMe")
    await walker.call("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await walker.call("setMyDescription", description="Finds experts")
    await walker.call("setChatMenuButton", menu_button={"type": "commands"})


async def _is_blocked(walker: Walker, sandbox: Sandbox) -> None:
    for kind in ("block", "unblock"):
        await sandbox.post("faults", **{kind: MIA})
        await walker.update()


async def _has_a_webhook(walker: Walker, product: Product) -> None:
    await walker.call("setWebhook", url=f"{product.url}/hook", allowed_updates=["message"])
    await walker.call("getWebhookInfo")
    await walker.call("deleteWebhook")
