"""The clock that this process runs by: real time, or a sandbox's."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from kernel.clock import real_now
from kernel.ids import new_id

_log = logging.getLogger(__name__)

_POLL_SECONDS = 25
_LOOK_EVERY_SECONDS = 0.5
_RETRY_SECONDS = 1.0


class FollowedClock:
    """Follows a sandbox's clock by long poll, does what fell due at each jump, and reports."""

    def __init__(self, address: str) -> None:
        """`address` is the sandbox's `/sandbox/api/clock`."""
        self._address = address
        self._follower = new_id()
        self._offset = timedelta()
        self._jump = 0
        self._done = 0

    def __call__(self) -> datetime:
        return real_now() + self._offset

    async def follow(
        self,
        catch_up: Callable[[], Awaitable[None]],
        next_due: Callable[[], Awaitable[datetime | None]],
    ) -> None:
        """Until cancelled. `catch_up` does all that is due now; `next_due` tells what is next."""
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(self._watch(http, catch_up, next_due), self._look(http, next_due))

    async def _watch(
        self,
        http: aiohttp.ClientSession,
        catch_up: Callable[[], Awaitable[None]],
        next_due: Callable[[], Awaitable[datetime | None]],
    ) -> None:
        while True:
            try:
                moved = await self._read(http)
                if moved:
                    await catch_up()
                self._done = self._jump
                await self._report(http, await next_due())
            except (aiohttp.ClientError, TimeoutError) as error:
                _log.warning("the sandbox's clock does not answer: %s", error)
                await asyncio.sleep(_RETRY_SECONDS)

    async def _look(
        self, http: aiohttp.ClientSession, next_due: Callable[[], Awaitable[datetime | None]]
    ) -> None:
        """What is due next changes without any jump, with each booking."""
        told: datetime | None = None
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            due = await next_due()
            if due != told:
                told = due
                try:
                    await self._report(http, due)
                except (aiohttp.ClientError, TimeoutError):
                    told = None

    async def start(self) -> None:
        """Read the clock once, so that nothing runs by a wrong time."""
        async with aiohttp.ClientSession() as http, http.get(self._address) as answer:
            self._take(await answer.json())
        self._done = self._jump

    async def _read(self, http: aiohttp.ClientSession) -> bool:
        asked: dict[str, str | int] = {
            "after": self._jump, "follower": self._follower, "wait": _POLL_SECONDS,
        }  # fmt: skip
        limit = aiohttp.ClientTimeout(total=_POLL_SECONDS + 10)
        async with http.get(self._address, params=asked, timeout=limit) as answer:
            return self._take(await answer.json())

    def _take(self, told: dict[str, Any]) -> bool:
        moved = int(told["n"]) != self._jump
        self._jump = int(told["n"])
        ahead = datetime.fromisoformat(told["now"]) - real_now()
        # told in whole seconds; a clock never goes backwards
        self._offset = max(self._offset, ahead)
        return moved

    async def _report(self, http: aiohttp.ClientSession, due: datetime | None) -> None:
        body = {
            "follower": self._follower,
            "done": self._done,
            "next_due": None if due is None else due.isoformat(),
        }
        async with http.post(self._address, json=body) as answer:
            answer.raise_for_status()
