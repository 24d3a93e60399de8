"""Broadcasts: who would get it, send, watch, pause, stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock, real_now
from kernel.errors import DomainError
from kernel.ids import PersonId, new_id
from people import service as people
from people.model import Person, Segments
from scheduler import broadcasts
from scheduler.broadcasts import OPEN_STATES, Broadcast, BroadcastState
from storage import activity, commands, outbox
from storage.engine import Database
from storage.outbox import NOTICE_PRIORITY, Message, Notice
from workflows.broadcast_buttons import is_campaign

Audience = str | Sequence[int]

_TEST_WORTH = timedelta(hours=1)
_BOOKED_WITHIN = timedelta(days=7)


class NobodyToSendTo(DomainError):
    key = "error-nobody-to-send-to"


class NothingToSend(DomainError):
    key = "error-nothing-to-send"


class TimeHasPassed(DomainError):
    """What was to go out at an instant that is over does not go out at once instead."""

    key = "error-time-has-passed"


class UnknownBroadcast(DomainError):
    key = "error-unknown-broadcast"


class BroadcastOver(DomainError):
    """What is done or cancelled cannot be paused or resumed."""

    key = "error-broadcast-over"


@dataclass(frozen=True)
class TextResult:
    """What came of one of a broadcast's two texts."""

    sent: int
    clicks: int
    bookings: int


@dataclass(frozen=True)
class Progress:
    """A broadcast and how many of its messages are in each state.

    `seconds` is how long it was being sent, pauses not counted. What was not planned yet waits
    too, so that the states always add up to the recipients. `over_cap` of the void are those
    whose reader had enough news lately. `texts` are the results of its texts "a" and "b", where
    it has two.
    """

    broadcast: Broadcast
    counts: Mapping[str, int]
    seconds: float
    now: datetime
    texts: Mapping[str, TextResult] = field(default_factory=dict)
    clicks: int = 0
    bookings: int = 0
    over_cap: int = 0

    @property
    def settled(self) -> int:
        """How many are neither planned nor being sent."""
        return sum(self.counts.values()) - self.counts[outbox.PLANNED] - self.counts[outbox.SENDING]

    @property
    def void(self) -> int:
        """How many are not wanted any more; after a cancellation, all that were not sent."""
        if self.broadcast.state is not BroadcastState.CANCELLED:
            return self.counts[outbox.VOID]
        others = self.settled - self.counts[outbox.VOID] + self.counts[outbox.SENDING]
        return self.broadcast.recipients - others

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        if self.broadcast.state is BroadcastState.CANCELLED:
            return self.counts[outbox.SENDING]
        return self.broadcast.recipients - self.settled

    @property
    def per_second(self) -> float:
        """Messages sent a second while it was being sent."""
        return round(self.counts[outbox.SENT] / self.seconds, 2) if self.seconds else 0.0

    @property
    def left(self) -> timedelta | None:
        """How long it takes to send what waits; None while the speed is not known."""
        return broadcasts.eta(self.waiting, self.per_second)

    @property
    def state(self) -> str:
        """`scheduled`, `sending`, `paused`, `cancelled` or `done`."""
        if self.broadcast.state is BroadcastState.SENDING and not self.waiting:
            return "done"
        if self.broadcast.state is BroadcastState.SENDING and self.broadcast.at > self.now:
            return "scheduled"
        return str(self.broadcast.state)


@dataclass(frozen=True)
class Draft:
    """What is to be sent to whom and when: at once, at an instant, or at a local time."""

    audience: Audience
    message: Message
    at: datetime | None = None
    local_time: str | None = None
    campaign: str | None = None


@dataclass(frozen=True)
class SendBroadcast:
    """Everyone in the audience who takes marketing gets the text in their language, once.

    It is decided in one small transaction; `PlanBroadcasts` then plans everybody's message.
    Raises UnknownSegment, NobodyToSendTo, NothingToSend, TimeHasPassed.
    """

    database: Database
    clock: Clock

    async def count(self, audience: Audience) -> int:
        """How many people it would reach now."""
        async with self.database.read() as db:
            return await _count(db, audience, now=self.clock())

    async def tags(self) -> list[str]:
        """Every tag that somebody has."""
        async with self.database.read() as db:
            return await people.tags(db)

    async def __call__(self, draft: Draft, *, author: str, command: str) -> Broadcast:
        now = self.clock()
        message = cleaned(draft.message)
        async with self.database.write.begin() as db:
            if done := await commands.earlier(db, command):
                return await _known(db, done.result)
            if draft.at is not None and draft.at <= now:
                raise TimeHasPassed
            broadcast = await decide(db, replace(draft, message=message), author=author, now=now)
            await commands.record(db, command, now=now, result=broadcast.id)
        return broadcast

    async def test(self, message: Message, *, to: PersonId, command: str) -> None:
        """The author gets each text in each language, as its readers will see it."""
        now = self.clock()
        message = cleaned(message)
        texts = [message.text, message.other_text or {}]
        said = {words: language for one in texts for language, words in one.items()}
        async with self.database.write.begin() as db:
            if await commands.earlier(db, command):
                return
            await outbox.add(
                db,
                *(
                    Notice(
                        unique_key=f"test:{command}:{number}", recipient=to, due_at=now,
                        literal={language: words}, media=message.media,
                        buttons=[[one] for one in message.buttons],
                        priority=NOTICE_PRIORITY, expires_at=now + _TEST_WORTH,
                    )
                    for number, (words, language) in enumerate(said.items())
                ),
            )  # fmt: skip
            await commands.record(db, command, now=now)

    async def pause(self, broadcast_id: str) -> None:
        """Nothing more is sent until it is resumed. Raises UnknownBroadcast, BroadcastOver."""
        await self._move(broadcast_id, BroadcastState.PAUSED)

    async def resume(self, broadcast_id: str) -> None:
        """It goes on exactly where it was. Raises UnknownBroadcast, BroadcastOver."""
        await self._move(broadcast_id, BroadcastState.SENDING)

    async def cancel(self, broadcast_id: str) -> None:
        """What was not sent yet is not sent any more. Raises UnknownBroadcast, BroadcastOver."""
        await self._move(broadcast_id, BroadcastState.CANCELLED)

    async def _move(self, broadcast_id: str, state: BroadcastState) -> None:
        async with self.database.write.begin() as db:
            known = await _known(db, broadcast_id)
            if known.state is state:
                return
            moved = await broadcasts.move(
                db, broadcast_id, state, before=OPEN_STATES, real_now=real_now()
            )
            if not moved:
                raise BroadcastOver

    async def progress(self, broadcast_id: str) -> Progress:
        """Where it is now. Raises UnknownBroadcast."""
        async with self.database.read() as db:
            known = await _known(db, broadcast_id)
            clicks, bookings = set[PersonId](), set[PersonId]()
            if known.campaign is not None:
                clicks, bookings = await activity.came_of(
                    db, known.campaign, since=known.created_at, within=_BOOKED_WITHIN
                )
            return Progress(
                known, await outbox.counts(db, about=known.about),
                known.seconds(real_now=real_now()), self.clock(),
                texts=await _text_results(db, known, clicks, bookings)
                if known.message.other_text else {},
                clicks=len(clicks), bookings=len(bookings),
                over_cap=await outbox.over_cap(db, about=known.about),
            )  # fmt: skip

    async def latest(self, *, limit: int) -> list[Broadcast]:
        """The newest broadcasts first."""
        async with self.database.read() as db:
            return await broadcasts.latest(db, limit=limit)


async def _text_results(
    db: AsyncSession, of: Broadcast, clicks: set[PersonId], bookings: set[PersonId]
) -> dict[str, TextResult]:
    sent = await outbox.sent_of_variants(db, about=of.about)
    got = await outbox.variants_of(db, clicks, about=of.about)
    return {
        each: TextResult(
            sent.get(each, 0),
            sum(got.get(one) == each for one in clicks),
            sum(got.get(one) == each for one in bookings),
        )
        for each in broadcasts.VARIANTS
    }


async def decide(db: AsyncSession, draft: Draft, *, author: str, now: datetime) -> Broadcast:
    """Store a broadcast that is to be planned and sent. Raises UnknownSegment, NobodyToSendTo."""
    count = await _count(db, draft.audience, now=now)
    if not count:
        raise NobodyToSendTo
    named = isinstance(draft.audience, str)
    broadcast = Broadcast(
        id=new_id(), audience=str(draft.audience) if named else "list", message=draft.message,
        state=BroadcastState.SENDING, recipients=count, author=author, created_at=now,
        at=draft.at or now, local_time=draft.local_time, campaign=draft.campaign,
        listed=None if isinstance(draft.audience, str)
        else await people.by_telegram_ids(db, draft.audience),
    )  # fmt: skip
    await broadcasts.add(db, broadcast)
    return broadcast


@dataclass(frozen=True)
class NoteCampaign:
    """A member followed a campaign's link; a code that no link of ours has is left alone."""

    database: Database
    clock: Clock

    async def __call__(self, person: Person, code: str, *, command: str) -> None:
        if not is_campaign(code):
            return
        now = self.clock()
        async with self.database.write.begin() as db:
            if await commands.earlier(db, command):
                return
            await activity.record(
                db, person.id, "followed", at=now, campaign=code, profiling=person.profiling
            )
            await commands.record(db, command, now=now)


def cleaned(message: Message) -> Message:
    """The message without empty texts. Raises NothingToSend."""
    text = {language: words for language, words in message.text.items() if words.strip()}
    if not text:
        raise NothingToSend
    other = {
        language: words for language, words in (message.other_text or {}).items() if words.strip()
    }
    return replace(message, text=text, other_text=other or None)


async def _known(db: AsyncSession, broadcast_id: str) -> Broadcast:
    broadcast = await broadcasts.get(db, broadcast_id)
    if broadcast is None:
        raise UnknownBroadcast
    return broadcast


async def _count(db: AsyncSession, audience: Audience, *, now: datetime) -> int:
    if isinstance(audience, str):
        return await people.audience_size(db, Segments.parse(audience), now=now)
    return len(await people.by_telegram_ids(db, audience))
