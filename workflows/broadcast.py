"""Broadcasts: who would get it, send, watch, stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import PersonId, new_id
from people import service as people
from people.model import Segment
from scheduler import broadcasts
from scheduler.broadcasts import Broadcast, BroadcastState
from storage import commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice, NoticeButton
from workflows import notices


class NobodyToSendTo(DomainError):
    key = "error-nobody-to-send-to"


class NothingToSend(DomainError):
    key = "error-nothing-to-send"


class UnknownBroadcast(DomainError):
    key = "error-unknown-broadcast"


@dataclass(frozen=True)
class Progress:
    """A broadcast and how many of its messages are in each state."""

    broadcast: Broadcast
    counts: Mapping[str, int]
    seconds: float

    @property
    def per_second(self) -> float:
        """Messages sent a second, from the first to the last so far."""
        return round(self.counts[outbox.SENT] / self.seconds, 2) if self.seconds else 0.0

    @property
    def waiting(self) -> int:
        return self.counts[outbox.PLANNED] + self.counts[outbox.SENDING]

    @property
    def state(self) -> str:
        """`sending`, `cancelled` or `done`."""
        if self.broadcast.state is BroadcastState.SENDING and not self.waiting:
            return "done"
        return str(self.broadcast.state)


@dataclass(frozen=True)
class SendBroadcast:
    """Everyone in the audience who takes marketing gets the text in their language, once.

    Raises UnknownSegment, NobodyToSendTo, NothingToSend.
    """

    sessions: SessionMaker
    clock: Clock

    async def count(self, audience: str | Sequence[int]) -> int:
        """How many people it would reach now."""
        async with self.sessions() as db:
            return len(await _recipients(db, audience))

    async def __call__(
        self, *, audience: str | Sequence[int], text: Mapping[str, str], author: str,
        command: str, at: datetime | None = None, buttons: Sequence[NoticeButton] = (),
    ) -> Broadcast:  # fmt: skip
        now = self.clock()
        texts = {language: words for language, words in text.items() if words.strip()}
        if not texts:
            raise NothingToSend
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return await _known(db, done.result)
            found = await _recipients(db, audience)
            if not found:
                raise NobodyToSendTo
            broadcast = Broadcast(
                id=new_id(), audience=audience if isinstance(audience, str) else "list",
                text=texts, state=BroadcastState.SENDING, recipients=len(found), author=author,
                created_at=now,
            )  # fmt: skip
            await broadcasts.plan(db, broadcast, found, due_at=at or now, buttons=buttons)
            await commands.record(db, command, now=now, result=broadcast.id)
        return broadcast

    async def cancel(self, broadcast_id: str) -> None:
        """What was not sent yet is not sent any more."""
        async with self.sessions.begin() as db:
            await broadcasts.cancel(db, broadcast_id)

    async def progress(self, broadcast_id: str) -> Progress:
        """Where it is now. Raises UnknownBroadcast."""
        async with self.sessions() as db:
            broadcast = await _known(db, broadcast_id)
            about = broadcasts.about_id(broadcast_id)
            counts = await outbox.counts(db, about=about)
            return Progress(broadcast, counts, await outbox.sending_seconds(db, about=about))


async def _known(db: AsyncSession, broadcast_id: str) -> Broadcast:
    broadcast = await broadcasts.get(db, broadcast_id)
    if broadcast is None:
        raise UnknownBroadcast
    return broadcast


async def _recipients(db: AsyncSession, audience: str | Sequence[int]) -> list[PersonId]:
    if isinstance(audience, str):
        return await people.audience(db, Segment.parse(audience))
    return await people.by_telegram_ids(db, audience)


@dataclass(frozen=True)
class FinishBroadcasts:
    """When nothing is left to send, the author is told what became of it."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        async with self.sessions.begin() as db:
            for one in await broadcasts.unfinished(db):
                about = broadcasts.about_id(one.id)
                counts = await outbox.counts(db, about=about)
                if counts[outbox.PLANNED] or counts[outbox.SENDING]:
                    continue
                if await broadcasts.finish(db, one.id):
                    await outbox.add(db, *await self._result(db, one, counts))

    async def _result(
        self, db: AsyncSession, done: Broadcast, counts: Mapping[str, int]
    ) -> list[Notice]:
        authors = await people.by_telegram_ids(
            db, [int(done.author)] if done.author.isdigit() else []
        )
        return notices.to_admins(
            authors, "notice-broadcast-done", once=done.id, now=self.clock(),
            recipients=done.recipients, sent=counts[outbox.SENT],
            blocked=counts[outbox.BLOCKED], failed=counts[outbox.FAILED],
            void=counts[outbox.VOID],
        )  # fmt: skip
