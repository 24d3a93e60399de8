"""Random lives of many sessions: whatever is done in whatever order, nothing impossible is."""

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from booking import checks
from booking import service as booking
from booking.model import LIVE_STATES, Session, SessionState
from booking.repository.sessions import find
from booking.tables import BookedCellRow, SessionMoveRow
from kernel.errors import DomainError
from kernel.ids import ExpertId, OfferId, PersonId
from storage.engine import open_database
from tests.booking.builders import EXPERT, NOW, at, open_for_business
from tests.empty_database import empty_sqlite

CLIENTS = [PersonId(name) for name in ("ana", "ben", "eva")]
OFFERS = {OfferId("short"): 30, OfferId("long"): 60, OfferId("asked"): 45, OfferId("group"): 60}
STARTS = [at(hour, minute) for hour in (9, 10, 11) for minute in (0, 30)]
MINUTE = timedelta(minutes=1)

clients, starts = st.sampled_from(CLIENTS), st.sampled_from(STARTS)
numbers = st.integers(min_value=0, max_value=30)

S = SessionState
ALLOWED = {
    (None, S.HELD), (S.HELD, S.CONFIRMED), (S.HELD, S.REQUESTED), (S.HELD, S.EXPIRED),
    (S.HELD, S.CANCELLED), (S.EXPIRED, S.CONFIRMED), (S.EXPIRED, S.REQUESTED),
    (S.REQUESTED, S.CONFIRMED), (S.REQUESTED, S.DECLINED), (S.REQUESTED, S.EXPIRED),
    (S.REQUESTED, S.CANCELLED), (S.REQUESTED, S.REQUESTED), (S.CONFIRMED, S.CONFIRMED),
    (S.CONFIRMED, S.UNDER_WAY), (S.CONFIRMED, S.CANCELLED), (S.UNDER_WAY, S.CANCELLED),
    (S.UNDER_WAY, S.ENDED), (S.UNDER_WAY, S.NO_SHOW), (S.ENDED, S.CLOSED),
}  # fmt: skip
"""Every move there is; one from a state to itself is a move to another time."""


class Lives(RuleBasedStateMachine):
    """Three clients book, pay, move, cancel and wait for one expert's times."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.now = NOW
        self.database = open_database(empty_sqlite(Path(self.folder.name) / "lives.db"))

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def move(self, how: Any, *args: Any, **named: Any) -> None:
        """One transaction; a refusal changes nothing and is fine."""
        try:
            async with self.database.write.begin() as db:
                await how(db, *args, **named)
        except DomainError:
            pass

    async def sessions(self) -> list[Session]:
        async with self.database.read() as db:
            return await find(db)

    def one(self, number: int) -> Session | None:
        found = self.do(self.sessions())
        return found[number % len(found)] if found else None

    @initialize()
    def open(self) -> None:
        async def offers() -> None:
            async with self.database.write.begin() as db:
                for offer, minutes in OFFERS.items():
                    await open_for_business(
                        db, id=offer, minutes=minutes, buffer_after=15 if minutes == 30 else 0,
                        needs_confirmation=offer == "asked", seats=2 if offer == "group" else 1, expert_id=ExpertId(EXPERT),
                    )  # fmt: skip

        self.do(offers())

    @rule(offer=st.sampled_from(list(OFFERS)), client=clients, start=starts, insist=st.booleans())
    def hold(self, offer: OfferId, client: PersonId, start: datetime, insist: bool) -> None:
        self.do(
            self.move(
                booking.hold, offer_id=offer, client=client, start=start, now=self.now,
                insist=insist,
            )
        )  # fmt: skip

    @rule(number=numbers)
    def pay(self, number: int) -> None:
        if session := self.one(number):
            self.do(self.move(booking.paid, session.id, self.now))

    @rule(number=numbers, client=clients)
    def release(self, number: int, client: PersonId) -> None:
        if session := self.one(number):
            self.do(self.move(booking.release, session.id, client=client, now=self.now))

    @rule(number=numbers, yes=st.booleans())
    def answer(self, number: int, yes: bool) -> None:
        if session := self.one(number):
            how = booking.approve if yes else booking.decline
            self.do(self.move(how, session.id, expert_id=session.expert_id, now=self.now))

    @rule(number=numbers, start=starts, insist=st.booleans())
    def reschedule(self, number: int, start: datetime, insist: bool) -> None:
        if session := self.one(number):
            self.do(
                self.move(
                    booking.reschedule, session.id, client=session.client_id, start=start,
                    now=self.now, insist=insist,
                )
            )  # fmt: skip

    @rule(number=numbers, by=st.sampled_from(["client", "expert", "admin"]))
    def cancel(self, number: int, by: Any) -> None:
        if session := self.one(number):
            self.do(
                self.move(booking.cancel, session.id, by=by, person=session.client_id, now=self.now)
            )

    @rule(number=numbers, side=st.sampled_from(["client", "expert"]))
    def absent(self, number: int, side: Any) -> None:
        if session := self.one(number):
            self.do(
                self.move(
                    booking.no_show, session.id, side=side, by=session.client_id,
                    expert_id=session.expert_id, now=self.now,
                )
            )  # fmt: skip

    @rule(number=numbers)
    def close(self, number: int) -> None:
        if session := self.one(number):
            self.do(self.move(booking.close, session.id, self.now))

    @rule(client=clients, offer=st.sampled_from(list(OFFERS)))
    def wait(self, client: PersonId, offer: OfferId) -> None:
        self.do(self.move(booking.join_waitlist, offer_id=offer, client=client, now=self.now))

    @rule(minutes=st.sampled_from([1, 15, 60, 600, 1440]))
    def later(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule()
    def let_time_work(self) -> None:
        for how in (
            booking.expire_holds,
            booking.expire_requests,
            booking.begin_due,
            booking.end_due,
            booking.offer_freed,
        ):
            self.do(self.move(how, self.now))

    @invariant()
    def no_overlap(self) -> None:
        async def found() -> list[str]:
            async with self.database.read() as db:
                return await checks.problems(db)

        assert self.do(found()) == []

    @invariant()
    def cells_are_those_of_live_sessions(self) -> None:
        """Each live session has all of the expert's cells, and nobody else has any."""

        async def cells() -> dict[str, set[int]]:
            async with self.database.read() as db:
                rows = await db.execute(
                    select(BookedCellRow.session_id, BookedCellRow.cell).where(
                        BookedCellRow.owner == f"expert:{EXPERT}"
                    )
                )
                taken: dict[str, set[int]] = {}
                for session, cell in rows:
                    taken.setdefault(session, set()).add(cell)
                return taken

        wanted = {
            each.group or each.id: set(range(_cell(each.busy.start), _cell(each.busy.end)))
            for each in self.do(self.sessions())
            if each.state in LIVE_STATES
        }
        assert self.do(cells()) == wanted

    @invariant()
    def each_live_session_of_a_group_has_one_seat(self) -> None:
        async def seats() -> list[tuple[str, str, int]]:
            async with self.database.read() as db:
                rows = await db.execute(
                    select(BookedCellRow.owner, BookedCellRow.session_id, BookedCellRow.cell).where(
                        BookedCellRow.owner.like("seat:%")
                    )
                )
                return [(owner, session, cell) for owner, session, cell in rows]

        found = self.do(seats())
        assert sorted((owner, session) for owner, session, _ in found) == sorted(
            (f"seat:{each.group}", each.id)
            for each in self.do(self.sessions())
            if each.group and each.state in LIVE_STATES
        )
        assert all(cell < 2 for *_, cell in found)

    @invariant()
    def only_moves_that_there_are(self) -> None:
        async def moves() -> set[tuple[SessionState | None, SessionState]]:
            async with self.database.read() as db:
                rows = await db.execute(select(SessionMoveRow.before, SessionMoveRow.after))
                return {(S(before) if before else None, S(after)) for before, after in rows}

        assert self.do(moves()) <= ALLOWED

    @invariant()
    def who_did_not_insist_is_in_one_session(self) -> None:
        live = [each for each in self.do(self.sessions()) if each.state in LIVE_STATES]
        for one in live:
            for other in live:
                if one.id >= other.id or one.client_id != other.client_id:
                    continue
                together = one.starts_at < other.ends_at and other.starts_at < one.ends_at
                assert not together or one.insisted or other.insisted

    def teardown(self) -> None:
        self.do(self.database.close())
        self.loop.close()
        self.folder.cleanup()


def _cell(instant: datetime) -> int:
    return int(instant.timestamp()) // 300


Lives.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestLives = Lives.TestCase
