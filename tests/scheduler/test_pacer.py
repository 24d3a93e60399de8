"""Telegram's pace: in any rolling second, after a 429, over a restart, the urgent first."""

import asyncio
import time
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage, TelegramMethod

from scheduler.pacer import Pace, Pacer, Urgency, hurry
from storage.engine import Database
from storage.outbox import MARKETING_PRIORITY
from tests.scheduler.kit import a_notice, delivering, plan, states
from tests.scheduler.telegram import Telegram

pytestmark = pytest.mark.alone
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TELEGRAMS = Pace()


@on_sqlite
async def test_no_rolling_second_has_more_than_thirty(database: Database, telegram: Telegram):
    await plan(database, *(a_notice(number) for number in range(120)))
    async with delivering(database, telegram.url, pace=TELEGRAMS) as deliver:
        began = monotonic()
        await deliver()
    # thirty at once, then three more seconds
    assert monotonic() - began >= 3.0
    assert telegram.fullest_second() <= 30
    assert len(telegram.sent) == 120


@on_sqlite
async def test_after_a_429_nothing_goes_before_its_time_and_no_burst_after_it(
    database: Database, telegram: Telegram
):
    telegram.retry_after = 2
    telegram.refusals.append(429)
    await plan(database, *(a_notice(number) for number in range(90)))
    async with delivering(database, telegram.url, pace=TELEGRAMS) as deliver:
        async with asyncio.timeout(15):
            while len(telegram.sent) < 90:
                await deliver()
                await asyncio.sleep(0.1)
    (refused,) = telegram.refused_at
    # what was on its way together with the refused one arrived at about the same moment
    early = [one for one in telegram.sent if refused + 0.25 < one.at < refused + 2]
    assert early == []
    assert telegram.fullest_second(since=refused + 2) <= 30
    assert await states(database) == {"sent": 90}


@on_sqlite
async def test_a_rest_is_kept_over_a_restart(database: Database, telegram: Telegram):
    telegram.retry_after = 3
    telegram.refusals.append(429)
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url) as deliver:
        await deliver()
    await plan(database, a_notice(1, "other"))
    async with delivering(database, telegram.url) as restarted:
        async with asyncio.timeout(10):
            while len(telegram.sent) < 2:
                await restarted()
                await asyncio.sleep(0.1)
    assert min(one.at for one in telegram.sent) >= telegram.refused_at[0] + 3


@on_sqlite
async def test_a_429_rests_its_chat_alone_and_a_second_one_elsewhere_the_whole_bot(
    database: Database, telegram: Telegram
):
    telegram.retry_after = 2
    telegram.refusals.append(429)
    await plan(database, a_notice(1))
    async with delivering(database, telegram.url) as deliver:
        await deliver()
        await plan(database, a_notice(2, "other"))
        await deliver()
        # what is no fault of the bot as a whole holds nobody else up
        assert [one.text for one in telegram.sent] == ["other"]
        telegram.refusals.append(429)
        await plan(database, a_notice(3, "third"))
        await deliver()
        await plan(database, a_notice(4, "fourth"))
        async with asyncio.timeout(10):
            while len(telegram.sent) < 4:
                await deliver()
                await asyncio.sleep(0.1)
    assert min(one.at for one in telegram.sent[1:] if one.chat > 1) >= telegram.refused_at[1] + 2
    assert telegram.count("") == {1: 1, 2: 1, 3: 1, 4: 1}


@on_sqlite
async def test_one_chat_gets_its_burst_and_then_one_a_second(
    database: Database, telegram: Telegram
):
    await plan(database, *(a_notice(1, once=str(number)) for number in range(6)))
    pace = Pace(chat_burst=3)
    async with delivering(database, telegram.url, pace=pace) as deliver:
        async with asyncio.timeout(20):
            while len(telegram.sent) < 6:
                await deliver()
                await asyncio.sleep(0.1)
    times = [one.at - telegram.sent[0].at for one in telegram.sent]
    assert times[2] < 0.5
    assert all(later - sooner > 0.9 for sooner, later in pairwise(times[2:]))


@on_sqlite
async def test_a_reminder_overtakes_a_broadcast_under_way(database: Database, telegram: Telegram):
    await plan(database, *(a_notice(n, "news", priority=MARKETING_PRIORITY) for n in range(150)))
    async with delivering(database, telegram.url, pace=TELEGRAMS) as deliver:
        sending = asyncio.create_task(deliver())
        while not telegram.sent:  # noqa: ASYNC110 - the server takes it
            await asyncio.sleep(0.01)
        planned_at = monotonic()
        await plan(database, a_notice(1000))
        await sending
    (reminder,) = [one for one in telegram.sent if one.text == "reminder"]
    assert reminder.at - planned_at < 2


async def test_a_turn_that_comes_as_the_patience_ends_is_not_lost():
    pacer = Pacer(Pace(per_second=1))

    async def send(bot: Bot, method: TelegramMethod[Any]) -> Any:
        return None

    async def write(chat: int, patience: float = 10.0) -> None:
        hurry(Urgency(patience=patience, tries=1))
        async with Bot("1:x").context() as bot:
            await pacer(send, bot, SendMessage(chat_id=chat, text="x"))

    await write(1)
    late = asyncio.create_task(write(2, 1.02))
    await asyncio.sleep(0.9)
    time.sleep(0.3)  # noqa: ASYNC251 - the loop stands still while both fall due
    await asyncio.gather(late, return_exceptions=True)
    async with asyncio.timeout(5):
        await write(3)
