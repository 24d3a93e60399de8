"""Older keys can go once all that they encrypted is written anew."""

import asyncio

from cryptography.fernet import Fernet
from sqlalchemy import func, select, update

from hourwise.tables import ALL_TABLES
from kernel.clock import real_now
from storage import conversation, inbox, secrets
from storage.conversation import Draft, Entry
from storage.engine import Database
from storage.inbox import InboxRow, Received
from storage.rotation import rotate

LOST, OLD, NEW = (Fernet.generate_key().decode() for _ in range(3))


async def _write(database: Database, first: int, count: int) -> None:
    texts = [Received(number, "1", f"my worry {number}") for number in range(first, first + count)]
    async with database.write.begin() as db:
        await inbox.store(db, texts, now=real_now())


async def test_all_is_written_anew_and_the_old_key_can_go(database: Database):
    secrets.use_keys([OLD])
    await _write(database, 0, 450)
    draft = Draft("1", {}, {"place": Entry("here", '{"about": "work"}')})
    async with database.write.begin() as db:
        await conversation.save(db, draft)
    secrets.use_keys([NEW, OLD])
    await _write(database, 450, 1)
    steps: list[int] = []

    done = await rotate(database, ALL_TABLES, tell=lambda so_far: steps.append(so_far.seen))
    assert (done.seen, done.rewritten, done.unreadable) == (452, 451, {})
    assert steps == sorted(steps)
    assert len(steps) > 2
    secrets.use_keys([NEW])
    async with database.read() as db:
        bodies = await db.scalars(select(InboxRow.body).order_by(InboxRow.update_id))
        assert list(bodies) == [f"my worry {number}" for number in range(451)]
        assert (await conversation.load(db, "1")).get("place") == Entry("here", '{"about": "work"}')
    again = await rotate(database, ALL_TABLES, tell=lambda _: None)
    assert (again.seen, again.rewritten) == (452, 0)


async def test_a_text_that_no_key_opens_is_counted_and_left_and_the_rest_goes_on(
    database: Database,
):
    secrets.use_keys([LOST])
    await _write(database, 0, 2)
    secrets.use_keys([OLD])
    await _write(database, 2, 3)
    secrets.use_keys([NEW, OLD])
    done = await rotate(database, ALL_TABLES, tell=lambda _: None)
    assert (done.rewritten, dict(done.unreadable)) == (3, {"inbox": 2})
    secrets.use_keys([LOST, NEW])
    async with database.read() as db:
        assert await db.scalar(select(func.count()).where(InboxRow.body.is_not(None))) == 5
        assert len(list(await db.scalars(select(InboxRow.body)))) == 5


async def test_a_text_that_changes_meanwhile_stays_as_it_has_become(database: Database):
    secrets.use_keys([OLD])
    await _write(database, 0, 200)
    secrets.use_keys([NEW, OLD])

    async def change_all() -> None:
        for number in range(199, -1, -1):
            async with database.write.begin() as db:
                changed = update(InboxRow).where(InboxRow.update_id == number)
                await db.execute(changed.values(body="changed"))

    await asyncio.gather(rotate(database, ALL_TABLES, tell=lambda _: None), change_all())
    async with database.read() as db:
        assert set(await db.scalars(select(InboxRow.body))) == {"changed"}
