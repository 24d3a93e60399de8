"""The inbox and the conversation: stored once, forgotten when done."""

from sqlalchemy import text

from kernel.clock import real_now
from storage import conversation, inbox
from storage.conversation import Entry
from storage.engine import Database
from storage.inbox import ATTEMPTS, Received
from tests.clock import HOUR, NOON

UPDATE = Received(7, "42", '{"update_id": 7}')


async def test_an_update_is_stored_once(database: Database):
    async with database.write.begin() as db:
        assert await inbox.store(db, [UPDATE, Received(8, "42", "{}")], now=NOON) == [7, 8]
        assert await inbox.store(db, [UPDATE], now=NOON) == []
        assert [one.update_id for one in await inbox.waiting(db, limit=9, now=real_now())] == [7, 8]


async def test_what_was_written_is_gone_when_the_update_is_done(database: Database):
    async with database.write.begin() as db:
        await inbox.store(db, [UPDATE], now=NOON)
        await inbox.done(db, 7)
        assert await inbox.waiting(db, limit=9, now=real_now()) == []
        assert (await db.execute(text("SELECT body FROM inbox"))).scalar_one() is None
        assert await inbox.store(db, [UPDATE], now=NOON) == []


async def test_the_third_failure_parks_an_update(database: Database):
    async with database.write.begin() as db:
        await inbox.store(db, [UPDATE], now=NOON)
        parked = [await inbox.failed(db, 7, error="bug") for _ in range(ATTEMPTS)]
        assert parked == [False, False, True]
        assert await inbox.waiting(db, limit=9, now=real_now()) == []


async def test_purging_leaves_what_waits(database: Database):
    async with database.write.begin() as db:
        await inbox.store(db, [UPDATE, Received(8, "42", "{}")], now=NOON)
        await inbox.done(db, 8)
        await inbox.purge(db, before=NOON + HOUR)
        assert [one.update_id for one in await inbox.waiting(db, limit=9, now=real_now())] == [7]
        assert (await db.execute(text("SELECT count(*) FROM inbox"))).scalar_one() == 1


async def test_only_changes_are_written_and_emptied_entries_leave_no_row(database: Database):
    async with database.write.begin() as db:
        draft = await conversation.load(db, "42")
        draft.set("stack", Entry(None, '{"a": 1}'))
        draft.set("empty", Entry())
        await conversation.save(db, draft)
    async with database.write.begin() as db:
        draft = await conversation.load(db, "42")
        assert draft.read == {"stack": Entry(None, '{"a": 1}')}
        draft.set("stack", Entry())
        await conversation.save(db, draft)
        assert (await db.execute(text("SELECT count(*) FROM conversations"))).scalar_one() == 0
