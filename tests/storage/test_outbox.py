"""The outbox: the same thing once, most urgent first, honest about what it does not know."""

from datetime import datetime

from kernel.ids import PersonId
from storage import outbox
from storage.engine import Database
from storage.outbox import (
    MARKETING_PRIORITY,
    PLANNED,
    SENT,
    SESSION_PRIORITY,
    UNKNOWN,
    VOID,
    Notice,
)
from tests.clock import HOUR, MINUTE, NOON


def a_notice(key: str, *, at: datetime = NOON, priority: int = SESSION_PRIORITY) -> Notice:
    return Notice(key, PersonId("p"), at, key="help-text", about="session-1", priority=priority)


async def test_the_same_thing_is_planned_once(database: Database):
    async with database.write.begin() as db:
        assert await outbox.add(db, a_notice("a")) == 1
        assert await outbox.add(db, a_notice("a"), a_notice("b")) == 1


async def test_session_messages_overtake_broadcasts_and_nothing_is_early(database: Database):
    notices = [
        a_notice("news", at=NOON - HOUR, priority=MARKETING_PRIORITY),
        a_notice("session"),
        a_notice("later", at=NOON + MINUTE),
    ]
    async with database.write.begin() as db:
        await outbox.add(db, *notices)
        claimed = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
    assert [one.notice.unique_key for one in claimed] == ["session", "news"]


async def test_a_claimed_notice_is_not_claimed_again(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("a"))
        assert len(await outbox.claim(db, now=NOON, real_now=NOON, limit=10)) == 1
    async with database.write.begin() as db:
        assert await outbox.claim(db, now=NOON, real_now=NOON, limit=10) == []


async def test_void_leaves_what_was_sent(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("sent"), a_notice("planned", at=NOON + HOUR))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.settle(db, claimed.id, state=SENT, now=NOON, message_id=7)
        await outbox.void(db, about="session-1")
        counts = await outbox.counts(db)
    assert (counts[SENT], counts[VOID], counts[PLANNED]) == (1, 1, 0)


async def test_after_a_crash_a_reminder_goes_again_and_marketing_is_unknown(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"), a_notice("news", priority=MARKETING_PRIORITY))
        await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
    async with database.write.begin() as db:
        await outbox.recover(db, real_now=NOON + MINUTE)
        counts = await outbox.counts(db)
    assert (counts[PLANNED], counts[UNKNOWN]) == (1, 1)


async def test_a_notice_put_back_waits_in_real_time(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("a"))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.put_back(db, claimed.id, retry_at=NOON + MINUTE, error="429")
        assert await outbox.claim(db, now=NOON + HOUR, real_now=NOON, limit=10) == []
        again = await outbox.claim(db, now=NOON + HOUR, real_now=NOON + MINUTE, limit=10)
    assert [one.attempts for one in again] == [1]
