"""Telegram's pace, kept for every message the bot sends, answers in dialogs included."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

_PACED = ("send", "copy", "forward")
_TRIES_AFTER_429 = 3


@dataclass(frozen=True)
class Pace:
    """Limits: messages in any rolling second over all chats, and a chat's rate with its burst."""

    per_second: int = 30
    per_chat_second: float = 1.0
    chat_burst: int = 15


@dataclass
class _ChatBucket:
    tokens: float
    filled_at: float


@dataclass
class Pacer(BaseRequestMiddleware):
    """Waits before a send until Telegram's limits allow it; obeys `retry_after`.

    Edits and answers to taps are not messages and pass at once.
    """

    pace: Pace = field(default_factory=Pace)
    _sent: deque[float] = field(default_factory=deque)
    _chats: dict[str, _ChatBucket] = field(default_factory=dict)
    _quiet_until: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if not method.__api_method__.startswith(_PACED):
            return await make_request(bot, method)
        chat = str(getattr(method, "chat_id", ""))
        for attempt in range(_TRIES_AFTER_429):
            await self._turn(chat)
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                self._quiet_until[chat] = monotonic() + refusal.retry_after
                if attempt == _TRIES_AFTER_429 - 1 or refusal.retry_after > 10:
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _turn(self, chat: str) -> None:
        while (wait := self._wait(chat, monotonic())) > 0:  # noqa: ASYNC110 - a time is waited for
            await asyncio.sleep(wait)

    def _wait(self, chat: str, now: float) -> float:
        """Seconds to wait before a send to `chat`; 0 takes the place."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        overall = self._sent[0] + 1 - now if len(self._sent) >= self.pace.per_second else 0.0
        bucket = self._bucket(chat, now)
        of_chat = (1 - bucket.tokens) / self.pace.per_chat_second if bucket.tokens < 1 else 0.0
        wait = max(overall, of_chat, self._quiet_until.get(chat, 0.0) - now)
        if wait <= 0:
            bucket.tokens -= 1
            self._sent.append(now)
        return wait

    def _bucket(self, chat: str, now: float) -> _ChatBucket:
        self._forget_full_buckets(now)
        bucket = self._chats.setdefault(chat, _ChatBucket(self.pace.chat_burst, now))
        gained = (now - bucket.filled_at) * self.pace.per_chat_second
        bucket.tokens = min(self.pace.chat_burst, bucket.tokens + gained)
        bucket.filled_at = now
        return bucket

    def _forget_full_buckets(self, now: float) -> None:
        if len(self._chats) < 10_000:
            return
        full_after = self.pace.chat_burst / self.pace.per_chat_second
        self._chats = {
            chat: one for chat, one in self._chats.items() if now - one.filled_at < full_after
        }


def paced(bot: Bot, pace: Pace) -> Any:
    """Put the pacer before every request of `bot`; returns the bot."""
    bot.session.middleware(Pacer(pace))
    return bot
