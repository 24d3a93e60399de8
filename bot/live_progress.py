"""Keeps the messages with a broadcast's progress true."""

import logging
from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.replies import keyboard
from texts.translator import Translator
from workflows.watch_broadcasts import PROGRESS, WatchBroadcasts, Watched, progress_values, steering

_log = logging.getLogger(__name__)


@dataclass
class LiveProgress:
    """Each run writes anew what has changed, until a broadcast is over and shown so."""

    bot: Bot
    watch: WatchBroadcasts
    _shown: dict[str, str] = field(default_factory=dict)
    _over: set[str] = field(default_factory=set)

    async def __call__(self) -> None:
        for one in await self.watch(but=self._over):
            await self._show(one)
            if one.is_last:
                self._over.add(one.progress.broadcast.id)

    async def _show(self, one: Watched) -> None:
        author, broadcast = one.author, one.progress.broadcast.id
        if author.telegram_id is None:
            return
        translate = Translator(author.language, author.time_zone or "UTC")
        text = translate.text(PROGRESS, progress_values(one.progress))
        if self._shown.get(broadcast) == text:
            return
        self._shown[broadcast] = text
        steers = [(translate.plain(key), data) for key, data in steering(one.progress)]
        try:
            await self.bot.edit_message_text(
                text, chat_id=author.telegram_id, message_id=one.message_id,
                reply_markup=keyboard(steers) if steers else None,
            )  # fmt: skip
        except TelegramAPIError as error:
            # as it is shown already, deleted by the admin, or too often: the next run tries again
            _log.info("the progress of broadcast %s was not shown: %s", broadcast, error)
