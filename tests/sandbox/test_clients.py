"""aiogram and python-telegram-bot run against the sandbox as they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import telegram
import telegram.ext as ptb
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.filters import Command
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    LabeledPrice,
    Message,
    PreCheckoutQuery,
)

from tests.sandbox.kit import MIA, TOKEN, Sandbox

PRICES = [LabeledPrice(label="An hour", amount=4900)]


@asynccontextmanager
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """aiogram, told nothing but the address."""
    server = TelegramAPIServer.from_base(f"{sandbox.url}/telegram")
    bot = Bot(TOKEN, AiohttpSession(api=server), DefaultBotProperties(parse_mode="HTML"))
    yield bot
    await bot.session.close()


async def _seen(sandbox: Sandbox, words: str) -> dict[str, Any]:
    """The person's newest message with these words, once it is there."""
    after = 0
    async with asyncio.timeout(15):
        while True:
            chat = await sandbox.chat(MIA, after=after, wait=10)
            after = chat["last"]
            for message in reversed(chat["messages"]):
                if words in (message.get("text") or message.get("caption") or ""):
                    return dict(message)


async def test_aiogram_lives_a_whole_chat(sandbox: Sandbox) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(Command("start"))
    async def start(message: Message) -> None:
        button = InlineKeyboardButton(text="Buy", callback_data="buy")
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer("<b>Welcome</b>", reply_markup=markup)

    @dispatcher.callback_query(F.data == "buy")
    async def buy(query: CallbackQuery) -> None:
        await query.answer("One moment")
        assert isinstance(query.message, Message)
        await query.message.edit_text("Here is the invoice")
        await query.message.answer_invoice(
            "An hour", "With an expert", "order-1", "USD", PRICES, provider_token="t"
        )

    @dispatcher.pre_checkout_query()
    async def check(query: PreCheckoutQuery) -> None:
        await query.answer(ok=query.total_amount == 4900, error_message="Another amount")

    @dispatcher.message(F.successful_payment)
    async def thanks(message: Message) -> None:
        file = BufferedInputFile(b"BEGIN:VCALENDAR", "session.ics")
        await message.answer_document(file, caption="Thanks for paying")

    @dispatcher.message(F.document)
    async def back(message: Message, bot: Bot) -> None:
        assert message.document
        content = await bot.download(message.document)
        assert content
        await message.answer(f"got {content.read().decode()}")

    async with aiogram_bot(sandbox) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        await sandbox.says(MIA, "/start")
        welcome = await _seen(sandbox, "Welcome")
        assert welcome["entities"] == [{"type": "bold", "offset": 0, "length": 7}]
        await sandbox.post(f"users/{MIA}/clicks", message_id=welcome["message_id"], text="Buy")
        await _seen(sandbox, "Here is the invoice")
        invoice = await _invoice(sandbox)
        await sandbox.post(f"users/{MIA}/payments", message_id=invoice, outcome="wrong_amount")
        await sandbox.post(f"users/{MIA}/payments", message_id=invoice, outcome="pay")
        assert (await _seen(sandbox, "Thanks"))["document"]["file_name"] == "session.ics"
        await sandbox.post(f"users/{MIA}/messages", document={"base64": "aGVsbG8="})
        await _seen(sandbox, "got hello")
        toasts = (await sandbox.chat(MIA))["toasts"]
        assert [toast["text"] for toast in toasts] == ["One moment", "Another amount"]
        await dispatcher.stop_polling()
        await polling


async def _invoice(sandbox: Sandbox) -> int:
    async with asyncio.timeout(15):
        while True:
            chat = await sandbox.chat(MIA)
            found = [message for message in chat["messages"] if "invoice" in message]
            if found:
                return int(found[0]["message_id"])
            await sandbox.chat(MIA, after=chat["last"], wait=10)


async def test_aiogram_understands_every_refusal(sandbox: Sandbox) -> None:
    async with aiogram_bot(sandbox) as bot:
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_message(5, "x")
        with pytest.raises(TelegramBadRequest, match="can't parse entities"):
            await bot.send_message(MIA, "<b>x")
        with pytest.raises(TelegramNotFound):
            await bot.send_dice(MIA)
        await sandbox.post("faults", method="sendMessage", status=429, retry_after=3, times=1)
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.send_message(MIA, "x")
        assert caught.value.retry_after == 3
        await sandbox.post("faults", lose_response="sendMessage", times=1)
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(MIA, "done, but nobody says so")
        assert (await sandbox.chat(MIA))["messages"][-1]["text"] == "done, but nobody says so"
        await sandbox.post("faults", block=MIA)
        with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
            await bot.send_message(MIA, "x")
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(TelegramConflictError):
            await bot.get_updates()


async def test_aiogram_edits_media_with_an_upload(sandbox: Sandbox) -> None:
    async with aiogram_bot(sandbox) as bot:
        sent = await bot.send_document(MIA, BufferedInputFile(b"one", "one.txt"), caption="1")
        media = InputMediaDocument(media=BufferedInputFile(b"two", "two.txt"), caption="<i>2</i>")
        await bot.edit_message_media(media, chat_id=MIA, message_id=sent.message_id)
        edited = (await sandbox.chat(MIA))["messages"][-1]
        assert edited["document"]["file_name"] == "two.txt"
        assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
        assert edited["edited"]


async def test_python_telegram_bot_lives_a_whole_chat(sandbox: Sandbox) -> None:
    application = (
        ptb.ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{sandbox.url}/telegram/bot")
        .base_file_url(f"{sandbox.url}/telegram/file/bot")
        .build()
    )

    async def start(update: telegram.Update, _: Any) -> None:
        assert update.message
        button = telegram.InlineKeyboardButton("Buy", callback_data="buy")
        await update.message.reply_markdown_v2(
            "*Welcome*", reply_markup=telegram.InlineKeyboardMarkup([[button]])
        )

    async def buy(update: telegram.Update, _: Any) -> None:
        assert update.callback_query
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Here is the invoice")
        assert update.effective_chat
        prices = [telegram.LabeledPrice("An hour", 50)]
        await update.effective_chat.send_invoice("An hour", "With an expert", "p", "XTR", prices)

    async def check(update: telegram.Update, _: Any) -> None:
        assert update.pre_checkout_query
        await update.pre_checkout_query.answer(ok=True)

    async def thanks(update: telegram.Update, context: Any) -> None:
        assert update.message
        charge = update.message.successful_payment
        assert charge
        await update.message.reply_document(b"BEGIN", filename="a.ics", caption="Thanks")
        await context.bot.refund_star_payment(MIA, charge.telegram_payment_charge_id)

    application.add_handler(ptb.CommandHandler("start", start))
    application.add_handler(ptb.CallbackQueryHandler(buy, pattern="buy"))
    application.add_handler(ptb.PreCheckoutQueryHandler(check))
    application.add_handler(ptb.MessageHandler(ptb.filters.SUCCESSFUL_PAYMENT, thanks))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=2)
        await sandbox.says(MIA, "/start")
        welcome = await _seen(sandbox, "Welcome")
        await sandbox.post(f"users/{MIA}/clicks", message_id=welcome["message_id"], text="Buy")
        invoice = await _invoice(sandbox)
        await sandbox.post(f"users/{MIA}/payments", message_id=invoice, outcome="pay")
        await _seen(sandbox, "Thanks")
        transactions = await _two_transactions(application.bot)
        assert [part.amount for part in transactions] == [50, 50]
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await application.bot.send_message(5, "x")
        await application.updater.stop()
        await application.stop()


async def _two_transactions(bot: telegram.Bot) -> tuple[telegram.StarTransaction, ...]:
    async with asyncio.timeout(10):
        while True:
            found = (await bot.get_star_transactions()).transactions
            if len(found) == 2:
                return tuple(found)
            await asyncio.sleep(0.05)
