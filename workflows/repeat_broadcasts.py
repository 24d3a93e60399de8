"""Broadcasts that go out every so many days: begin, begin each round, stop."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from kernel.clock import Clock
from kernel.ids import new_id
from people.model import Segments
from scheduler import repeats
from scheduler.repeats import Repeat
from storage import commands
from storage.engine import Database
from storage.outbox import NoticeButton
from workflows.broadcast import Draft, NobodyToSendTo, cleaned, decide


@dataclass(frozen=True)
class RepeatBroadcast:
    """An audience gets the same message every so many days, each time whoever is in it then.

    Raises UnknownSegment, NothingToSend.
    """

    database: Database
    clock: Clock

    async def __call__(self, draft: Draft, *, every: timedelta, author: str, command: str) -> None:
        """The first round begins at once. `draft` names its audience; a list has no rounds."""
        now = self.clock()
        Segments.parse(str(draft.audience))
        repeat = Repeat(
            id=new_id(), audience=str(draft.audience), message=cleaned(draft.message),
            author=author, created_at=now, next_at=now, every_days=every.days,
            campaign=draft.campaign,
        )  # fmt: skip
        async with self.database.write.begin() as db:
            if await commands.earlier(db, command):
                return
            await repeats.add(db, repeat)
            await commands.record(db, command, now=now)

    async def going(self) -> Sequence[Repeat]:
        """Those with a round ahead, the newest first."""
        async with self.database.read() as db:
            return await repeats.going(db)

    async def stop(self, repeat_id: str) -> None:
        """No further round begins; what is being sent goes on."""
        async with self.database.write.begin() as db:
            await repeats.stop(db, repeat_id)


@dataclass(frozen=True)
class StartRounds:
    """Each round that is due becomes a broadcast of its own; one for nobody is left out."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        while await self._due():
            async with self.database.write.begin() as db:
                one = await repeats.lock_due(db, now=now)
                if one is None:
                    return
                message = one.message
                if one.poll is not None:
                    asked = NoticeButton("button-answer-poll", f"poll:{one.poll}:{one.rounds + 1}")
                    message = replace(message, buttons=[asked])
                draft = Draft(one.audience, message, campaign=one.campaign)
                with suppress(NobodyToSendTo):
                    await decide(db, draft, author=one.author, now=now)
                await repeats.begun(db, one, now=now)

    async def _due(self) -> bool:
        async with self.database.read() as db:
            due = await repeats.next_due(db)
        return due is not None and due <= self.clock()
