"""A tap counts only on a button that the bot has put there."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.turn import TURN, Turn


class GenuineTap(BaseMiddleware):
    """Refuses taps whose data is under no button of their message: forged ones, and quick second
    taps on a button that the first one took away. Telegram itself says what the message shows."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, CallbackQuery) and not _is_shown(event):
            turn: Turn = data[TURN]
            return await event.answer(turn.translate.plain("button-gone"))
        return await handler(event, data)


def _is_shown(callback: CallbackQuery) -> bool:
    message = callback.message
    if not isinstance(message, Message):
        return True  # too old for Telegram to say what it shows
    if message.reply_markup is None:
        return False
    rows = message.reply_markup.inline_keyboard
    return any(button.callback_data == callback.data for row in rows for button in row)
