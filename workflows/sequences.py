"""Drip sequences: start, see how far they are, stop, and plan each step that is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import new_id
from people import service as people
from people.model import Trigger
from people.repository import triggers
from scheduler import sequences
from scheduler.local_time import awake
from scheduler.sequences import Step
from storage import commands, outbox
from storage.engine import Database
from storage.outbox import MARKETING_PRIORITY, Message, Notice
from workflows.broadcast import cleaned


@dataclass(frozen=True)
class SequenceProgress:
    """A sequence, and for each of its steps how many messages are in each state."""

    sequence: sequences.Sequence
    counts: Sequence[Mapping[str, int]]


@dataclass(frozen=True)
class Sequences:
    """Whoever joins, leaves a booking or lets a held time go unpaid from now on gets some
    messages in the days after it, unless they went on meanwhile; each once, as marketing."""

    database: Database
    clock: Clock

    async def start(
        self, trigger: Trigger, steps: Sequence[tuple[int, Message]], *, command: str
    ) -> str:
        """A step is said so many days after the trigger. Returns the sequence's id. Raises
        NothingToSend for a step without a text."""
        now = self.clock()
        checked = [Step(days, cleaned(message)) for days, message in steps]
        async with self.database.write.begin() as db:
            if done := await commands.earlier(db, command):
                return str(done.result)
            one = sequences.Sequence(new_id(), trigger, checked, now)
            await sequences.add(db, one)
            await commands.record(db, command, now=now, result=one.id)
        return one.id

    async def going(self) -> list[SequenceProgress]:
        """Those that were not stopped, the newest first."""
        async with self.database.read() as db:
            return [
                SequenceProgress(
                    one,
                    [
                        await outbox.counts(db, about=one.about(number))
                        for number in range(len(one.steps))
                    ],
                )
                for one in await sequences.going(db)
            ]

    async def stop(self, sequence_id: str) -> None:
        """Nobody gets a further step; what was planned is not said."""
        async with self.database.write.begin() as db:
            going = {one.id: one for one in await sequences.going(db)}
            # first, as what is just being planned is there only after this
            await sequences.stop(db, sequence_id, now=self.clock())
            if one := going.get(sequence_id):
                for number in range(len(one.steps)):
                    await outbox.void(db, about=one.about(number))


@dataclass(frozen=True)
class PlanSequences:
    """Each step that is due for somebody is planned, once for each person, in their day."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.database.read() as db:
            # who sleeps is asked about again when they wake: they may have gone on by then
            notices = [one for one in await _new(db, now=now) if one.due_at <= now]
        if not notices:
            return
        async with self.database.write.begin() as db:
            still = await sequences.lock_going(db)
            await outbox.add(db, *(one for one in notices if str(one.about).split(":")[1] in still))


async def next_due(db: AsyncSession, *, now: datetime) -> datetime | None:
    """When a step may be due for somebody next."""
    found = [one.due_at for one in await _new(db, now=now) if one.due_at > now]
    for one in await sequences.going(db):
        for step in one.steps:
            after = max(one.started_at, now - timedelta(days=step.days))
            at = await triggers.next_after(db, Trigger(one.trigger), after=after)
            if at is not None:
                found.append(at + timedelta(days=step.days))
    return min(found, default=None)


async def _new(db: AsyncSession, *, now: datetime) -> list[Notice]:
    """Every step that is due for somebody and not planned, in their day."""
    due = [
        notice
        for one in await sequences.going(db)
        for number in range(len(one.steps))
        for notice in await _due(db, one, number, now=now)
    ]
    new = await outbox.unknown_keys(db, [one.unique_key for one in due])
    return [one for one in due if one.unique_key in new]


async def _due(
    db: AsyncSession, one: sequences.Sequence, number: int, *, now: datetime
) -> list[Notice]:
    step = one.steps[number]
    after, until = step.window(one.started_at, now=now)
    found = await triggers.triggered(db, Trigger(one.trigger), after=after, until=until)
    readers = (await people.many(db, found)).values()
    message = step.message
    return [
        Notice(
            unique_key=f"{one.about(number)}:{each.id}", recipient=each.id,
            due_at=awake(now, each.time_zone or "UTC", each.quiet), literal=message.text,
            buttons=[[button] for button in message.buttons], about=one.about(number),
            priority=MARKETING_PRIORITY, expires_at=now + timedelta(days=2),
        )
        for each in readers
    ]  # fmt: skip
