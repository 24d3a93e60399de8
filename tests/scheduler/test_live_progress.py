"""A broadcast's progress in its author's chat, which stays true by itself."""

import asyncio
import re

import pytest
from sqlalchemy import insert

from bot.live_progress import LiveProgress
from kernel.clock import real_now
from people.tables import PersonRow
from scheduler.pacer import Pace
from storage.engine import Database
from storage.outbox import Message
from tests.clock import NOON
from tests.scheduler.kit import delivering, person
from tests.scheduler.telegram import Telegram
from workflows import watch_broadcasts
from workflows.broadcast import Draft, SendBroadcast
from workflows.run_broadcasts import FinishBroadcasts, PlanBroadcasts
from workflows.watch_broadcasts import WatchBroadcasts

AUTHOR, READERS = 1, 60


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_progress_is_written_anew_until_the_end(
    database: Database, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watch_broadcasts, "_WORTH_WATCHING_SECONDS", 0.2)
    async with database.write.begin() as db:
        await db.execute(
            insert(PersonRow),
            [
                {"id": person(n), "telegram_id": n, "first_name": "x", "language": "en",
                 "roles": [], "joined_at": NOON, "marketing": True, "profiling": True}
                for n in range(1, READERS + 1)
            ],
        )  # fmt: skip
    send = SendBroadcast(database, real_now)
    sent = await send(Draft("all", Message({"en": "news"})), author=str(AUTHOR), command="c")
    await PlanBroadcasts(database)()
    async with delivering(database, telegram.url, pace=Pace(per_second=20)) as deliver:
        live = LiveProgress(deliver.bot, WatchBroadcasts(database, real_now))
        sending = asyncio.create_task(deliver())
        while not sending.done():
            await live()
            await asyncio.sleep(0.2)
        await FinishBroadcasts(database, real_now)()
        await deliver()
        for _ in range(2):
            await live()
        # another process, or this one after a restart, shows it once more at most
        await LiveProgress(deliver.bot, WatchBroadcasts(database, real_now))()
    assert telegram.count("Sending")[AUTHOR] == 1
    (first,) = [one for one in telegram.sent if "Sending" in one.text]
    assert f"broadcast:pause:{sent.id}" in first.buttons
    assert {one.chat for one in telegram.edits} == {AUTHOR}
    counted = [int(re.findall(r"Sent: (\d+)", one.text)[0]) for one in telegram.edits]
    assert counted == sorted(counted)
    assert len(set(counted)) > 2
    *_, last, again = telegram.edits
    assert "Done" in last.text
    assert (last.text, last.buttons) == (again.text, "")
