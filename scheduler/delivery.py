"""Delivery: the outbox's due rows go to Telegram, and what became of each is recorded."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from kernel.clock import Clock, real_now
from kernel.ids import PersonId
from scheduler.model import Addressee
from storage import outbox
from storage.engine import SessionMaker
from storage.outbox import Notice, NoticeButton, Planned
from texts.translator import Translator
from texts.values import from_json

_log = logging.getLogger(__name__)

BATCH = 30
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Delivery:
    """Sends what is due, in the reader's language, once.

    `addressee` finds a recipient's chat, None when they are gone; `on_blocked` is told of people
    who blocked the bot.
    """

    sessions: SessionMaker
    bot: Bot
    clock: Clock
    addressee: Callable[[PersonId], Awaitable[Addressee | None]]
    on_blocked: Callable[[PersonId], Awaitable[None]]

    async def __call__(self) -> int:
        """Send everything that is due now; returns how many were sent."""
        sent = 0
        while batch := await self._claim():
            results = await asyncio.gather(*(self._deliver(one) for one in batch))
            sent += sum(results)
        return sent

    async def _claim(self) -> list[Planned]:
        async with self.sessions.begin() as db:
            await outbox.recover(db, real_now=real_now())
            return await outbox.claim(db, now=self.clock(), real_now=real_now(), limit=BATCH)

    async def _deliver(self, planned: Planned) -> bool:
        notice = planned.notice
        reader = await self.addressee(notice.recipient)
        if reader is None:
            await self._settle(planned, outbox.BLOCKED)
            return False
        stopped = notice.priority == outbox.MARKETING_PRIORITY and not reader.marketing
        late = notice.expires_at is not None and notice.expires_at <= self.clock()
        if stopped or late:
            await self._settle(planned, outbox.VOID)
            return False
        return await self._send(planned, reader)

    async def _send(self, planned: Planned, reader: Addressee) -> bool:
        try:
            message = await self._request(planned.notice, reader)
        except TelegramForbiddenError as error:
            await self._settle(planned, outbox.BLOCKED, error=error.message)
            await self.on_blocked(planned.notice.recipient)
        except TelegramRetryAfter as error:
            await self._put_back(planned, seconds=error.retry_after, error=error.message)
        except (TelegramServerError, TelegramNetworkError) as error:
            await self._put_back(planned, seconds=min(2**planned.attempts, 60), error=str(error))
        except TelegramAPIError as error:
            _log.warning("notice %s refused: %s", planned.notice.unique_key, error.message)
            await self._settle(planned, outbox.FAILED, error=error.message)
        else:
            await self._settle(planned, outbox.SENT, message_id=message.message_id)
            return True
        return False

    async def _request(self, notice: Notice, reader: Addressee) -> Message:
        translate = Translator(reader.language, reader.time_zone)
        text = _text(notice, translate)
        keyboard = _keyboard(notice.buttons, translate)
        if notice.document is None:
            return await self.bot.send_message(
                reader.chat_id, text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )
        name, content = notice.document
        return await self.bot.send_document(
            reader.chat_id, BufferedInputFile(content.encode(), name), caption=text,
            reply_markup=keyboard,
        )  # fmt: skip

    async def _settle(
        self, planned: Planned, state: str, *, message_id: int | None = None,
        error: str | None = None,
    ) -> None:  # fmt: skip
        async with self.sessions.begin() as db:
            await outbox.settle(
                db, planned.id, state=state, now=self.clock(), message_id=message_id, error=error
            )

    async def _put_back(self, planned: Planned, *, seconds: float, error: str) -> None:
        retry_at = real_now() + timedelta(seconds=seconds)
        async with self.sessions.begin() as db:
            await outbox.put_back(db, planned.id, retry_at=retry_at, error=error)


def _text(notice: Notice, translate: Translator) -> str:
    if notice.literal is not None:
        literal = notice.literal
        return literal.get(translate.language) or next(iter(literal.values()))
    if notice.key is None:
        raise ValueError(f"notice {notice.unique_key} says nothing")
    return translate.text(notice.key, from_json(notice.values))


def _keyboard(
    rows: Sequence[Sequence[NoticeButton]], translate: Translator
) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(one, translate) for one in row] for row in rows]
    )


def _button(button: NoticeButton, translate: Translator) -> InlineKeyboardButton:
    if isinstance(button.text, str):
        label = translate.plain(button.text)
    else:
        label = button.text.get(translate.language) or next(iter(button.text.values()))
    return InlineKeyboardButton(text=label, callback_data=button.data, url=button.url)
