"""Where updates come from: long polling, each stored before its offset is confirmed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.lanes import Lanes
from bot.received import is_private, received
from kernel.clock import real_now
from storage import inbox, lanes
from storage.engine import SessionMaker

_log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "callback_query", "pre_checkout_query", "my_chat_member"]

_POLL_SECONDS = 25
_RETRY_SECONDS = 1.0


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer is kept as it came."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = _POLL_SECONDS
    allowed_updates: list[str] = ALLOWED_UPDATES


@dataclass(frozen=True)
class UpdateStore:
    """Stores updates of private chats, then hands them to the lanes that this process has; another
    one that has a lane looks for what is stored."""

    sessions: SessionMaker
    lanes: Lanes

    async def __call__(self, raw_updates: Sequence[dict[str, Any]]) -> None:
        """Returns once the updates are safe. Raises InputError for what is no update."""
        updates = [received(raw) for raw in raw_updates if is_private(raw)]
        in_hand = self.lanes.in_hand()
        async with self.sessions.begin() as db:
            known = set(await inbox.store(db, updates, now=real_now()))
            new = [one for one in updates if one.update_id in known]
            had = {one.lane for one in new if self.lanes.leases.has(one.lane)}
            taken = await lanes.take(db, {one.lane for one in new} - had, now=real_now())
            # what another process stored, or this one without the lease, is not overtaken
            left = await inbox.waiting_in(db, had | taken, besides=known | in_hand)
        self.lanes.leases.took(taken)
        self.lanes.hand_over([*left, *new])


@dataclass(frozen=True)
class Polling:
    """Long polling until it is cancelled."""

    bot: Bot
    store: Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

    async def run(self) -> None:
        offset: int | None = None
        while True:
            try:
                updates = await self.bot(
                    GetRawUpdates(offset=offset), request_timeout=_POLL_SECONDS + 10
                )
            except TelegramConflictError:
                _log.error("another program reads this bot's updates; stop it or its webhook")
                await asyncio.sleep(_RETRY_SECONDS)
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except TelegramAPIError as error:
                _log.warning("updates could not be read, trying again: %s", error)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                if updates and await self._stored(updates):
                    offset = updates[-1]["update_id"] + 1

    async def _stored(self, updates: Sequence[dict[str, Any]]) -> bool:
        try:
            await self.store(updates)
        except Exception:
            # not confirmed, so that they come again
            _log.exception("updates could not be stored, trying again")
            await asyncio.sleep(_RETRY_SECONDS)
            return False
        return True
