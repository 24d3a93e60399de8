"""The clock, and the processes that follow it."""

import asyncio
from datetime import datetime, timedelta

from kernel.clock import real_now
from tests.sandbox.kit import MIA, Sandbox


def instant(written: str) -> datetime:
    """An instant of the contract."""
    return datetime.fromisoformat(written)


class Follower:
    """A process with a list of due instants, which does what is due and reports."""

    def __init__(self, sandbox: Sandbox, name: str, dues: list[datetime]) -> None:
        self._sandbox = sandbox
        self._name = name
        self._dues = sorted(dues)
        self.done: list[tuple[datetime, datetime]] = []

    async def follow(self) -> None:
        n = -1
        while True:
            address = f"clock?after={n}&follower={self._name}&wait=20"
            state = await self._sandbox.get(address)
            n = state["n"]
            now = instant(state["now"])
            while self._dues and self._dues[0] <= now:
                self.done.append((self._dues.pop(0), now))
            await self._report(n)

    async def _report(self, n: int) -> None:
        due = self._dues[0].isoformat() if self._dues else None
        await self._sandbox.post("clock", follower=self._name, done=n, next_due=due)


async def test_the_clock_goes_on_and_never_back(sandbox: Sandbox) -> None:
    before = instant((await sandbox.get("clock"))["now"])
    after = await sandbox.post("clock", advance="P1DT2H")
    assert timedelta(hours=26) <= instant(after["now"]) - before < timedelta(hours=26, seconds=5)
    sent = await sandbox.call("sendMessage", chat_id=MIA, text="x")
    assert abs(sent["date"] - instant(after["now"]).timestamp()) < 5


async def test_each_due_instant_is_visited_in_order(sandbox: Sandbox) -> None:
    start = instant((await sandbox.get("clock"))["now"])
    hours = {"one": [3, 9, 30], "two": [1, 9, 12]}
    followers = [
        Follower(sandbox, name, [start + timedelta(hours=hour, milliseconds=500) for hour in dues])
        for name, dues in hours.items()
    ]
    tasks = [asyncio.create_task(follower.follow()) for follower in followers]
    await _until_both_reported(sandbox)
    state = await sandbox.post("clock", advance="PT24H")
    for follower, (_, dues) in zip(followers, hours.items(), strict=True):
        assert [due - start for due, _ in follower.done] == [
            timedelta(hours=hour, milliseconds=500) for hour in dues if hour < 24
        ]
        for due, at in follower.done:
            assert timedelta() <= at - due < timedelta(seconds=5)
    assert instant(state["next_due"]) - start == timedelta(hours=30)
    state = await sandbox.post("clock", to="next")
    assert timedelta(hours=30) < instant(state["now"]) - start < timedelta(hours=30, seconds=5)
    assert len(followers[0].done) == 3
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _until_both_reported(sandbox: Sandbox) -> None:
    pulse = -1
    async with asyncio.timeout(5):
        while True:
            pulse = (await sandbox.get(f"pulse?after={pulse}&wait=5"))["pulse"]
            due = (await sandbox.get("clock"))["next_due"]
            if due and instant(due) - real_now() < timedelta(hours=2):
                return


async def test_a_follower_that_does_not_answer_is_waited_for(sandbox: Sandbox) -> None:
    await sandbox.post("clock", follower="slow", done=0, next_due=None)
    moving = asyncio.create_task(sandbox.post("clock", advance="PT1H"))
    state = await sandbox.get("clock?after=0&wait=10")
    assert (state["n"], state["moving"]) == (1, True)
    assert not moving.done()
    await sandbox.post("clock", follower="slow", done=1, next_due=None)
    assert (await sandbox.get("clock?after=1&wait=10"))["n"] == 2
    assert not moving.done()
    await sandbox.post("clock", follower="slow", done=2, next_due=None)
    async with asyncio.timeout(5):
        assert (await moving)["n"] == 2


async def test_what_was_booked_since_the_last_report_is_visited(sandbox: Sandbox) -> None:
    """The follower learns of something due only when it is asked to look."""
    await sandbox.post("clock", follower="slow", done=0, next_due=None)
    due = instant((await sandbox.get("clock"))["now"]) + timedelta(minutes=30)
    moving = asyncio.create_task(sandbox.post("clock", advance="PT1H"))
    await sandbox.get("clock?after=0&wait=10")
    await sandbox.post("clock", follower="slow", done=1, next_due=due.isoformat())
    stop = await sandbox.get("clock?after=1&wait=10")
    assert abs(instant(stop["now"]) - due) < timedelta(seconds=5)
    await sandbox.post("clock", follower="slow", done=2, next_due=None)
    await sandbox.get("clock?after=2&wait=10")
    await sandbox.post("clock", follower="slow", done=3, next_due=None)
    async with asyncio.timeout(5):
        await moving


async def test_the_next_event_is_one_booked_since_the_last_report(sandbox: Sandbox) -> None:
    await sandbox.post("clock", follower="slow", done=0, next_due=None)
    due = instant((await sandbox.get("clock"))["now"]) + timedelta(minutes=30)
    moving = asyncio.create_task(sandbox.post("clock", to="next"))
    await sandbox.get("clock?after=0&wait=10")
    await sandbox.post("clock", follower="slow", done=1, next_due=due.isoformat())
    for n in (1, 2):
        stop = await sandbox.get(f"clock?after={n}&wait=10")
        assert abs(instant(stop["now"]) - due) < timedelta(seconds=5)
        await sandbox.post("clock", follower="slow", done=n + 1, next_due=None)
    async with asyncio.timeout(5):
        assert abs(instant((await moving)["now"]) - due) < timedelta(seconds=5)


async def test_an_instant_can_be_named(sandbox: Sandbox) -> None:
    target = (instant((await sandbox.get("clock"))["now"]) + timedelta(days=3)).isoformat()
    assert (await sandbox.post("clock", to=target))["now"][:19] == target[:19]


async def test_a_follower_that_hangs_up_is_not_waited_for(sandbox: Sandbox) -> None:
    address = "clock?after=0&follower=gone&wait=20"
    hanging = asyncio.create_task(sandbox.get(address))
    pulse = await sandbox.get("pulse")
    await sandbox.post("clock", follower="gone", done=0, next_due=None)
    await sandbox.get(f"pulse?after={pulse['pulse']}&wait=5")
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    async with asyncio.timeout(10):
        await sandbox.post("clock", advance="PT1H")


async def test_a_page_that_outlived_a_restart_hears_of_it_at_once(sandbox: Sandbox):
    async with asyncio.timeout(5):
        heard = await sandbox.get("pulse?after=1000000&wait=20")
    assert heard["pulse"] < 1_000_000
