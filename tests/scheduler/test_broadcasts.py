"""Broadcasts: planned in pieces, paused and cancelled exactly where they were."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text

from kernel.clock import real_now
from people.tables import PersonRow
from scheduler.local_time import QuietHours, next_local
from scheduler.pacer import Pace
from storage import activity
from storage.engine import Database
from storage.outbox import Message, OutboxRow
from tests.clock import NOON
from tests.scheduler.kit import delivering, person, states
from tests.scheduler.telegram import Telegram
from tests.turns import over_or_waiting
from workflows import run_broadcasts
from workflows.broadcast import (
    BroadcastOver,
    Draft,
    SendBroadcast,
    TextResult,
    TimeHasPassed,
    UnknownBroadcast,
)
from workflows.run_broadcasts import FinishBroadcasts, PlanBroadcasts, TidyBroadcasts

READERS = 120
NEWS = Message({"en": "news"})


@pytest.fixture
async def readers(database: Database) -> int:
    """People who want news, half of them in Shanghai."""
    async with database.write.begin() as db:
        await db.execute(
            insert(PersonRow),
            [
                {"id": person(n), "telegram_id": n, "first_name": "x", "language": "en",
                 "time_zone": "Asia/Shanghai" if n % 2 else "Europe/Berlin",
                 "roles": [], "joined_at": NOON, "marketing": True, "profiling": True}
                for n in range(1, READERS + 1)
            ],
        )  # fmt: skip
    return READERS


def _adds_up(progress: object) -> bool:
    counts = progress.counts  # type: ignore[attr-defined] # a Progress
    settled = counts["sent"] + counts["blocked"] + counts["failed"] + counts["unknown"]
    total = settled + progress.void + progress.waiting  # type: ignore[attr-defined]
    return bool(total == progress.broadcast.recipients)  # type: ignore[attr-defined]


async def test_everybody_is_planned_whatever_the_piece(
    database: Database, readers: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(run_broadcasts, "_CHUNK", 7)
    send = SendBroadcast(database, real_now)
    sent = await send(Draft("all", NEWS), author="x", command="c")
    assert await send(Draft("all", NEWS), author="x", command="c") == sent
    await PlanBroadcasts(database)()
    await PlanBroadcasts(database)()
    assert await states(database) == {"planned": readers}


@pytest.mark.parametrize("then", ["resume", "cancel"])
async def test_paused_it_stops_within_a_second_and_ends_exactly(
    database: Database, telegram: Telegram, readers: int, then: str
):
    send = SendBroadcast(database, real_now)
    sent = await send(Draft("all", NEWS), author="x", command="c")
    await PlanBroadcasts(database)()
    async with delivering(database, telegram.url, pace=Pace(per_second=30)) as deliver:
        sending = asyncio.create_task(deliver())
        while len(telegram.sent) < 30:
            assert _adds_up(await send.progress(sent.id))
            await asyncio.sleep(0.02)
        await send.pause(sent.id)
        await asyncio.sleep(1)
        at_pause = len(telegram.sent)
        await asyncio.sleep(1.2)
        assert len(telegram.sent) == at_pause < readers
        await sending
        progress = await send.progress(sent.id)
        assert (progress.state, progress.counts["sent"]) == ("paused", at_pause)
        await (send.resume if then == "resume" else send.cancel)(sent.id)
        await deliver()
        await TidyBroadcasts(database)()
        await FinishBroadcasts(database, real_now)()
    progress = await send.progress(sent.id)
    assert _adds_up(progress)
    assert set(telegram.count("news").values()) == {1}
    if then == "resume":
        assert (progress.state, progress.counts["sent"]) == ("done", readers)
    else:
        assert (progress.state, progress.void) == ("cancelled", readers - at_pause)
        assert await states(database) == {"sent": at_pause, "void": readers - at_pause}
    with pytest.raises(BroadcastOver):
        await send.pause(sent.id)


async def test_a_broadcast_that_is_none_is_refused(database: Database):
    with pytest.raises(UnknownBroadcast):
        await SendBroadcast(database, real_now).pause("none")


async def test_what_was_to_go_out_in_the_past_does_not_go_out_at_once(
    database: Database, readers: int
):
    send = SendBroadcast(database, real_now)
    with pytest.raises(TimeHasPassed):
        await send(Draft("all", NEWS, at=real_now() - timedelta(days=365)), author="x", command="c")
    assert await send.latest(limit=1) == []


async def test_at_ten_where_each_person_lives(database: Database, readers: int):
    send = SendBroadcast(database, lambda: NOON)
    await send(Draft("all", NEWS, local_time="10:00"), author="x", command="c")
    await PlanBroadcasts(database)()
    async with database.read() as db:
        dues = set(await db.scalars(select(OutboxRow.due_at)))
    assert dues == {datetime(2026, 3, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)}


@pytest.mark.parametrize("percent", [10, 50])
async def test_each_of_two_texts_goes_to_its_share_and_has_its_own_results(
    database: Database, telegram: Telegram, readers: int, percent: int
):
    send = SendBroadcast(database, real_now)
    both = Message({"en": "first"}, {"en": "second"}, other_percent=percent)
    sent = await send(Draft("all", both, campaign="spring"), author="x", command="c")
    await PlanBroadcasts(database)()
    async with delivering(database, telegram.url) as deliver:
        await deliver()
    got = {"a": set(telegram.count("first")), "b": set(telegram.count("second"))}
    assert len(got["a"] | got["b"]) == len(got["a"]) + len(got["b"]) == readers
    assert len(got["b"]) == pytest.approx(readers * percent / 100, abs=readers / 6)
    # who follows the link counts for the text they got, whoever came without one for neither
    followers = [*sorted(got["a"])[:5], *sorted(got["b"])[:2], readers + 1]
    async with database.write.begin() as db:
        for chat in followers:
            await activity.record(db, person(chat), "followed", at=real_now(), campaign="spring")
        await activity.record(db, person(followers[0]), "paid", at=real_now())
        await activity.record(db, person(followers[-1]), "paid", at=real_now())
    progress = await send.progress(sent.id)
    assert (progress.clicks, progress.bookings) == (8, 2)
    assert progress.texts == {
        "a": TextResult(len(got["a"]), 5, 1), "b": TextResult(len(got["b"]), 2, 0)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "after", "found"),
    [
        ("Europe/Berlin", "2026-03-28T09:30:00+00:00", "2026-03-29T08:00:00+00:00"),
        ("Asia/Shanghai", "2026-03-02T02:00:00+00:00", "2026-03-02T02:00:00+00:00"),
        ("Pacific/Apia", "2011-12-29T21:00:00+00:00", "2011-12-30T20:00:00+00:00"),
    ],
)
def test_the_next_ten_oclock(zone: str, after: str, found: str):
    assert next_local("10:00", zone, after=datetime.fromisoformat(after)) == (
        datetime.fromisoformat(found)
    )


def test_the_night_of_a_reader():
    night, one = QuietHours(), timedelta(seconds=1)
    ends = datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert night.covers(ends - one, "Europe/Berlin")
    assert not night.covers(ends, "Europe/Berlin")
    assert night.end_after(ends - one, "Europe/Berlin") == ends
    begins = datetime(2026, 3, 1, 21, tzinfo=UTC)
    assert night.begin_before(ends - one, "Europe/Berlin") == begins


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_what_is_paused_as_a_delivery_is_about_to_take_some_is_not_sent(
    database: Database, readers: int, telegram: Telegram
):
    send = SendBroadcast(database, real_now)
    broadcast = await send(Draft("all", NEWS), author="x", command="c")
    await PlanBroadcasts(database)()
    async with delivering(database, telegram.url) as deliver:
        async with database.write.begin() as db:
            # so that the delivery waits after it has looked
            await db.execute(text("LOCK TABLE outbox IN SHARE MODE"))
            sending = asyncio.create_task(deliver())
            await over_or_waiting(database, sending)
            await send.pause(broadcast.id)
        assert await sending == 0
    assert telegram.sent == []
    assert (await send.progress(broadcast.id)).seconds == 0
