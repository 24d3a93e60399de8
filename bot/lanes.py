"""Lanes: each person's updates one after another, in order, side by side with other people's."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Update

from bot.leases import Leases
from bot.received import parsed
from bot.state import current_draft
from kernel.clock import real_now
from kernel.ids import new_id
from storage import conversation, inbox, lanes
from storage.engine import Database
from storage.inbox import Received

_log = logging.getLogger(__name__)

_LOOK_AGAIN_SECONDS = 1.0
_DRAIN_SECONDS = 6.0
_AT_ONCE = 64
_LONGEST_WAIT_SECONDS = 30.0
# the name of a field, which no text that somebody wrote can look like
_URGENT = '"pre_checkout_query": {'


@dataclass
class Lanes:
    """Handles stored updates; a lane is this process's while it has the lease of it.

    `handle` has an update's effect; its conversation changes are written together with "done",
    so that a crash before that replays the update. `handle_urgent` answers what cannot wait for
    its turn. `apologise` tells a person that their update failed for good, with the error's id.
    """

    database: Database
    bot: Bot
    handle: Callable[[Update], Awaitable[object]]
    handle_urgent: Callable[[Update], Awaitable[object]]
    apologise: Callable[[Update, str], Awaitable[None]]
    leases: Leases = field(default_factory=Leases)
    _queues: dict[str, deque[Received]] = field(default_factory=dict)
    _in_flight: set[int] = field(default_factory=set)
    _settled_since_look: set[int] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _stopping: bool = False

    def hand_over(self, updates: Sequence[Received]) -> None:
        """Take stored updates of lanes that this process has; those already taken, and those of
        other lanes, are left to whoever looks for them."""
        for one in updates:
            if self._stopping or self._known(one) or not self.leases.has(one.lane):
                continue
            self._in_flight.add(one.update_id)
            if _URGENT in one.body:
                self._spawn(self._urgent(one))
            elif one.lane in self._queues:
                self._queues[one.lane].append(one)
            else:
                self._queues[one.lane] = deque([one])
                self._spawn(self._drain_lane(one.lane))

    def in_hand(self) -> Set[int]:
        """The ids of what was taken and is not handled yet."""
        return frozenset(self._in_flight)

    async def run(self) -> None:
        """Take what was stored by other processes or before a restart, until cancelled."""
        async with self.database.write.begin() as db:
            await lanes.forget_the_dead(db)
        while True:
            try:
                await self._look()
            except Exception:
                _log.exception("the inbox could not be read, trying again")
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _look(self) -> None:
        self._settled_since_look.clear()
        async with self.database.read() as db:
            limit = len(self._in_flight) + _AT_ONCE
            found = await inbox.waiting(db, limit=limit, now=real_now())
        new = [one for one in found if not self._known(one)]
        still = self.leases.forget_still(busy=self._queues)
        if not new and not still:
            return
        async with self.database.write.begin() as db:
            taken = await lanes.take(db, {one.lane for one in new}, now=real_now())
            await lanes.give_back(db, still - taken, now=real_now(), still=lanes.STILL)
        self.leases.took(taken)
        self.hand_over(new)

    async def stop(self) -> None:
        """Finish the updates under way; the rest stays stored for the next start."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_DRAIN_SECONDS)
        for task in self._tasks:
            task.cancel()
        had = self.leases.forget_all()
        if had:
            async with self.database.write.begin() as db:
                await lanes.give_back(db, had, now=real_now())

    async def idle(self) -> None:
        """Wait until every update taken so far is handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _known(self, one: Received) -> bool:
        return one.update_id in self._in_flight or one.update_id in self._settled_since_look

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain_lane(self, lane: str) -> None:
        queue = self._queues[lane]
        while queue and not self._stopping:
            one = queue.popleft()
            async with self._places:
                settled = await self._until_settled(one)
            if not settled:
                # another process has the lane, and looks for what is stored
                self._in_flight -= {one.update_id, *(each.update_id for each in queue)}
                break
            self._settle(one)
        del self._queues[lane]

    async def _until_settled(self, one: Received) -> bool:
        """False where the lane was lost to another process."""
        wait = 0.2
        while await self._is_mine(one.lane):
            if await self._attempt(one):
                return True
            await asyncio.sleep(wait)
            wait = min(wait * 3, _LONGEST_WAIT_SECONDS)
        return False

    async def _is_mine(self, lane: str) -> bool:
        """Renew the lease in good time."""
        if self.leases.has(lane):
            return True
        try:
            async with self.database.write.begin() as db:
                taken = await lanes.take(db, [lane], now=real_now())
        except Exception:
            _log.exception("the lease of lane %s could not be renewed", lane)
            return True
        self.leases.took(taken)
        return lane in taken

    async def _attempt(self, one: Received) -> bool:
        """Try once; True when the update needs no further attempt."""
        try:
            return await self._try(one)
        except Exception:
            # the database itself failed; the lane must not die of it
            _log.exception("what became of update %s could not be stored", one.update_id)
            return False

    async def _try(self, one: Received) -> bool:
        try:
            await self._handle_once(one)
        except TelegramForbiddenError:
            await self._done(one)
        except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter) as error:
            _log.warning("update %s waits for Telegram: %s", one.update_id, error)
            return False
        except Exception as error:
            return await self._failed(one, error)
        return True

    async def _handle_once(self, one: Received) -> None:
        async with self.database.read() as db:
            draft = await conversation.load(db, one.lane)
        token = current_draft.set(draft)
        try:
            await self.handle(parsed(one, self.bot))
        finally:
            current_draft.reset(token)
        async with self.database.write.begin() as db:
            # where this process's lease was over, another one may have handled it meanwhile
            if await inbox.done(db, one.update_id):
                await conversation.save(db, draft)

    async def _failed(self, one: Received, error: Exception) -> bool:
        error_id = new_id()[-8:]
        _log.error("update %s failed, error id %s", one.update_id, error_id, exc_info=error)
        async with self.database.write.begin() as db:
            parked = await inbox.failed(db, one.update_id, error=f"{error_id}: {error!r}")
        if parked:
            try:
                await self.apologise(parsed(one, self.bot), error_id)
            except Exception:
                _log.exception("the apology for %s could not be sent", error_id)
        return parked

    async def _urgent(self, one: Received) -> None:
        try:
            await self.handle_urgent(parsed(one, self.bot))
        except Exception:
            _log.exception("urgent update %s failed", one.update_id)
        try:
            await self._done(one)
        finally:
            self._settle(one)

    def _settle(self, one: Received) -> None:
        self._in_flight.discard(one.update_id)
        self._settled_since_look.add(one.update_id)

    async def _done(self, one: Received) -> None:
        async with self.database.write.begin() as db:
            await inbox.done(db, one.update_id)
