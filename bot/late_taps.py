"""A tap that waited too long can no longer be answered; what it asked for still counts."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod

_TOO_LATE = ("query is too old", "query id is invalid")


class LateTaps(BaseRequestMiddleware):
    """Makes answering a callback query that Telegram has given up on return False.

    The answer only ends the button's spinner, so no handler should fail for it after a restart
    or a backlog.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            told = error.message.casefold()
            if isinstance(method, AnswerCallbackQuery) and any(one in told for one in _TOO_LATE):
                return False
            raise
