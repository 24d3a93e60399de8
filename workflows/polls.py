"""Surveys that the operator writes: ask, answer, tabulate, stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock, real_now
from kernel.ids import PersonId, new_id
from kernel.languages import LANGUAGES
from people.model import Segments
from people.polls import Poll, PollAnswer, PollOver, Question, Tally, UnknownPoll, tally
from people.repository import polls
from scheduler import broadcasts, repeats
from scheduler.broadcasts import OPEN_STATES, BroadcastState
from scheduler.repeats import Repeat
from storage import commands
from storage.engine import Database
from storage.outbox import Message
from texts.translator import Translator


@dataclass(frozen=True)
class PollResults:
    """A survey with what was answered so far; the next round begins at `next_at`."""

    poll: Poll
    rounds: int
    every_days: int | None
    next_at: datetime | None
    tallies: Sequence[Tally]


@dataclass(frozen=True)
class Polls:
    """Whoever is in the audience and takes news is asked, once or every so many days."""

    database: Database
    clock: Clock

    async def ask(
        self, questions: Sequence[Question], *, audience: str, every: timedelta | None,
        author: str, command: str,
    ) -> str:  # fmt: skip
        """The first round begins at once. Returns the survey's id. Raises UnknownSegment."""
        now = self.clock()
        Segments.parse(audience)
        poll = Poll(new_id(), tuple(questions), now)
        text = {one: Translator(one)("poll-invitation", count=len(questions)) for one in LANGUAGES}
        repeat = Repeat(
            id=new_id(), audience=audience, message=Message(text), author=author, created_at=now,
            next_at=now, every_days=None if every is None else every.days, poll=poll.id,
        )  # fmt: skip
        async with self.database.write.begin() as db:
            if done := await commands.earlier(db, command):
                return str(done.result)
            await polls.add(db, poll)
            await repeats.add(db, repeat)
            await commands.record(db, command, now=now, result=poll.id)
        return poll.id

    async def get(self, poll_id: str) -> Poll:
        """Raises UnknownPoll, and PollOver once it was stopped."""
        async with self.database.read() as db:
            return await _open(db, poll_id)

    async def answer(
        self, poll_id: str, person: PersonId, answer: PollAnswer, *, command: str
    ) -> None:
        """Keep one answer; a later one to the same question takes its place.

        Raises UnknownPoll, PollOver.
        """
        now = self.clock()
        async with self.database.write.begin() as db:
            if await commands.earlier(db, command):
                return
            poll = await _open(db, poll_id)
            asked = poll.questions[answer.question : answer.question + 1]
            if not asked or not asked[0].takes(number=answer.number, words=answer.words):
                raise UnknownPoll
            await polls.put_answer(db, poll_id, person, answer, now=now)
            await commands.record(db, command, now=now)

    async def latest(self, *, limit: int) -> list[Poll]:
        """The newest surveys first."""
        async with self.database.read() as db:
            return await polls.latest(db, limit=limit)

    async def results(self, poll_id: str) -> PollResults:
        """What was answered so far. Raises UnknownPoll."""
        async with self.database.read() as db:
            poll, repeat = await polls.get(db, poll_id), await repeats.of_poll(db, poll_id)
            if poll is None or repeat is None:
                raise UnknownPoll
            tallies = tally(poll.questions, await polls.answers(db, poll_id))
        return PollResults(poll, repeat.rounds, repeat.every_days, repeat.next_at, tallies)

    async def stop(self, poll_id: str) -> None:
        """Nobody is asked any more, and nobody can answer any more."""
        async with self.database.write.begin() as db:
            await polls.stop(db, poll_id, now=self.clock())
            # first, as a round that is just beginning is a broadcast only after this
            if repeat := await repeats.of_poll(db, poll_id):
                await repeats.stop(db, repeat.id)
            for round_ in await broadcasts.in_states(db, *OPEN_STATES):
                if any((one.data or "").startswith(f"poll:{poll_id}:")
                       for one in round_.message.buttons):  # fmt: skip
                    await broadcasts.move(
                        db, round_.id, BroadcastState.CANCELLED, before=OPEN_STATES,
                        real_now=real_now(),
                    )  # fmt: skip


async def _open(db: AsyncSession, poll_id: str) -> Poll:
    poll = await polls.get(db, poll_id)
    if poll is None:
        raise UnknownPoll
    if poll.stopped_at is not None:
        raise PollOver
    return poll
