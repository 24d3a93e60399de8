"""What each method refuses: by the Bot API's documentation and the open server's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.kit import MIA

NOBODY = 777_000_111
LONG = "x" * 4097
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Refusal:
    """A call that is refused: with parameters, or a raw body, after `before` was done."""

    method: str
    words: str
    params: Mapping[str, Any] = field(default_factory=dict)
    status: int = 400
    body: bytes | None = None
    before: str = ""

    def __str__(self) -> str:
        return f"{self.method}: {self.words[:50]}"


def bad(method: str, words: str, *, before: str = "", status: int = 400, **params: Any) -> Refusal:
    """A refusal by its parameters."""
    return Refusal(method, words, params, status, before=before)


def _of_body(method: str) -> list[Refusal]:
    """What every method refuses, used for those that hardly have a parameter."""
    return [
        Refusal(method, "can't parse JSON object", body=b"{"),
        Refusal(method, "object expected as request body", body=b"[1]"),
        bad(method, "Too Many Requests: retry after 7", status=429, before="fault"),
    ]


def _sending(method: str, **good: Any) -> list[Refusal]:
    """What every sending method refuses."""
    return [
        bad(method, "chat_id is empty", **good),
        bad(method, "chat not found", chat_id=NOBODY, **good),
        bad(method, "chat not found", chat_id="@nobody", **good),
        bad(method, "bot was blocked by the user", chat_id=MIA, status=403, before="block", **good),
        bad(
            method,
            "message to be replied not found",
            chat_id=MIA,
            reply_parameters={"message_id": 9999},
            **good,
        ),
        bad(
            method, "object expected as reply parameters", chat_id=MIA, reply_parameters=[1], **good
        ),
        bad(method, "EFFECT_ID_INVALID", chat_id=MIA, message_effect_id="1", **good),
        bad(method, "reply keyboard markup", chat_id=MIA, reply_markup="{", **good),
        bad(method, "object expected as reply markup", chat_id=MIA, reply_markup=[1], **good),
        bad(
            method,
            "Too Many Requests: retry after 1",
            chat_id=MIA,
            status=429,
            before="pace",
            **good,
        ),
    ]


def _keyboards() -> list[Refusal]:
    def inline(*buttons: Any) -> dict[str, Any]:
        return {"inline_keyboard": [list(buttons)]}

    cases: list[tuple[Any, str]] = [
        (inline({"text": "x", "callback_data": "д" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x"}), "Text buttons are unallowed in the inline keyboard"),
        (inline({"callback_data": "x"}), 'Can\'t find field "text"'),
        (inline("x"), "InlineKeyboardButton must be an Object"),
        (inline({"text": " ", "callback_data": "x"}), "BUTTON_TEXT_INVALID"),
        (inline({"text": "x", "url": "no address"}), "is invalid"),
        (inline({"text": "x", "pay": True}), "BUTTON_TYPE_INVALID"),
        (
            inline({"text": "x", "url": "https://a.example", "callback_data": "x"}),
            "BUTTON_TYPE_INVALID",
        ),
        ({"inline_keyboard": [{"text": "x"}]}, "must be an Array of Arrays"),
        ({"keyboard": [["a"], "b"]}, "must be an Array of Arrays"),
        ({"keyboard": [[1]]}, "KeyboardButton must be a String or an Object"),
        ({"keyboard": [[""]]}, "Keyboard button text must be non-empty"),
        ({"keyboard": [["a"] * 101]}, "reply markup is too long"),
        ({"something": 1}, "can't parse reply keyboard markup JSON object"),
    ]
    return [
        bad("sendMessage", words, chat_id=MIA, text="x", reply_markup=markup)
        for markup, words in cases
    ]


def _strange_keyboards() -> list[Refusal]:
    buttons: list[dict[str, Any]] = [
        {"text": "x", "callback_data": ["a"]},
        {"text": "x", "url": {"a": 1}},
        {"text": "x", "web_app": "https://a.example"},
    ]
    return [
        bad(
            "sendMessage",
            "must be of type",
            chat_id=MIA,
            text="x",
            reply_markup={"inline_keyboard": [[button]]},
        )
        for button in buttons
    ]


def _editing(method: str, **good: Any) -> list[Refusal]:
    """What every editing method refuses."""
    return [
        bad(method, "message identifier is not specified", **good),
        bad(method, "message identifier is not specified", chat_id=MIA, **good),
        bad(method, "MESSAGE_ID_INVALID", inline_message_id="abc", **good),
        bad(method, "chat not found", chat_id=NOBODY, message_id=1, **good),
        bad(method, "message to edit not found", chat_id=MIA, message_id=9999, **good),
        bad(method, "message can't be edited", chat_id=MIA, message_id=1, **good),
        bad(method, "message can't be edited", chat_id=MIA, message_id=4, **good),
    ]


INVOICE: dict[str, Any] = {
    "title": "An hour",
    "description": "With an expert",
    "payload": "p",
    "provider_token": "t",
    "currency": "USD",
    "prices": [{"label": "a", "amount": 500}],
}


def _invoices(method: str) -> list[Refusal]:
    stars: dict[str, Any] = {**INVOICE, "provider_token": "", "currency": "XTR"}
    two = [{"label": "a", "amount": 1}] * 2
    changes: list[tuple[dict[str, Any], str]] = [
        ({**INVOICE, "title": ""}, 'parameter "title" is required'),
        ({**INVOICE, "title": "x" * 33}, "TITLE_TOO_LONG"),
        ({**INVOICE, "description": ""}, 'parameter "description" is required'),
        ({**INVOICE, "description": "x" * 256}, "DESCRIPTION_TOO_LONG"),
        ({**INVOICE, "payload": ""}, 'parameter "payload" is required'),
        ({**INVOICE, "payload": "字" * 43}, "INVOICE_PAYLOAD_INVALID"),
        ({**INVOICE, "currency": "DOGE"}, "CURRENCY_INVALID"),
        ({**INVOICE, "prices": {}}, "expected an Array of labeled prices"),
        ({**INVOICE, "prices": []}, "there must be at least one price"),
        ({**INVOICE, "prices": [{"amount": 1}]}, "label must be non-empty"),
        ({**INVOICE, "prices": [{"label": "a", "amount": "1"}]}, "must be of type Number"),
        ({**INVOICE, "prices": [{"label": "a", "amount": 1}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({**INVOICE, "provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
        ({**stars, "provider_token": "t"}, "PAYMENT_PROVIDER_INVALID"),
        ({**stars, "prices": two}, "STARS_INVOICE_INVALID"),
        ({**stars, "prices": [{"label": "a", "amount": 10_001}]}, "STARS_INVOICE_INVALID"),
        ({**stars, "max_tip_amount": 5}, "TIP_AMOUNT_INVALID"),
    ]
    return [bad(method, words, chat_id=MIA, **params) for params, words in changes]


def _texts() -> list[Refusal]:
    def marked(text: str, mode: str, words: str) -> Refusal:
        return bad("sendMessage", words, chat_id=MIA, text=text, parse_mode=mode)

    return [
        bad("sendMessage", "message text is empty", chat_id=MIA),
        bad("sendMessage", "text must be non-empty", chat_id=MIA, text=" \n "),
        bad("sendMessage", "message is too long", chat_id=MIA, text=LONG),
        bad("sendMessage", "unsupported parse_mode", chat_id=MIA, text="x", parse_mode="BBCode"),
        marked(
            "<b>x",
            "HTML",
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        marked(
            "<b>x</i>",
            "HTML",
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        marked(
            "字<h1>x</h1>",
            "HTML",
            'can\'t parse entities: Unsupported start tag "h1" at byte offset 3',
        ),
        marked("x</b>", "HTML", "can't parse entities: Unexpected end tag at byte offset 1"),
        marked("a < b", "HTML", "can't parse entities: Unsupported start tag"),
        marked("<b", "HTML", "can't parse entities: Unclosed start tag at byte offset 0"),
        marked('<a href="x', "HTML", "can't parse entities: Unclosed start tag"),
        marked(
            "<span>x</span>",
            "HTML",
            'can\'t parse entities: Tag "span" must have class "tg-spoiler"',
        ),
        marked(
            "a.b",
            "MarkdownV2",
            "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        marked(
            "字*x",
            "MarkdownV2",
            "can't parse entities: Can't find end of Bold entity at byte offset 3",
        ),
        marked("__x_", "MarkdownV2", "can't parse entities: Can't find end of"),
        marked(
            "```x",
            "MarkdownV2",
            "can't parse entities: Can't find end of Pre entity at byte offset 0",
        ),
        marked(
            "[x](y", "MarkdownV2", "can't parse entities: Can't find end of a URL at byte offset 3"
        ),
        marked(
            "a *b",
            "Markdown",
            "can't parse entities: Can't find end of the entity starting at byte offset 2",
        ),
        bad(
            "sendMessage",
            "can't parse message entities JSON object",
            chat_id=MIA,
            text="x",
            entities="[",
        ),
        bad(
            "sendMessage",
            "Unsupported type specified",
            chat_id=MIA,
            text="x",
            entities=[{"type": "h1", "offset": 0, "length": 1}],
        ),
        bad(
            "sendMessage",
            'Can\'t find field "length"',
            chat_id=MIA,
            text="x",
            entities=[{"type": "bold", "offset": 0}],
        ),
        bad(
            "sendMessage",
            "outside of the text",
            chat_id=MIA,
            text="x",
            entities=[{"type": "bold", "offset": 0, "length": 5}],
        ),
        bad(
            "sendMessage",
            "object expected as link preview options",
            chat_id=MIA,
            text="x",
            link_preview_options=[1],
        ),
    ]


def _media(method: str, field: str) -> list[Refusal]:
    def given(value: str) -> dict[str, Any]:
        return {field: value}

    return [
        bad(method, f"there is no {field} in the request", chat_id=MIA),
        bad(
            method,
            "wrong file identifier/HTTP URL specified",
            chat_id=MIA,
            **given("no-such-file"),
        ),
        bad(
            method,
            "failed to get HTTP URL content",
            chat_id=MIA,
            **given("http://nowhere.example/a"),
        ),
    ]


REFUSALS: list[Refusal] = [
    *_of_body("getMe"),
    *_of_body("getWebhookInfo"),
    *_of_body("deleteWebhook"),
    *_of_body("setMyDescription"),
    *_of_body("getStarTransactions"),
    bad("setMyDescription", "DESCRIPTION_TOO_LONG", description="x" * 513),
    bad("setMyDescription", "LANG_CODE_INVALID", description="x", language_code="english"),
    bad("getUpdates", "while webhook is active", status=409, before="webhook"),
    bad("getUpdates", "can't parse allowed_updates JSON object", allowed_updates="["),
    bad("getUpdates", "expected an Array of String", allowed_updates={"a": 1}),
    bad("setWebhook", "An HTTPS URL must be provided for webhook", url="ftp://a.example/"),
    bad("setWebhook", "invalid webhook URL specified", url="https://"),
    bad(
        "setWebhook",
        "secret token contains unallowed characters",
        url="https://a.example/",
        secret_token="a b",
    ),
    bad("setWebhook", "secret token is too long", url="https://a.example/", secret_token="a" * 257),
    *_sending("sendMessage", text="x"),
    *_texts(),
    *_keyboards(),
    *_strange_keyboards(),
    *_media("sendDocument", "document"),
    *_media("sendPhoto", "photo"),
    *_media("sendVoice", "voice"),
    *_media("sendAudio", "audio"),
    *_media("sendVideo", "video"),
    bad(
        "sendDocument",
        "message caption is too long",
        chat_id=MIA,
        document="<file>",
        caption="x" * 1025,
    ),
    bad("sendPhoto", "can't use file of type Document as Photo", chat_id=MIA, photo="<file>"),
    *_editing("editMessageText", text="x"),
    bad("editMessageText", "message text is empty", chat_id=MIA, message_id=2),
    bad("editMessageText", "message is not modified", chat_id=MIA, message_id=2, text="hello"),
    bad("editMessageText", "MESSAGE_TOO_LONG", chat_id=MIA, message_id=2, text=LONG),
    bad(
        "editMessageText",
        "there is no text in the message to edit",
        chat_id=MIA,
        message_id=3,
        text="x",
    ),
    bad(
        "editMessageText",
        "inline keyboard expected",
        chat_id=MIA,
        message_id=2,
        text="x",
        reply_markup={"keyboard": [["a"]]},
    ),
    *_editing("editMessageCaption", caption="x"),
    bad(
        "editMessageCaption",
        "there is no caption in the message to edit",
        chat_id=MIA,
        message_id=2,
        caption="x",
    ),
    bad(
        "editMessageCaption", "message is not modified", chat_id=MIA, message_id=3, caption="a file"
    ),
    *_editing("editMessageReplyMarkup"),
    bad("editMessageReplyMarkup", "message is not modified", chat_id=MIA, message_id=2),
    *_editing("editMessageMedia", media={"type": "document", "media": "<file>"}),
    bad("editMessageMedia", "expected an Object", chat_id=MIA, message_id=3),
    bad(
        "editMessageMedia",
        "is unsupported",
        chat_id=MIA,
        message_id=3,
        media={"type": "poll", "media": "x"},
    ),
    bad("editMessageMedia", "media not found", chat_id=MIA, message_id=3, media={"type": "photo"}),
    bad("deleteMessage", "chat_id is empty", message_id=1),
    bad("deleteMessage", "message identifier is not specified", chat_id=MIA),
    bad("deleteMessage", "message to delete not found", chat_id=MIA, message_id=9999),
    bad(
        "deleteMessage",
        "message can't be deleted for everyone",
        chat_id=MIA,
        message_id=2,
        before="three days",
    ),
    bad("copyMessage", "from_chat_id is empty", chat_id=MIA, message_id=2),
    bad("copyMessage", "message to copy not found", chat_id=MIA, from_chat_id=MIA, message_id=9999),
    bad("copyMessage", "message can't be copied", chat_id=MIA, from_chat_id=MIA, message_id=5),
    bad("copyMessage", "chat not found", chat_id=NOBODY, from_chat_id=MIA, message_id=2),
    bad("answerCallbackQuery", OLD_QUERY),
    bad("answerCallbackQuery", OLD_QUERY, callback_query_id="12345"),
    bad("answerCallbackQuery", "MESSAGE_TOO_LONG", callback_query_id="1", text="x" * 201),
    bad("answerCallbackQuery", "URL_INVALID", callback_query_id="1", url="https://a.example/"),
    bad("sendChatAction", "wrong parameter action in request", chat_id=MIA),
    bad("sendChatAction", "wrong parameter action in request", chat_id=MIA, action="dancing"),
    bad("sendChatAction", "chat not found", chat_id=NOBODY, action="typing"),
    bad(
        "sendChatAction",
        "bot was blocked by the user",
        chat_id=MIA,
        action="typing",
        status=403,
        before="block",
    ),
    bad("getChat", "chat_id is empty"),
    bad("getChat", "chat not found", chat_id=NOBODY),
    bad("getChat", "chat not found", chat_id="@mia"),
    bad("getFile", "file_id not specified"),
    bad("getFile", "invalid file_id", file_id="document-none"),
    bad("getFile", "Internal Server Error", file_id="<file>", status=500, before="server error"),
    *_invoices("sendInvoice"),
    *_invoices("createInvoiceLink"),
    bad("sendInvoice", "chat not found", **{**INVOICE, "chat_id": NOBODY}),
    bad(
        "sendInvoice",
        "REPLY_MARKUP_BUY_EMPTY",
        chat_id=MIA,
        reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
        **INVOICE,
    ),
    bad("createInvoiceLink", "SUBSCRIPTION_PERIOD_INVALID", subscription_period=60, **INVOICE),
    bad("answerPreCheckoutQuery", OLD_QUERY, ok=True),
    bad("answerPreCheckoutQuery", OLD_QUERY, pre_checkout_query_id="5", ok=True),
    bad(
        "answerPreCheckoutQuery",
        'parameter "error_message" is required',
        pre_checkout_query_id="5",
        ok=False,
    ),
    bad("refundStarPayment", "invalid user_id specified", telegram_payment_charge_id="c"),
    bad("refundStarPayment", 'parameter "telegram_payment_charge_id" is required', user_id=MIA),
    bad("editUserStarSubscription", "invalid user_id specified", is_canceled=True),
    bad(
        "editUserStarSubscription",
        'parameter "telegram_payment_charge_id" is required',
        user_id=MIA,
        is_canceled=True,
    ),
    bad(
        "editUserStarSubscription",
        "CHARGE_ID_INVALID",
        user_id=MIA,
        is_canceled=True,
        telegram_payment_charge_id="c",
    ),
    bad("refundStarPayment", "CHARGE_ID_INVALID", user_id=MIA, telegram_payment_charge_id="c"),
    bad("setMyCommands", "expected an Array of BotCommand"),
    bad(
        "setMyCommands", "BOT_COMMAND_INVALID", commands=[{"command": "Start", "description": "x"}]
    ),
    bad(
        "setMyCommands",
        "BOT_COMMAND_DESCRIPTION_INVALID",
        commands=[{"command": "a", "description": ""}],
    ),
    bad("setMyCommands", 'Can\'t find field "description"', commands=[{"command": "a"}]),
    bad(
        "setMyCommands",
        "BOT_COMMANDS_TOO_MUCH",
        commands=[{"command": "a", "description": "x"}] * 101,
    ),
    bad("setMyCommands", "can't parse BotCommandScope", commands=[], scope={"type": "moon"}),
    bad("setChatMenuButton", "MenuButton must be an Object", menu_button=[1]),
    bad("setChatMenuButton", "MenuButton has unsupported type", menu_button={"type": "x"}),
    bad(
        "setChatMenuButton",
        "BUTTON_URL_INVALID",
        menu_button={"type": "web_app", "text": "x", "web_app": {"url": "http://a.example"}},
    ),
    bad("setChatMenuButton", "chat not found", chat_id=NOBODY, menu_button={"type": "commands"}),
]
