"""Each thing once; what Telegram answers decides what becomes of it."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest

from kernel.ids import PersonId
from scheduler.delivery import PATIENCE_SECONDS, REQUEST_SECONDS
from scheduler.model import Addressee
from storage import outbox
from storage.engine import Database
from storage.outbox import MARKETING_PRIORITY, NOTICE_PRIORITY, Notice
from storage.outbox.sending import LEASE
from tests.clock import NOON
from tests.scheduler.kit import Told, a_notice, delivering, person, plan, states
from tests.scheduler.telegram import Telegram


def test_a_send_is_over_before_its_lease_is():
    assert LEASE.total_seconds() > PATIENCE_SECONDS + REQUEST_SECONDS


async def test_what_is_due_is_said_once(database: Database, telegram: Telegram):
    await plan(database, *(a_notice(number) for number in range(200)))
    async with delivering(database, telegram.url) as deliver:
        assert await deliver() == 200
        assert await deliver() == 0
    assert set(telegram.count("reminder").values()) == {1}
    assert await states(database) == {"sent": 200}


async def test_two_deliveries_at_once_share_the_work(database: Database, telegram: Telegram):
    await plan(database, *(a_notice(number) for number in range(300)))
    async with (
        delivering(database, telegram.url) as one,
        delivering(database, telegram.url) as other,
    ):
        await asyncio.gather(one(), other())
    assert set(telegram.count("reminder").values()) == {1}
    assert await states(database) == {"sent": 300}


async def test_who_blocked_the_bot_is_noted(database: Database, telegram: Telegram):
    telegram.refusals.append(403)
    told = Told()
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url, told=told) as deliver:
        await deliver()
    assert told.blocked == [person(1)]
    assert await states(database) == {"blocked": 1}


async def test_what_telegram_refuses_is_told_and_not_tried_again(
    database: Database, telegram: Telegram
):
    telegram.refusals.append(400)
    told = Told()
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url, told=told) as deliver:
        await deliver()
    assert [key for key, _ in told.failed] == ["reminder:1:"]
    assert await states(database) == {"failed": 1}


async def test_a_notice_that_cannot_be_rendered_fails_after_three_tries(
    database: Database, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.delivery._LONGEST_WAIT_SECONDS", 0.01)
    told = Told()
    await plan(database, Notice("broken", PersonId("p1"), NOON, key="there-is-no-such-text"))
    async with delivering(database, telegram.url, told=told) as deliver:
        for _ in range(3):
            assert told.failed == []
            await deliver()
            await asyncio.sleep(0.02)
        await deliver()
    assert [key for key, _ in told.failed] == ["broken"]
    assert await states(database) == {"failed": 1}


async def test_a_server_error_is_tried_again(
    database: Database, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.delivery._LONGEST_WAIT_SECONDS", 0.01)
    telegram.refusals.append(502)
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url) as deliver:
        assert await deliver() == 0
        await asyncio.sleep(0.02)
        assert await deliver() == 1
    assert telegram.count("reminder") == {1: 1}


async def test_where_the_answer_was_lost_news_are_unknown_and_a_reminder_goes_again(
    database: Database, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.delivery._LONGEST_WAIT_SECONDS", 0.01)
    telegram.refusals.extend(["lose", "lose"])
    await plan(database, a_notice(1), a_notice(2, "news", priority=NOTICE_PRIORITY))
    async with delivering(database, telegram.url) as deliver:
        await deliver()
        await asyncio.sleep(0.02)
        await deliver()
    assert telegram.count("news") == {2: 1}
    assert telegram.count("reminder") == {1: 2}
    assert await states(database) == {"sent": 1, "unknown": 1}


async def test_nothing_is_lost_while_telegram_cannot_be_reached(database: Database):
    await plan(database, a_notice(1, "news", priority=MARKETING_PRIORITY))
    async with delivering(database, "http://127.0.0.1:9") as deliver:
        assert await deliver() == 0
    assert await states(database) == {"planned": 1}


async def test_who_said_stop_gets_no_news_and_still_reminders(
    database: Database, telegram: Telegram
):
    told = Told(no_news={person(1)})
    await plan(database, a_notice(1), a_notice(1, "news", priority=MARKETING_PRIORITY))
    async with delivering(database, telegram.url, told=told) as deliver:
        await deliver()
    assert [one.text for one in telegram.sent] == ["reminder"]
    assert await states(database) == {"sent": 1, "void": 1}


@pytest.mark.parametrize("at_once", [False, True])
async def test_nobody_gets_more_news_than_the_cap(
    database: Database, telegram: Telegram, *, at_once: bool
):
    news = [a_notice(1, "news", priority=MARKETING_PRIORITY, once=str(one)) for one in range(4)]
    async with delivering(database, telegram.url, cap=2) as deliver:
        for some in [news] if at_once else [[one] for one in news]:
            await plan(database, *some)
            await deliver()
    assert telegram.count("news") == {1: 2}
    assert await states(database) == {"sent": 2, "void": 2}
    async with database.read() as db:
        assert await outbox.over_cap(db, about="about news") == 2


async def test_under_news_one_can_stop_them(database: Database, telegram: Telegram):
    await plan(database, a_notice(1), a_notice(1, "news", priority=MARKETING_PRIORITY))
    async with delivering(database, telegram.url) as deliver:
        await deliver()
    assert {one.text: "news:stop" in one.buttons for one in telegram.sent} == {
        "reminder": False,
        "news": True,
    }


async def test_a_void_in_the_middle_of_a_refused_send_holds(database: Database, telegram: Telegram):
    telegram.refusals.append(429)
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url) as deliver:
        assert await deliver() == 0
        async with database.write.begin() as db:
            await outbox.void(db, about="about reminder")
        await asyncio.sleep(1.1)
        assert await deliver() == 0
    assert telegram.sent == []


@dataclass
class Failing(Told):
    """The second reader comes while the first is written to, and cannot be looked up at once."""

    database: Database | None = None
    telegram: Telegram | None = None
    asked: int = 0

    async def addressees(self, ids: Collection[PersonId]) -> Mapping[PersonId, Addressee]:
        assert self.database is not None
        assert self.telegram is not None
        self.asked += 1
        if self.asked == 1:
            await plan(self.database, a_notice(2, priority=NOTICE_PRIORITY))
        if self.asked == 2:
            self.telegram.go.set()
            raise ConnectionError
        return await super().addressees(ids)


async def test_a_database_that_fails_for_a_moment_makes_nothing_lost_or_said_twice(
    database: Database, telegram: Telegram
):
    telegram.refusals.append("wait")
    told = Failing(database=database, telegram=telegram)
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url, told=told) as deliver:
        with pytest.raises(ConnectionError):
            await deliver()
        # what was not sent goes back first
        assert [await deliver(), await deliver()] == [0, 1]
    assert telegram.count("reminder") == {1: 1, 2: 1}
    assert await states(database) == {"sent": 2}


async def test_a_notice_that_was_put_off_before_outlives_a_database_that_fails_for_a_moment(
    database: Database, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.delivery._LONGEST_WAIT_SECONDS", 0.01)
    telegram.refusals.extend([502, 502, 429])
    await plan(database, a_notice(1))

    async def fail(_: str, __: datetime) -> None:
        raise ConnectionError

    async with delivering(database, telegram.url) as deliver:
        deliver.pacer.remember = fail
        async with asyncio.timeout(10):
            while not telegram.sent:
                await deliver()
                await asyncio.sleep(0.02)
        await deliver()
    assert await states(database) == {"sent": 1}
