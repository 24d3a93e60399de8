"""What broadcasts need while they run: everybody's row, the author told at the end."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock, real_now
from people import service as people
from people.model import Segments
from scheduler import broadcasts
from scheduler.broadcasts import Broadcast, BroadcastState, Recipient
from storage import outbox
from storage.engine import Database
from workflows.tell_admins import TellAdmins

# some at a time, so that the one writer of SQLite is free in between
_CHUNK = 500


@dataclass(frozen=True)
class PlanBroadcasts:
    """Everybody in the audience of a new broadcast gets a row, some people a transaction.

    A crash in the middle goes on after the last person that was planned.
    """

    database: Database

    async def __call__(self) -> None:
        while await self._unplanned():
            async with self.database.write.begin() as db:
                one = await broadcasts.lock_unplanned(db)
                if one is None:
                    return
                await _plan_some(db, one)

    async def _unplanned(self) -> bool:
        async with self.database.read() as db:
            found = await broadcasts.in_states(db, *broadcasts.OPEN_STATES)
        return any(not one.planned for one in found)


async def _plan_some(db: AsyncSession, one: Broadcast) -> None:
    if one.listed is None:
        page = await people.audience_page(
            db, Segments.parse(one.audience), now=one.created_at, after=one.cursor, limit=_CHUNK
        )
        found = [Recipient(person, zone or "UTC") for person, zone in page]
    else:
        ids = [each for each in one.listed if each > one.cursor][:_CHUNK]
        known = await people.many(db, ids)
        found = [Recipient(each, known[each].time_zone or "UTC") for each in ids if each in known]
        page = [(each.id, each.time_zone) for each in found]
    last = len(page) < _CHUNK
    await broadcasts.plan_some(db, one, found, last=last)
    if last:
        await broadcasts.count_planned(db, one)


@dataclass(frozen=True)
class FinishBroadcasts:
    """When nothing is left to send, the author is told what became of it."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        async with self.database.read() as db:
            running = await broadcasts.in_states(db, BroadcastState.SENDING)
            over = [
                one
                for one in running
                if one.planned and not await outbox.any_left(db, about=one.about)
            ]
        for one in over:
            async with self.database.write.begin() as db:
                finished = await broadcasts.move(
                    db, one.id, BroadcastState.DONE, before=[BroadcastState.SENDING],
                    real_now=real_now(),
                )  # fmt: skip
                if finished:
                    await self._tell(db, one)

    async def _tell(self, db: AsyncSession, done: Broadcast) -> None:
        counts = await outbox.counts(db, about=done.about)
        tell_author = TellAdmins(self.clock, _author(done))
        await tell_author(
            db, "notice-broadcast-done", once=done.id, recipients=sum(counts.values()),
            sent=counts[outbox.SENT], blocked=counts[outbox.BLOCKED],
            failed=counts[outbox.FAILED], void=counts[outbox.VOID],
            unknown=counts[outbox.UNKNOWN], over_cap=await outbox.over_cap(db, about=done.about),
        )  # fmt: skip


def _author(broadcast: Broadcast) -> list[int]:
    """The Telegram id of who sent it from the chat; nobody for the command line."""
    return [int(broadcast.author)] if broadcast.author.isdigit() else []


@dataclass(frozen=True)
class TidyBroadcasts:
    """What a cancelled broadcast left is made void, some rows at a time."""

    database: Database

    async def __call__(self) -> None:
        async with self.database.read() as db:
            cancelled = [
                one.about
                for one in await broadcasts.in_states(db, BroadcastState.CANCELLED)
                if await outbox.any_left(db, about=one.about)
            ]
        for about in cancelled:
            voided = _CHUNK
            while voided == _CHUNK:
                async with self.database.write.begin() as db:
                    voided = await outbox.void_some(db, about=about, limit=_CHUNK)
