"""Updates handled a second and CPU an update: this bot beside bare aiogram, in one run.

Telegram is a session that answers at once, so that only our own work is measured. The yardstick
of a menu tap is aiogram + aiogram-dialog with two transactions an update.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Self

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Message, Update
from aiogram_dialog import Dialog, DialogManager, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Const
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from bot.dispatcher import make_dispatcher, make_urgent_dispatcher
from bot.lanes import Lanes
from bot.middlewares.turn import TurnMiddleware
from bot.updates import UpdateStore
from hourwise.demo import demo_settings
from hourwise.seeding import seed_demo
from hourwise.use_cases import make_use_cases
from hourwise.wiring import lay_ground, make_cards, migrate
from knowledge import service as knowledge
from workflows.onboard import Join, Newcomer

UPDATES = 300
ROUNDS = 5
LIMIT = 1.3
USER = {"id": 1, "is_bot": False, "first_name": "Mia", "language_code": "en"}
CHAT = {"id": 1, "type": "private", "first_name": "Mia"}


class InstantTelegram(BaseSession):
    """Answers every call at once, and remembers the last inline keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, str] = {}
        self.sent = 0

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        if not isinstance(method, SendMessage | EditMessageText):
            return True
        markup = method.reply_markup
        if markup is not None and hasattr(markup, "inline_keyboard"):
            self.buttons = {
                button.text: button.callback_data or ""
                for row in markup.inline_keyboard
                for button in row
            }
        self.sent += 1
        return Message.model_validate(
            {"message_id": 10, "date": 0, "chat": CHAT, "text": "x"}, context={"bot": bot}
        )

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Subject:
    """Something that handles updates. `feed` returns when the update is handled."""

    name: str
    telegram: InstantTelegram
    feed: Callable[[dict[str, Any]], Awaitable[object]]
    make: Callable[[InstantTelegram, int], dict[str, Any]]
    close: Callable[[], Awaitable[object]]


def message(number: int, words: str) -> dict[str, Any]:
    body = {"message_id": number, "date": 0, "chat": CHAT, "from": USER, "text": words}
    return {"update_id": number, "message": body}


def tap(number: int, data: str) -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    shown = {"message_id": 10, "date": 0, "chat": CHAT, "text": "x", "reply_markup": keyboard}
    query = {"id": str(number), "from": USER, "chat_instance": "1", "message": shown, "data": data}
    return {"update_id": number, "callback_query": query}


def make_bot() -> tuple[Bot, InstantTelegram]:
    telegram = InstantTelegram()
    return Bot("1000:bench", telegram, DefaultBotProperties(parse_mode="HTML")), telegram


def feeder(dispatcher: Dispatcher, bot: Bot) -> Callable[[dict[str, Any]], Awaitable[object]]:
    async def feed(raw: dict[str, Any]) -> object:
        return await dispatcher.feed_update(bot, Update.model_validate(raw, context={"bot": bot}))

    return feed


async def nothing() -> None:
    """Nothing to close."""


async def echo(_: Path) -> Subject:
    bot, telegram = make_bot()
    router = Router()

    @router.message(F.text)
    async def answer(received: Message) -> None:
        await received.answer(received.text or "")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    return Subject(
        "aiogram echo", telegram, feeder(dispatcher, bot), lambda _, n: message(n, "hello"), nothing
    )


@dataclass(frozen=True)
class Counting:
    """A counter in SQLite, by SQLAlchemy and aiosqlite as their documentation sets them up."""

    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession]

    @classmethod
    async def create(cls, file: Path) -> Self:
        engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

        @event.listens_for(engine.sync_engine, "connect")
        def connected(connection: Any, _: object) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def begun(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        sessions = async_sessionmaker(engine, expire_on_commit=False)
        async with sessions.begin() as db:
            await db.execute(text("CREATE TABLE counter (n INTEGER)"))
            await db.execute(text("INSERT INTO counter VALUES (0)"))
        return cls(engine, sessions)

    async def up(self) -> None:
        """One transaction: a read and a write."""
        async with self.sessions.begin() as db:
            n = (await db.execute(text("SELECT n FROM counter"))).scalar_one()
            await db.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    async def close(self) -> None:
        """Close its connection."""
        await self.engine.dispose()


async def echo_with_database(folder: Path) -> Subject:
    bot, telegram = make_bot()
    database = await Counting.create(folder / "echo.db")
    router = Router()

    @router.message(F.text)
    async def answer(received: Message) -> None:
        await database.up()
        await received.answer(received.text or "")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    return Subject(
        "aiogram, one read and write", telegram, feeder(dispatcher, bot),
        lambda _, n: message(n, "hello"), database.close,
    )  # fmt: skip


class Yard(StatesGroup):
    one = State()
    two = State()


async def yardstick(folder: Path) -> Subject:
    bot, telegram = make_bot()
    database = await Counting.create(folder / "yard.db")

    async def getter(**_: Any) -> dict[str, Any]:
        return {}

    def window(here: State, there: State, label: str) -> Window:
        return Window(
            Const("Choose"), SwitchTo(Const(label), id="go", state=there), state=here, getter=getter
        )

    router = Router()

    @router.message(F.text)
    async def start(_: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(Yard.one)

    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_routers(
        router, Dialog(window(Yard.one, Yard.two, "on"), window(Yard.two, Yard.one, "on"))
    )
    setup_dialogs(dispatcher)
    inner = feeder(dispatcher, bot)

    async def feed(raw: dict[str, Any]) -> None:
        await database.up()
        await inner(raw)
        await database.up()

    await feed(message(1, "start"))
    return Subject(
        "aiogram-dialog, two transactions", telegram, feed,
        lambda seen, n: tap(n, seen.buttons["on"]), database.close,
    )  # fmt: skip


async def ours(folder: Path) -> list[Subject]:
    settings = demo_settings(port=1, data_dir=folder / "ours").model_copy(update={"clock": ""})
    await migrate(settings)
    ground = await lay_ground(settings)
    await seed_demo(ground.database, ground.clock)
    await ground.learn()
    newcomer = Newcomer(1, "Mia", None, "en")
    await Join(ground.database.write, ground.clock)(newcomer, command="bench")
    bot, telegram = make_bot()
    cards = make_cards(settings)
    turns = TurnMiddleware(make_use_cases(ground, cards), ground.clock, frozenset())
    dispatcher, urgent = make_dispatcher(turns), make_urgent_dispatcher(turns)

    async def handle(update: Update) -> object:
        return await dispatcher.feed_update(bot, update)

    async def apologise(update: Update, error_id: str) -> None:
        raise AssertionError(f"update {update.update_id} failed: {error_id}")

    lanes = Lanes(
        database=ground.database, bot=bot, handle=handle,
        handle_urgent=lambda update: urgent.feed_update(bot, update), apologise=apologise,
    )  # fmt: skip
    store = UpdateStore(ground.database.write, lanes)

    async def feed(raw: dict[str, Any]) -> None:
        await store([raw])
        await lanes.idle()

    async def close() -> None:
        await cards.close()
        await ground.close()

    await feed(message(1, "/settings"))
    labels = ("🌐 Language", "‹ Back")

    def next_tap(seen: InstantTelegram, number: int) -> dict[str, Any]:
        label = labels[0] if labels[0] in seen.buttons else labels[1]
        return tap(number, seen.buttons[label])

    async with ground.database.read() as db:
        asked = [one.question for one in await knowledge.entries(db) if one.language == "en"]

    def question(_: InstantTelegram, number: int) -> dict[str, Any]:
        return message(number, asked[number % len(asked)])

    return [
        Subject("Hourwise, menu tap", telegram, feed, next_tap, nothing),
        Subject("Hourwise, FAQ question", telegram, feed, question, close),
    ]


@dataclass(frozen=True)
class Measured:
    per_second: float
    cpu_ms: float


async def measure(subject: Subject, first: int, updates: int) -> Measured:
    began, cpu = time.perf_counter(), time.process_time()
    for number in range(first, first + updates):
        await subject.feed(subject.make(subject.telegram, number))
    took = time.perf_counter() - began
    return Measured(updates / took, (time.process_time() - cpu) / updates * 1000)


async def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subjects = [
            await echo(folder), await echo_with_database(folder), await yardstick(folder),
            *await ours(folder),
        ]  # fmt: skip
        rounds: dict[str, list[Measured]] = {subject.name: [] for subject in subjects}
        number = 100
        for _ in range(ROUNDS + 1):
            for subject in subjects:
                rounds[subject.name].append(await measure(subject, number, UPDATES))
                number += UPDATES
        for subject in subjects:
            await subject.close()
    print(f"{'subject':34} {'updates/s':>10} {'CPU ms':>8}")
    for subject_name, measured in rounds.items():
        counted = measured[1:]
        per_second = median(one.per_second for one in counted)
        cpu = median(one.cpu_ms for one in counted)
        print(f"{subject_name:34} {per_second:10.0f} {cpu:8.2f}")
    ratios = [
        mine.cpu_ms / yard.cpu_ms
        for mine, yard in zip(
            rounds["Hourwise, menu tap"][1:],
            rounds["aiogram-dialog, two transactions"][1:],
            strict=True,
        )
    ]
    print(f"a menu tap costs {median(ratios):.2f} times the yardstick (to reach: {LIMIT})")
    return 0 if median(ratios) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
