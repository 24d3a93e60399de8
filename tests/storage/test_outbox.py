"""The outbox: the same thing once, most urgent first, honest about what it does not know."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

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
    OutboxRow,
    Outcome,
    Retry,
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
        await outbox.settle(db, [Outcome(claimed.id, SENT, message_id=7)], now=NOON)
        await outbox.void(db, about="session-1")
        counts = await outbox.counts(db)
    assert (counts[SENT], counts[VOID], counts[PLANNED]) == (1, 1, 0)


async def test_after_a_crash_a_reminder_goes_again_and_marketing_is_unknown(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"), a_notice("news", priority=MARKETING_PRIORITY))
        await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
    async with database.write.begin() as db:
        await outbox.recover(db, now=NOON, real_now=NOON + MINUTE)
        counts = await outbox.counts(db)
    assert (counts[PLANNED], counts[UNKNOWN]) == (1, 1)


async def test_a_notice_put_back_waits_in_real_time(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("a"))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.put_back(db, [Retry(claimed, NOON + MINUTE, "429")])
        assert await outbox.claim(db, now=NOON + HOUR, real_now=NOON, limit=10) == []
        again = await outbox.claim(db, now=NOON + HOUR, real_now=NOON + MINUTE, limit=10)
    assert [one.attempts for one in again] == [1]


async def test_who_is_too_late_puts_nothing_back_that_somebody_else_is_sending(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"))
        (first,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.recover(db, now=NOON, real_now=NOON + MINUTE)
        assert await outbox.claim(db, now=NOON, real_now=NOON + MINUTE, limit=10)
        await outbox.put_back(db, [Retry(first, NOON, "429")])
        assert await outbox.claim(db, now=NOON, real_now=NOON + MINUTE, limit=10) == []


async def _states(db: AsyncSession) -> dict[str, str]:
    rows = await db.execute(select(OutboxRow.unique_key, OutboxRow.state))
    return {key: state for key, state in rows}


async def test_a_void_reaches_what_is_being_sent_and_is_tried_again(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
    async with database.write.begin() as db:
        await outbox.void(db, about="session-1")
    async with database.write.begin() as db:
        await outbox.put_back(db, [Retry(claimed, NOON, "429")])
        assert await outbox.claim(db, now=NOON, real_now=NOON + MINUTE, limit=10) == []
        assert await _states(db) == {"reminder": VOID}


async def test_a_void_reaches_what_a_dead_process_was_sending(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"))
        await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.void(db, about="session-1")
        await outbox.recover(db, now=NOON, real_now=NOON + MINUTE)
        assert await _states(db) == {"reminder": VOID}


async def test_a_message_that_did_go_out_is_sent_whatever_was_thought_of_it(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"), a_notice("news", priority=MARKETING_PRIORITY))
        claimed = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.recover(db, now=NOON, real_now=NOON + MINUTE)
        await outbox.settle(db, [Outcome(one.id, SENT) for one in claimed], now=NOON)
        assert await _states(db) == {"reminder": SENT, "news": SENT}


async def test_the_operator_may_choose_not_to_send_again(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("reminder"))
        await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.recover(db, now=NOON, real_now=NOON + MINUTE, resend=False)
        assert await _states(db) == {"reminder": UNKNOWN}


@pytest.mark.parametrize("state", [SENT, "blocked", "failed", UNKNOWN])
async def test_what_was_said_is_not_kept(database: Database, state: str):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("a"))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.settle(db, [Outcome(claimed.id, state)], now=NOON)
        assert await db.scalar(select(OutboxRow.content)) is None


async def test_nothing_is_kept_of_what_is_void(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("a"), a_notice("b", at=NOON + HOUR))
        await outbox.void(db, about="session-1")
        assert set(await db.scalars(select(OutboxRow.content))) == {None}


async def test_nothing_is_kept_of_what_was_to_be_said_to_the_erased(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("on its way"), a_notice("later", at=NOON + HOUR))
        (claimed,) = await outbox.claim(db, now=NOON, real_now=NOON, limit=10)
        await outbox.void_for(db, PersonId("p"))
        assert set(await db.scalars(select(OutboxRow.content))) == {None}
        await outbox.put_back(db, [Retry(claimed, NOON, "429")])
        assert set((await _states(db)).values()) == {VOID}


async def test_a_look_tells_whether_there_is_anything_to_claim(database: Database):
    async with database.write.begin() as db:
        await outbox.add(db, a_notice("later", at=NOON + HOUR))
    async with database.read() as db:
        assert not await outbox.anything_due(db, now=NOON, real_now=NOON)
        assert await outbox.anything_due(db, now=NOON + HOUR, real_now=NOON)
    async with database.write.begin() as db:
        await outbox.claim(db, now=NOON + HOUR, real_now=NOON, limit=1)
    async with database.read() as db:
        assert not await outbox.anything_due(db, now=NOON + HOUR, real_now=NOON)
        assert await outbox.anything_due(db, now=NOON + HOUR, real_now=NOON + HOUR)
