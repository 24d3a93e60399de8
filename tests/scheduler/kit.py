"""A delivery to a small Bot API server, and what it delivers."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from kernel.clock import Clock, real_now
from kernel.ids import PersonId
from scheduler import rests
from scheduler.delivery import Delivery
from scheduler.model import Addressee, FrequencyCap
from scheduler.pacer import Pace, Pacer
from storage import outbox
from storage.engine import Database
from storage.outbox import SESSION_PRIORITY, Notice

FAST = Pace(per_second=1000)


def person(number: int) -> PersonId:
    """Whose chat has this number."""
    return PersonId(f"p{number:07}")


def a_notice(
    number: int, text: str = "reminder", *, priority: int = SESSION_PRIORITY,
    at: datetime | None = None, once: str = "",
) -> Notice:  # fmt: skip
    """Something to say to a person now."""
    return Notice(
        f"{text}:{number}:{once}", person(number), at or real_now() - timedelta(seconds=1),
        literal={"en": text}, about=f"about {text}", priority=priority,
    )  # fmt: skip


async def plan(database: Database, *notices: Notice) -> None:
    """Put notices into the outbox."""
    async with database.write.begin() as db:
        for start in range(0, len(notices), 500):
            await outbox.add(db, *notices[start : start + 500])


async def states(database: Database) -> dict[str, int]:
    """How many notices are in each state that has any."""
    async with database.read() as db:
        return {state: count for state, count in (await outbox.counts(db)).items() if count}


@dataclass
class Told:
    """What the delivery told of."""

    blocked: list[PersonId] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    no_news: set[PersonId] = field(default_factory=set)

    async def on_blocked(self, who: PersonId) -> None:
        self.blocked.append(who)

    async def on_failed(self, notice: Notice, error: str) -> None:
        self.failed.append((notice.unique_key, error))

    async def addressees(self, ids: Collection[PersonId]) -> Mapping[PersonId, Addressee]:
        return {
            one: Addressee(int(one[1:]), "en", "UTC", marketing=one not in self.no_news)
            for one in ids
        }


@asynccontextmanager
async def delivering(
    database: Database, url: str, *, pace: Pace = FAST, told: Told | None = None,
    cap: int = 0, clock: Clock = real_now,
) -> AsyncIterator[Delivery]:  # fmt: skip
    """A delivery whose bot's session is closed afterwards."""
    told = told or Told()

    async def remember(scope: str, until: datetime) -> None:
        async with database.write.begin() as db:
            await rests.remember(db, scope, until)

    pacer = Pacer(pace, remember)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    session.middleware(pacer)
    bot = Bot("1:x", session, DefaultBotProperties(parse_mode="HTML"))
    yield Delivery(
        database,
        bot,
        pacer,
        clock,
        told.addressees,
        told.on_blocked,
        told.on_failed,
        cap=FrequencyCap(cap),
    )
    await session.close()
