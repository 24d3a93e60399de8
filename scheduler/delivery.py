"""Delivery: the outbox's due rows go to Telegram, and what became of each is recorded."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import uniform

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock, real_now
from kernel.ids import PersonId
from scheduler import broadcasts, rests
from scheduler.broadcasts import BroadcastState
from scheduler.model import Addressee, FrequencyCap
from scheduler.pacer import Pacer, Urgency, hurry
from scheduler.rendering import send
from storage import outbox
from storage.engine import Database
from storage.outbox import Message, Notice, Outcome, Planned, Retry

_log = logging.getLogger(__name__)

# together below the outbox's lease of 30 seconds: who sends is done before it ends
PATIENCE_SECONDS = 5.0
REQUEST_SECONDS = 15
_AT_ONCE = 80
_MARKETING_AT_ONCE = 64
_LOOK_SECONDS = 0.25
_UNTIL_ROOM_SECONDS = 0.05
_MOST_BUGS = 3
_MOST_TRIES = 100
_LONGEST_WAIT_SECONDS = 60

Done = Outcome | Retry


@dataclass
class Delivery:
    """Sends what is due, in the reader's language, once.

    `addressees` finds recipients' chats, without those who are gone; `on_blocked` is told of
    people who blocked the bot, `on_failed` of notices that cannot be sent at all. `resend` says
    whether a message about a session goes again when a process died while sending it.
    `website` is where people reach our pages, empty where they cannot.
    """

    database: Database
    bot: Bot
    pacer: Pacer
    clock: Clock
    addressees: Callable[[Collection[PersonId]], Awaitable[Mapping[PersonId, Addressee]]]
    on_blocked: Callable[[PersonId], Awaitable[None]]
    on_failed: Callable[[Notice, str], Awaitable[None]]
    cap: FrequencyCap = field(default_factory=FrequencyCap)
    resend: bool = True
    website: str = ""
    _stopping: bool = False
    _done: list[Done] = field(default_factory=list)
    """What is not recorded yet, kept where the database failed."""

    async def __call__(self) -> int:
        """Send everything that is due now; returns how many were sent."""
        sending = dict[asyncio.Task[Done], Planned]()
        try:
            return await self._send_all(sending)
        except Exception:
            # broken off, it would be said twice, or nobody would know whether it was said
            if sending:
                await asyncio.wait(sending)
            self._done += [one.result() for one in sending if one.exception() is None]
            raise
        finally:
            for task in sending:
                task.cancel()

    async def _send_all(self, sending: dict[asyncio.Task[Done], Planned]) -> int:
        sent = 0
        while True:
            news = sum(one.notice.is_marketing for one in sending.values())
            batch, more = await self._next(
                room=_AT_ONCE - len(sending), marketing=self._most_marketing - news
            )
            sending |= await self._begin(batch, sending.values())
            if not sending and not more:
                return sent
            if not sending:
                await asyncio.sleep(_UNTIL_ROOM_SECONDS)
                continue
            finished, _ = await asyncio.wait(
                sending, timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            for task in finished:
                del sending[task]
                done = task.result()
                self._done.append(done)
                sent += isinstance(done, Outcome) and done.state == outbox.SENT

    def stop(self) -> None:
        """Claim no more; what waits for its turn goes back, what is on its way is finished."""
        self._stopping = True
        self.pacer.turn_away()

    async def _next(self, *, room: int, marketing: int) -> tuple[list[Planned], bool]:
        """Record what is done and claim what is next, in one transaction, or none if neither.

        Marketing is claimed when it can go out at once, so that nothing of it waits for its turn
        when a pause comes. Returns as well whether there is more of it to be claimed soon.
        """
        marketing = min(marketing, self.pacer.free())
        running, single = await self._look()
        more = bool(running) and not self._stopping and not self.pacer.resting
        if marketing <= 0:
            running = {}
        claiming = (single or bool(running)) and room > 0 and not self._stopping
        if not self._done and not claiming:
            return [], more
        batch = list[Planned]()
        async with self.database.write.begin() as db:
            done, now = self._done, self.clock()
            await outbox.settle(db, [one for one in done if isinstance(one, Outcome)], now=now)
            await outbox.put_back(db, [one for one in done if isinstance(one, Retry)])
            if claiming:
                batch = await self._claim(db, running, room=room, marketing=marketing)
        self._done = []
        return batch, more

    async def _claim(
        self, db: AsyncSession, running: Mapping[str, Message], *, room: int, marketing: int
    ) -> list[Planned]:
        now, real = self.clock(), real_now()
        await outbox.recover(db, now=now, real_now=real, resend=self.resend)
        batch = await outbox.claim(
            db, now=now, real_now=real, limit=room, marketing=max(0, marketing)
        )
        marketing -= sum(one.notice.is_marketing for one in batch)
        room = min(room - len(batch), marketing)
        for about, message in running.items():
            broadcast_id = about.partition(":")[2]
            if room <= 0 or not await broadcasts.lock_sending(db, broadcast_id):
                continue
            found = await outbox.claim_batch(db, about, now=now, real_now=real, limit=room)
            if found:
                await broadcasts.started(db, broadcast_id, real_now=real)
            room -= len(found)
            batch += [_saying(one, message) for one in found]
        return batch

    @property
    def _most_marketing(self) -> int:
        """What is claimed goes out whatever is decided then: half a second's worth at most, so
        that a pause holds at once and a session's message does not wait behind it."""
        return min(_MARKETING_AT_ONCE, max(1, self.pacer.pace.per_second // 2))

    async def _look(self) -> tuple[dict[str, Message], bool]:
        """The broadcasts that have something to send, and whether a single notice is due."""
        now, real = self.clock(), real_now()
        async with self.database.read() as db:
            for scope, until in (await rests.under_way(db, real_now=real)).items():
                self.pacer.rest(scope, until)
            running = {
                one.about: one.message
                for one in await broadcasts.in_states(db, BroadcastState.SENDING)
                if await outbox.due_in_batch(db, one.about, now=now, real_now=real)
            }
            single = await outbox.anything_due(db, now=now, real_now=real)
        return running, single

    async def _begin(
        self, batch: Sequence[Planned], sending: Iterable[Planned]
    ) -> dict[asyncio.Task[Done], Planned]:
        if not batch:
            return {}
        try:
            readers = await self.addressees({one.notice.recipient for one in batch})
            too_many = await self._too_many(batch, sending)
        except Exception as failure:
            self._done += [Retry(one, real_now(), str(failure)) for one in batch]
            raise
        return {
            asyncio.create_task(
                self._deliver(one, readers.get(one.notice.recipient), tired=one.id in too_many)
            ): one
            for one in batch
        }

    async def _too_many(self, batch: Sequence[Planned], sending: Iterable[Planned]) -> set[str]:
        """The rows that are more marketing than their readers may get lately, what is on its way
        to them included."""
        news = [one for one in batch if one.notice.is_marketing]
        if not news or not self.cap.messages:
            return set()
        people = sorted({one.notice.recipient for one in news})
        async with self.database.read() as db:
            count = Counter(await outbox.sent_to(db, people, since=self.clock() - self.cap.within))
        count.update(one.notice.recipient for one in sending if one.notice.is_marketing)
        found = set()
        for one in news:
            count[one.notice.recipient] += 1
            if count[one.notice.recipient] > self.cap.messages:
                found.add(one.id)
        return found

    async def _deliver(self, planned: Planned, reader: Addressee | None, *, tired: bool) -> Done:
        notice = planned.notice
        if reader is None:
            return Outcome(planned.id, outbox.BLOCKED)
        if notice.is_marketing and not reader.marketing:
            return Outcome(planned.id, outbox.VOID, error="wants no news")
        if notice.is_marketing and tired:
            return Outcome(planned.id, outbox.VOID, error=outbox.OVER_CAP)
        if notice.expires_at is not None and notice.expires_at <= self.clock():
            return Outcome(planned.id, outbox.VOID, error="too late to be of use")
        try:
            return await self._send(planned, reader)
        except (OSError, SQLAlchemyError) as down:
            # our database: nothing is wrong with the notice
            return await self._again(planned, f"{type(down).__name__}: {down}")
        except Exception as bug:
            _log.exception("notice %s cannot be said", notice.unique_key)
            return await self._again(planned, f"{type(bug).__name__}: {bug}", most=_MOST_BUGS)

    async def _send(self, planned: Planned, reader: Addressee) -> Done:
        notice = planned.notice
        hurry(Urgency(notice.priority, PATIENCE_SECONDS, tries=1))
        try:
            message = await send(
                self.bot, notice, reader, timeout_s=REQUEST_SECONDS, website=self.website
            )
        except TelegramForbiddenError as error:
            await self.on_blocked(notice.recipient)
            return Outcome(planned.id, outbox.BLOCKED, error=error.message)
        except TelegramRetryAfter as error:
            return Retry(planned, _in(error.retry_after), error.message)
        except TelegramNetworkError as error:
            if _never_arrived(error) or (
                notice.priority == outbox.SESSION_PRIORITY and self.resend
            ):
                return await self._again(planned, error.message)
            return Outcome(planned.id, outbox.UNKNOWN, error=error.message)
        except (TelegramServerError, ClientDecodeError) as error:
            # a gateway in between answers with a page of its own
            return await self._again(planned, str(error))
        except TelegramAPIError as error:
            return await self._fail(planned, error.message)
        return Outcome(planned.id, outbox.SENT, message_id=message.message_id)

    async def _again(self, planned: Planned, error: str, *, most: int = _MOST_TRIES) -> Done:
        """Try again after a while, longer each time; give up after `most` tries."""
        if planned.attempts + 1 >= most:
            return await self._fail(planned, error)
        longest = min(2.0 ** min(planned.attempts, 10), _LONGEST_WAIT_SECONDS)
        return Retry(planned, _in(uniform(longest / 2, longest)), error)  # noqa: S311 - jitter

    async def _fail(self, planned: Planned, error: str) -> Outcome:
        _log.warning("notice %s failed: %s", planned.notice.unique_key, error)
        await self.on_failed(planned.notice, error)
        return Outcome(planned.id, outbox.FAILED, error=error)


def _saying(planned: Planned, message: Message) -> Planned:
    return Planned(planned.id, message.notice(planned.notice), planned.attempts)


def _never_arrived(error: TelegramNetworkError) -> bool:
    """Whether there was no connection at all; else the message may be in the chat."""
    return isinstance(error.__context__, ClientConnectorError)


def _in(seconds: float) -> datetime:
    return real_now() + timedelta(seconds=seconds)
