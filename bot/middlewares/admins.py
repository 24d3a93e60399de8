"""The admins' windows stay shut to somebody who is none any more."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.internal import CONTEXT_KEY

from bot.dialogs.menu import open_menu
from bot.dialogs.states import (
    Admin,
    AdminMoney,
    Broadcast,
    Faq,
    Polls,
    ReviewItem,
    Sequences,
    ToPerson,
    Unanswered,
)
from bot.turn import TURN, Turn

_GROUPS = (
    Admin, AdminMoney, Broadcast, Faq, Polls, ReviewItem, Sequences, ToPerson, Unanswered,
)  # fmt: skip


class AdminWindows(BaseMiddleware):
    """An open window outlives restarts and changes of HOURWISE_ADMIN_IDS, so each use asks."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        turn: Turn = data[TURN]
        context = data.get(CONTEXT_KEY)
        if turn.admin or not isinstance(context, Context) or context.state.group not in _GROUPS:
            return await handler(event, data)
        manager: DialogManager = data["dialog_manager"]
        await open_menu(manager)
        return None
