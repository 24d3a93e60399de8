"""Telegram's pace, kept for every message the bot sends, answers in dialogs included."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import monotonic
from typing import Protocol

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from kernel.clock import real_now

_PACED = ("send", "copy", "forward")
_MANY_CHATS = 10_000
WHOLE_BOT = "*"
_SECOND = 1.01


@dataclass(frozen=True)
class Pace:
    """Limits: messages in any rolling second over all chats, a private chat's rate with its
    burst, and a group's messages in a minute."""

    per_second: int = 30
    per_chat_second: float = 1.0
    chat_burst: int = 15
    per_group_minute: int = 20


@dataclass(frozen=True)
class Urgency:
    """Who goes first (the smaller rank), and how many seconds to wait for a turn, and how often
    to try again after a 429, before the refusal is handed on."""

    rank: int = -1
    patience: float = 10.0
    tries: int = 3


ANSWER = Urgency()
_urgency: ContextVar[Urgency] = ContextVar("urgency", default=ANSWER)


def hurry(urgency: Urgency) -> None:
    """From here on, what this task sends has this urgency."""
    _urgency.set(urgency)


class Shared(Protocol):
    """A pace that several processes keep together."""

    async def take(self, per_second: int, *, patience: float) -> str | None:
        """Wait for a turn; its place, or None where it did not come in time."""

    async def answered(self, place: str) -> None:
        """The message's second counts from now."""


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


@dataclass(order=True)
class _Waiting:
    rank: int
    number: int
    chat: str = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


@dataclass
class Pacer(BaseRequestMiddleware):
    """Waits before a send until Telegram's limits allow it; obeys `retry_after`.

    The most urgent goes first, whoever came first among equals. Edits and answers to taps are no
    messages and pass at once. `remember` is told how long a scope (a chat, or the whole bot) must
    rest, in real time, so that it is known after a restart. `shared` is the pace of all processes
    together; without it each has its own.
    """

    pace: Pace = field(default_factory=Pace)
    remember: Callable[[str, datetime], Awaitable[None]] | None = None
    shared: Shared | None = None
    _sent: deque[float] = field(default_factory=deque)
    _under_way: int = 0
    _chats: dict[str, _Bucket] = field(default_factory=dict)
    _rests: dict[str, float] = field(default_factory=dict)
    _refused: dict[str, float] = field(default_factory=dict)
    _waiting: list[_Waiting] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)
    _alarm: asyncio.TimerHandle | None = None
    _look_at: int = _MANY_CHATS

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if not method.__api_method__.startswith(_PACED):
            return await make_request(bot, method)
        chat, urgency = str(getattr(method, "chat_id", "")), _urgency.get()
        for tries_left in reversed(range(urgency.tries)):
            await self._turn(chat, method, urgency)
            place = await self._place_of_all(method, urgency)
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                await self._obey(chat, refusal.retry_after)
                if not tries_left or refusal.retry_after > urgency.patience:
                    raise
            finally:
                self._answered()
                if self.shared is not None:
                    await self.shared.answered(place)
        raise AssertionError("the last try returns or raises")

    async def _place_of_all(self, method: TelegramMethod[TelegramType], urgency: Urgency) -> str:
        """The turn among all processes."""
        if self.shared is None:
            return ""
        place = None
        try:
            place = await self.shared.take(self.pace.per_second, patience=urgency.patience)
        finally:
            if place is None:
                self._answered()
        if place is None:
            raise TelegramRetryAfter(method=method, message="waits for its turn", retry_after=1)
        return place

    def rest(self, scope: str, until: datetime) -> None:
        """Send nothing to a scope before an instant of real time."""
        until_here = monotonic() + (until - real_now()).total_seconds()
        self._rests[scope] = max(self._rests.get(scope, 0.0), until_here)

    def free(self) -> int:
        """How many messages could go out at once now; none while the whole bot rests."""
        if self._wait_of_all(monotonic()) > 0:
            return 0
        taken = len(self._sent) + self._under_way + len(self._waiting)
        return max(0, self.pace.per_second - taken)

    @property
    def resting(self) -> bool:
        """Whether Telegram told the whole bot to rest."""
        return self._rest(WHOLE_BOT, monotonic()) > 0

    def turn_away(self) -> None:
        """Whatever waits for its turn and is no answer is refused now, to be sent later."""
        for one in [each for each in self._waiting if each.rank > ANSWER.rank]:
            self._waiting.remove(one)
            if not one.turn.done():
                one.turn.set_exception(TimeoutError())

    async def _obey(self, chat: str, seconds: float) -> None:
        """Let rest whom a 429 is for, which Telegram does not say."""
        scope = chat if self._is_about_chat(chat, seconds) else WHOLE_BOT
        until = real_now() + timedelta(seconds=seconds)
        self.rest(scope, until)
        if self.remember is not None:
            await self.remember(scope, until)

    def _is_about_chat(self, chat: str, seconds: float) -> bool:
        """A chat that got more than its rate explains it. Else it is for the whole bot where that
        sends at half its pace or more, or where another chat was refused and still rests."""
        if self._had_more_than_its_rate(chat):
            return True
        now = monotonic()
        self._refused = {one: until for one, until in self._refused.items() if until > now}
        others = self._refused.keys() - {chat}
        self._refused[chat] = now + seconds
        self._wait_of_all(now)
        busy = 2 * (len(self._sent) + self._under_way) > self.pace.per_second
        return not busy and not others

    def _had_more_than_its_rate(self, chat: str) -> bool:
        burst, _ = self._limits(chat)
        bucket = self._bucket(chat, monotonic())
        # one message is gone from it in any case
        return bucket.tokens < burst - 1.05

    async def _turn(
        self, chat: str, method: TelegramMethod[TelegramType], urgency: Urgency
    ) -> None:
        one = _Waiting(
            urgency.rank, next(self._numbers), chat, asyncio.get_running_loop().create_future()
        )
        rest = max(self._rest(chat, monotonic()), self._rest(WHOLE_BOT, monotonic()))
        if rest <= urgency.patience:
            self._waiting.append(one)
            self._waiting.sort()
            self._admit()
            try:
                await asyncio.wait_for(one.turn, urgency.patience + rest)
            except TimeoutError:
                # a turn may come in the moment in which the patience ends
                if _came(one.turn):
                    return
                rest = max(rest, 1.0)
            except asyncio.CancelledError:
                if _came(one.turn):
                    self._answered()
                raise
            else:
                return
            finally:
                if one in self._waiting:
                    self._waiting.remove(one)
        raise TelegramRetryAfter(
            method=method, message="waits for its turn", retry_after=max(1, round(rest + 0.5))
        )

    def _answered(self) -> None:
        """When Telegram took the message is known no better than that it has: its second counts
        from here."""
        self._under_way -= 1
        self._sent.append(monotonic())
        self._admit()

    def _admit(self) -> None:
        """Let in whoever may go now, and look again when the next one may."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        now = monotonic()
        soonest: float | None = None
        for one in list(self._waiting):
            if (wait := self._wait_of_all(now)) > 0:
                soonest = wait
                break
            if (wait := self._wait_of_chat(one.chat, now)) > 0:
                soonest = wait if soonest is None else min(soonest, wait)
                continue
            self._waiting.remove(one)
            if not one.turn.done():
                self._bucket(one.chat, now).tokens -= 1
                self._under_way += 1
                one.turn.set_result(None)
        if soonest is not None:
            self._alarm = asyncio.get_running_loop().call_later(soonest, self._admit)

    def _wait_of_all(self, now: float) -> float:
        while self._sent and self._sent[0] <= now - _SECOND:
            self._sent.popleft()
        full = len(self._sent) + self._under_way >= self.pace.per_second
        oldest = self._sent[0] if self._sent else now
        return max(oldest + _SECOND - now if full else 0.0, self._rest(WHOLE_BOT, now))

    def _wait_of_chat(self, chat: str, now: float) -> float:
        _, rate = self._limits(chat)
        missing = 1 - self._bucket(chat, now).tokens
        return max(missing / rate if missing > 0 else 0.0, self._rest(chat, now))

    def _rest(self, scope: str, now: float) -> float:
        return max(0.0, self._rests.get(scope, 0.0) - now)

    def _limits(self, chat: str) -> tuple[float, float]:
        """The burst of a chat, and its messages a second; a group's id is negative."""
        if chat.startswith("-"):
            return self.pace.per_group_minute, self.pace.per_group_minute / 60
        return self.pace.chat_burst, self.pace.per_chat_second

    def _bucket(self, chat: str, now: float) -> _Bucket:
        self._forget_quiet_chats(now)
        burst, rate = self._limits(chat)
        bucket = self._chats.setdefault(chat, _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.filled_at) * rate)
        bucket.filled_at = now
        return bucket

    def _forget_quiet_chats(self, now: float) -> None:
        if len(self._chats) < self._look_at:
            return
        full_after = self.pace.chat_burst / self.pace.per_chat_second
        self._chats = {
            chat: one
            for chat, one in self._chats.items()
            if now - one.filled_at < (60 if chat.startswith("-") else full_after)
        }
        self._rests = {scope: until for scope, until in self._rests.items() if until > now}
        self._look_at = max(_MANY_CHATS, 2 * len(self._chats))


def _came(turn: asyncio.Future[None]) -> bool:
    return turn.done() and not turn.cancelled() and turn.exception() is None
