"""Each person's updates in order, side by side with others', each with its effect once."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiogram.types import Update
from sqlalchemy import event, func, select, text

from bot.lanes import Lanes
from bot.received import received
from bot.state import current_draft
from bot.updates import Polling, UpdateStore
from kernel.clock import real_now
from storage import conversation, inbox
from storage.conversation import Entry
from storage.engine import Database
from storage.inbox import InboxRow
from tests.journeys.conftest import Demo, NewPerson
from tests.sandbox.kit import MIA, Sandbox, running_sandbox

ANN, BEN = 11, 12


def written(update_id: int, person: int, words: str) -> dict[str, Any]:
    """An update: somebody wrote."""
    user = {"id": person, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person, "type": "private"}
    message = {"message_id": update_id, "date": 0, "chat": chat, "from": user, "text": words}
    return {"update_id": update_id, "message": message}


def asked_before_paying(update_id: int, person: int) -> dict[str, Any]:
    """An update: Telegram asks before a payment."""
    user = {"id": person, "is_bot": False, "first_name": "Ann"}
    query = {"id": "1", "from": user, "currency": "USD", "total_amount": 1, "invoice_payload": "p"}
    return {"update_id": update_id, "pre_checkout_query": query}


@dataclass
class Handled:
    """Handlers that note what they did, wait at words with a gate, and fail as they are told."""

    words: list[str] = field(default_factory=list)
    urgent: list[int] = field(default_factory=list)
    apologies: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    failures: dict[str, list[BaseException]] = field(default_factory=dict)

    async def handle(self, update: Update) -> None:
        said = update.message.text if update.message else None
        assert said is not None
        if said in self.gates:
            await self.gates[said].wait()
        if self.failures.get(said):
            raise self.failures[said].pop()
        self.words.append(said)

    async def handle_urgent(self, update: Update) -> None:
        self.urgent.append(update.update_id)

    async def apologise(self, _: Update, error_id: str) -> None:
        self.apologies.append(error_id)


@pytest.fixture
def handled() -> Handled:
    return Handled()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot("42:test")
    yield bot
    await bot.session.close()


@pytest.fixture
def lanes(database: Database, bot: Bot, handled: Handled) -> Lanes:
    return _lanes(database, bot, handled)


def _lanes(database: Database, bot: Bot, handled: Handled) -> Lanes:
    return Lanes(
        database=database, bot=bot, handle=handled.handle, handle_urgent=handled.handle_urgent,
        apologise=handled.apologise,
    )  # fmt: skip


@pytest.fixture
def store(database: Database, lanes: Lanes) -> UpdateStore:
    return UpdateStore(database.write, lanes)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def _states(database: Database) -> dict[str, int]:
    async with database.read() as db:
        rows = await db.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
        return {state: count for state, count in rows}


async def test_one_persons_updates_keep_their_order_and_others_need_not_wait(
    store: UpdateStore, lanes: Lanes, handled: Handled
):
    handled.gates["first"] = asyncio.Event()
    await store([written(1, ANN, "first"), written(2, ANN, "second"), written(3, BEN, "other")])
    await until(lambda: handled.words == ["other"])
    handled.gates["first"].set()
    await lanes.idle()
    assert handled.words == ["other", "first", "second"]


async def test_an_update_that_comes_again_has_its_effect_once(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    await store([written(1, ANN, "once")])
    await store([written(1, ANN, "once"), written(2, ANN, "then")])
    await lanes.idle()
    await store([written(1, ANN, "once")])
    await lanes.idle()
    assert handled.words == ["once", "then"]
    assert await _states(database) == {inbox.DONE: 2}


async def test_what_was_handled_is_not_kept(store: UpdateStore, lanes: Lanes, database: Database):
    await store([written(1, ANN, "my secret")])
    await lanes.idle()
    async with database.read() as db:
        assert await db.scalar(select(InboxRow.body)) is None


async def test_what_a_dead_process_left_is_handled_in_order_by_the_next(
    database: Database, bot: Bot, handled: Handled
):
    left = [received(written(number, ANN, str(number))) for number in (1, 2, 3)]
    async with database.write.begin() as db:
        await inbox.store(db, left, now=real_now())
    lanes = _lanes(database, bot, handled)
    running = asyncio.create_task(lanes.run())
    await until(lambda: handled.words == ["1", "2", "3"])
    await lanes.idle()
    running.cancel()
    assert await _states(database) == {inbox.DONE: 3}


async def test_quick_updates_ask_for_their_lanes_lease_once(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    asked: list[str] = []

    @event.listens_for(database.engines[0].sync_engine, "before_cursor_execute")
    def seen(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if "INSERT INTO lanes" in statement:
            asked.append(statement)

    for number in (1, 2, 3):
        await store([written(number, ANN, str(number))])
        await lanes.idle()
    assert handled.words == ["1", "2", "3"]
    assert len(asked) == 1


async def test_an_update_stored_while_its_lease_goes_back_is_left_to_the_next_look(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    await store([written(1, ANN, "1")])
    await lanes.idle()

    @event.listens_for(database.engines[0].sync_engine, "commit")
    def given_back_meanwhile(_: Any) -> None:
        lanes.leases.forget_all()

    await store([written(2, ANN, "2")])
    await lanes.idle()
    assert handled.words == ["1"]
    event.remove(database.engines[0].sync_engine, "commit", given_back_meanwhile)
    running = asyncio.create_task(lanes.run())
    await until(lambda: handled.words == ["1", "2"])
    await lanes.idle()
    running.cancel()


async def test_what_was_left_to_the_next_look_is_not_overtaken(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    await store([written(1, ANN, "1")])
    await lanes.idle()

    @event.listens_for(database.engines[0].sync_engine, "commit", once=True)
    def given_back_meanwhile(_: Any) -> None:
        lanes.leases.forget_all()

    await store([written(2, ANN, "2")])
    await store([written(3, ANN, "3")])
    await lanes.idle()
    assert handled.words == ["1", "2", "3"]


async def test_what_another_process_stored_is_not_overtaken(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    handled.gates["1"] = asyncio.Event()
    await store([written(1, ANN, "1")])
    async with database.write.begin() as db:
        others = [received(written(2, ANN, "2")), received(written(3, BEN, "not mine"))]
        await inbox.store(db, others, now=real_now())
    await store([written(4, ANN, "4")])
    handled.gates["1"].set()
    await lanes.idle()
    assert handled.words == ["1", "2", "4"]


async def test_the_third_failure_parks_an_update_with_an_apology_and_the_lane_goes_on(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    handled.failures["bad"] = [ValueError("a bug")] * 3
    await store([written(1, ANN, "bad"), written(2, ANN, "good")])
    await lanes.idle()
    assert handled.words == ["good"]
    assert await _states(database) == {inbox.PARKED: 1, inbox.DONE: 1}
    async with database.read() as db:
        error = await db.scalar(select(InboxRow.error).where(InboxRow.state == inbox.PARKED))
    assert error is not None
    assert error.split(":")[0] == handled.apologies[0]
    assert len(handled.apologies) == 1


async def test_an_update_that_fails_twice_succeeds_without_an_apology(
    store: UpdateStore, lanes: Lanes, handled: Handled
):
    handled.failures["shaky"] = [ValueError("a bug")] * 2
    await store([written(1, ANN, "shaky")])
    await lanes.idle()
    assert (handled.words, handled.apologies) == (["shaky"], [])


async def test_while_telegram_is_away_an_update_waits_as_long_as_it_takes(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    away = TelegramNetworkError(method=GetMe(), message="away")
    handled.failures["patient"] = [away] * 3
    await store([written(1, ANN, "patient")])
    await lanes.idle()
    assert (handled.words, handled.apologies) == (["patient"], [])
    assert await _states(database) == {inbox.DONE: 1}


async def test_a_database_that_fails_for_a_while_kills_no_lane(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    handled.gates["first"] = asyncio.Event()
    handled.failures["first"] = [ValueError("a bug")]
    await store([written(1, ANN, "first"), written(2, ANN, "second")])
    await _rename(database, "inbox", "elsewhere")
    handled.gates["first"].set()
    await until(lambda: not handled.failures["first"])
    await _rename(database, "elsewhere", "inbox")
    await lanes.idle()
    assert handled.words[-1] == "second"
    assert await _states(database) == {inbox.DONE: 2}


async def _rename(database: Database, old: str, new: str) -> None:
    async with database.write.begin() as db:
        await db.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_a_payment_question_is_answered_ahead_of_a_long_queue(
    store: UpdateStore, lanes: Lanes, handled: Handled
):
    handled.gates["1"] = asyncio.Event()
    await store([written(number, ANN, str(number)) for number in range(1, 30)])
    await store([asked_before_paying(30, ANN)])
    await until(lambda: handled.urgent == [30])
    assert handled.words == []
    handled.gates["1"].set()
    await lanes.idle()


@pytest.mark.parametrize("words", ["pre_checkout_query", '"pre_checkout_query": {'])
async def test_words_that_look_like_a_payment_question_are_only_words(
    store: UpdateStore, lanes: Lanes, handled: Handled, words: str
):
    await store([written(1, ANN, words)])
    await lanes.idle()
    assert (handled.words, handled.urgent) == ([words], [])


async def test_the_conversation_is_saved_with_the_update_or_not_at_all(
    database: Database, bot: Bot
):
    stand = asyncio.Event()
    reached = asyncio.Event()

    async def handle(_: Update) -> None:
        draft = current_draft.get()
        draft.set("place", Entry(draft.get("place").state or "here"))
        reached.set()
        await stand.wait()

    handled = Handled()
    lanes = Lanes(database, bot, handle, handled.handle_urgent, handled.apologise)
    await UpdateStore(database.write, lanes)([written(1, ANN, "go")])
    await reached.wait()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()  # as a kill would end it
        with suppress(asyncio.CancelledError):
            await task
    assert await _states(database) == {inbox.WAITING: 1}
    async with database.read() as db:
        assert (await conversation.load(db, str(ANN))).read == {}

    reached.clear()
    stand.set()
    after = Lanes(database, bot, handle, handled.handle_urgent, handled.apologise)
    running = asyncio.create_task(after.run())
    await until(reached.is_set)
    await after.idle()
    running.cancel()
    async with database.read() as db:
        assert (await conversation.load(db, str(ANN))).get("place") == Entry("here")


async def test_stopping_finishes_what_is_under_way_and_leaves_the_rest(
    store: UpdateStore, lanes: Lanes, handled: Handled, database: Database
):
    gate = handled.gates["first"] = asyncio.Event()
    await store([written(1, ANN, "first"), written(2, ANN, "second")])
    await asyncio.sleep(0)
    stopping = asyncio.create_task(lanes.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert handled.words == ["first"]
    assert await _states(database) == {inbox.DONE: 1, inbox.WAITING: 1}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox(product_url="http://127.0.0.1:9") as sandbox:
        yield sandbox


async def test_an_update_that_cannot_be_stored_is_read_again(sandbox: Sandbox):
    session = AiohttpSession(api=TelegramAPIServer.from_base(f"{sandbox.url}/telegram"))
    bot = Bot("42:test", session)
    stored: list[int] = []
    failures = [OSError("the disk is full")]

    async def store(updates: Any) -> None:
        if failures:
            raise failures.pop()
        stored.extend(one["update_id"] for one in updates)

    polling = asyncio.create_task(Polling(bot, store).run())
    await sandbox.says(MIA, "one")
    await until(lambda: len(stored) == 1)
    await sandbox.says(MIA, "two")
    await until(lambda: len(stored) == 2)
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    await bot.session.close()
    assert stored == sorted(set(stored))


async def test_nothing_about_a_stranger_is_stored(demo: Demo, newcomer: NewPerson):
    mia = await newcomer("Mia", "en")
    await mia.says("I owe money and nobody may know")
    await mia.sees("Do you agree?")
    await mia.taps("Read the privacy notice")
    await mia.sees("Privacy notice of")
    await mia.taps("中文")
    await mia.sees("您同意吗")
    waiting = "SELECT 1 FROM inbox WHERE lane = ? AND state = 'waiting'"
    await until(lambda: not _stored(demo, waiting, mia.id))
    assert _stored(demo, "SELECT body FROM inbox WHERE lane = ?", mia.id) == [(None,)] * 3
    for query in (
        "SELECT * FROM persons WHERE telegram_id = ?",
        "SELECT * FROM conversations WHERE owner = ?",
        "SELECT * FROM commands WHERE id LIKE '%' || ? || '%'",
    ):
        assert _stored(demo, query, mia.id) == []
    of_nobody = "SELECT * FROM activity WHERE person_id NOT IN (SELECT id FROM persons)"
    assert _stored(demo, f"{of_nobody} OR person_id = ?", mia.id) == []


def _stored(demo: Demo, query: str, person: int) -> list[Any]:
    with closing(sqlite3.connect(demo.folder / "hourwise.db", timeout=5)) as db:
        return db.execute(query, [str(person)]).fetchall()


def test_what_is_stored_of_an_update_is_all_of_it():
    raw = written(1, ANN, "héllo 您好") | {"something_new": {"of": "Telegram"}}
    assert json.loads(received(raw).body) == raw
