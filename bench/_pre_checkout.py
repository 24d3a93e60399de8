"""How fast a pre-checkout query is answered behind a long queue, while the database stands still."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.methods import AnswerPreCheckoutQuery, TelegramMethod
from aiogram.types import Update
from sqlalchemy import text

from bench._table import row
from bench.updates import InstantTelegram
from bot.dispatcher import make_dispatcher, make_urgent_dispatcher
from bot.lanes import Lanes
from bot.middlewares.turn import TurnMiddleware
from bot.updates import UpdateStore
from hourwise.demo import demo_settings
from hourwise.seeding import seed_demo
from hourwise.use_cases import make_use_cases
from hourwise.wiring import lay_ground, make_cards, migrate
from storage.engine import Database
from workflows.onboard import Join, Newcomer

QUEUED, QUERIES, STALL_SECONDS = 1000, 200, 0.5


class AnsweringTelegram(InstantTelegram):
    """Notes when each pre-checkout query is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: dict[str, float] = {}

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        if isinstance(method, AnswerPreCheckoutQuery):
            self.answered[method.pre_checkout_query_id] = time.perf_counter()
        return await super().make_request(bot, method, timeout)


def _query(number: int) -> dict[str, Any]:
    user = {"id": 1, "is_bot": False, "first_name": "Mia", "language_code": "en"}
    body = {"id": f"q{number}", "from": user, "currency": "USD", "total_amount": 100,
            "invoice_payload": "nobody:1"}  # fmt: skip
    return {"update_id": number, "pre_checkout_query": body}


def _message(number: int, person: int) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "Mia", "language_code": "en"}
    message = {"message_id": number, "date": 0, "chat": {"id": person, "type": "private"},
               "from": user, "text": "/settings"}  # fmt: skip
    return {"update_id": number, "message": message}


async def pre_checkout() -> bool:
    """Queries that arrive behind 1,000 updates, while the database stands still for a while."""
    with tempfile.TemporaryDirectory() as folder:
        settings = demo_settings(port=1, data_dir=Path(folder)).model_copy(update={"clock": ""})
        await migrate(settings)
        ground = await lay_ground(settings, in_memory=True)
        await seed_demo(ground.database, ground.clock)
        for person in range(1, 21):
            newcomer = Newcomer(person, "Mia", None, "en")
            await Join(ground.database.write, ground.clock)(newcomer, command=f"bench:{person}")
        telegram = AnsweringTelegram()
        bot, cards = Bot("1000:bench", telegram), make_cards(settings)
        turns = TurnMiddleware(make_use_cases(ground, cards), ground.clock, frozenset())
        dispatcher, urgent = make_dispatcher(turns), make_urgent_dispatcher(turns)

        async def apologise(update: Update, error_id: str) -> None:
            raise AssertionError(f"update {update.update_id} failed: {error_id}")

        lanes = Lanes(
            database=ground.database, bot=bot,
            handle=lambda update: dispatcher.feed_update(bot, update),
            handle_urgent=lambda update: urgent.feed_update(bot, update), apologise=apologise,
        )  # fmt: skip
        store = UpdateStore(ground.database.write, lanes)
        await store([_message(number, 1 + number % 20) for number in range(QUEUED)])
        waits = await _ask_often(ground.database, store, telegram)
        await lanes.stop()
        await cards.close()
        await ground.close()
    waits.sort()
    p99, worst = waits[int(len(waits) * 0.99) - 1], waits[-1]
    return row(
        f"pre-checkout behind {QUEUED:,} updates, a stall of {STALL_SECONDS} s",
        f"p99 {p99:.2f} s, max {worst:.2f} s", "p99 1 s, max 5 s", good=p99 <= 1 and worst < 5,
    )  # fmt: skip


async def _ask_often(
    database: Database, store: UpdateStore, telegram: AnsweringTelegram
) -> list[float]:
    stall = asyncio.create_task(_stall(database))
    asked: dict[str, float] = {}

    async def ask(number: int) -> None:
        asked[f"q{number}"] = time.perf_counter()
        await store([_query(number)])

    asking = []
    for number in range(QUEUED, QUEUED + QUERIES):
        asking.append(asyncio.create_task(ask(number)))
        await asyncio.sleep(0.02)
    await asyncio.gather(*asking, stall)
    deadline = time.perf_counter() + 20
    while len(telegram.answered) < QUERIES and time.perf_counter() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # the answers are noted by another task
    return [telegram.answered.get(one, deadline) - began for one, began in asked.items()]


async def _stall(database: Database) -> None:
    """Nothing can be written for a while."""
    await asyncio.sleep(0.5)
    async with database.write.begin() as db:
        await db.execute(text("SELECT 1"))
        await asyncio.sleep(STALL_SECONDS)
