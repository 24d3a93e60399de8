"""Over random lives of sessions: exactly the reminders that the final state asks for."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from booking import service as booking
from booking.model import SessionState, Side
from kernel.clock import real_now
from kernel.errors import DomainError
from kernel.ids import PersonId, SessionId
from storage import outbox
from storage.engine import open_database
from storage.outbox import OutboxRow, Outcome, Planned, Retry
from tests.booking.builders import EXPERT, at
from tests.empty_database import empty_sqlite
from tests.workflows.builders import World
from workflows.cancel_session import CancelSession, MoveSession
from workflows.remind import ChangeReminders

FIRST = at(9, day=9)
PLANS = ((1440, 60, 15), (60,), (), (1440, 180))

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 3)),
        st.tuples(st.just("claim"), st.integers(1, 4)),
        st.tuples(st.just("put back"), st.just(0)),
        st.tuples(st.just("die"), st.just(0)),
        st.tuples(st.just("send"), st.just(0)),
        st.tuples(st.just("later"), st.integers(1, 90)),
        st.tuples(st.sampled_from(["plan of client", "plan of expert"]), st.integers(0, 3)),
        st.tuples(st.sampled_from(["cancel by client", "cancel by expert"]), st.just(0)),
    ),
    max_size=12,
)


class Life:
    """A booked session whose notices are claimed, sent, refused and lost while it lives on."""

    def __init__(self, world: World, session: str, people: dict[str, PersonId]) -> None:
        self.world, self.session, self.people = world, SessionId(session), people
        self.plans: dict[str, tuple[int, ...]] = dict.fromkeys(people, PLANS[0])
        self.real = real_now()
        self.claimed: list[Planned] = []

    async def step(self, name: str, number: int) -> None:
        db = self.world.database.write
        match name:
            case "claim":
                async with db.begin() as session:
                    self.claimed += await outbox.claim(
                        session, now=self.world.now, real_now=self.real, limit=number
                    )
            case "put back":
                async with db.begin() as session:
                    await outbox.put_back(
                        session, [Retry(one, self.real, "429") for one in self.claimed]
                    )
                self.claimed = []
            case "die":
                self.claimed = []
                self.real += timedelta(minutes=1)
                async with db.begin() as session:
                    await outbox.recover(session, now=self.world.now, real_now=self.real)
            case "send":
                async with db.begin() as session:
                    outcomes = [Outcome(one.id, outbox.SENT) for one in self.claimed]
                    await outbox.settle(session, outcomes, now=self.world.now)
                self.claimed = []
            case "later":
                self.world.later(hours=number)
            case "plan of client" | "plan of expert":
                side = name.rpartition(" ")[2]
                self.plans[side] = PLANS[number]
                await ChangeReminders(db, self.world.clock).plan(self.people[side], PLANS[number])
            case _:
                await self._change(name, number)

    async def _change(self, name: str, number: int) -> None:
        world = self.world
        async with world.database.read() as db:
            client = (await booking.session(db, self.session)).client_id
        try:
            if name == "move":
                await MoveSession(world.database.write, world.clock)(
                    self.session, client=client, start=FIRST + timedelta(days=1, hours=number),
                    command=world.command(),
                )  # fmt: skip
            else:
                by: Side = "expert" if name.endswith("expert") else "client"
                await CancelSession(world.database.write, world.clock)(
                    self.session, by=by, person=client, command=world.command(),
                    expert=EXPERT if by == "expert" else None,
                )  # fmt: skip
        except DomainError:
            pass  # too late for it, or over: nothing changed


async def _live(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(empty_sqlite(Path(folder) / "life.db"))
        world = World(database)
        await world.open()
        mia = await world.join(1, "Mia")
        session, payment = await world.hold(mia, FIRST)
        await world.pay(payment)
        ana = await world.join(77, "Ana")
        life = Life(world, session, {"client": mia.id, "expert": ana.id})
        for name, number in steps:
            await life.step(name, number)
        await life.step("die", 0)
        await _check(world, life)
        await database.close()


async def _check(world: World, life: Life) -> None:
    async with world.database.read() as db:
        found = await booking.session(db, life.session)
        rows = await db.scalars(select(OutboxRow).where(OutboxRow.state == outbox.PLANNED))
        ahead = {
            row.unique_key for row in rows
            if "notice-reminder" in row.unique_key and row.due_at > world.now
        }  # fmt: skip
        every = set(
            await db.scalars(
                select(OutboxRow.unique_key).where(
                    OutboxRow.state.in_([outbox.SENT, outbox.SENDING])
                )
            )
        )
    live = found.state in {SessionState.CONFIRMED, SessionState.UNDER_WAY}
    now_version = f"{found.id}:{found.sequence}:"
    # nothing of a cancelled session or of an earlier time is still to come
    assert all(live and key.startswith(now_version) for key in ahead)
    if live:
        expected = {
            (minutes, side)
            for side, plan in life.plans.items()
            for minutes in plan
            if found.starts_at - timedelta(minutes=minutes) > world.now
        }
        said = {
            (minutes, side)
            for side in life.plans
            for minutes in set().union(*PLANS)
            for key in every
            if key.startswith(f"{now_version}notice-reminder-{side}-{minutes}:")
        }
        told = {
            (minutes, side)
            for side in life.plans
            for minutes in set().union(*PLANS)
            for key in ahead
            if key.startswith(f"{now_version}notice-reminder-{side}-{minutes}:")
        }
        # all that is asked for and was not said yet is ahead, and nothing else
        assert told - said == told
        assert told == expected - said


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_random_lives_leave_exactly_the_right_reminders(steps: list[tuple[str, int]]) -> None:
    asyncio.run(_live(steps))
