"""Exactly the reminders that a session's final state asks for, and what comes after it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.errors import StateMoved, UnknownSession
from booking.model import Delivery
from kernel.ids import PersonId, SessionId
from people import service as people
from people.model import Person
from scheduler.local_time import reminder_due
from storage import outbox
from storage.engine import Database
from storage.outbox import OutboxRow, Retry
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import World
from texts.translator import Translator
from workflows.cancel_session import CancelSession, MoveSession
from workflows.follow_up import AnswerSurvey, SurveyAnswers, WriteReview
from workflows.remind import ChangeReminders, SayComing
from workflows.run_session import BeginSessions, EndSessions
from workflows.tell_admins import TellAdmins

MONDAY_NINE = at(9, day=9)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


@pytest.mark.parametrize(
    ("minutes", "starts", "due"),
    [
        # in Shanghai it is eight hours later than here
        (1440, "2026-03-09T04:00", "2026-03-08T04:00"),
        (1440, "2026-03-08T22:00", "2026-03-08T00:00"),
        (360, "2026-03-08T23:00", "2026-03-08T14:00"),
        (60, "2026-03-08T22:00", "2026-03-08T21:00"),
    ],
)
def test_a_reminder_does_not_wake_its_reader(minutes: int, starts: str, due: str):
    found = reminder_due(
        datetime.fromisoformat(f"{starts}+00:00"),
        before=timedelta(minutes=minutes),
        zone="Asia/Shanghai",
    )
    assert found == datetime.fromisoformat(f"{due}+00:00")


async def test_who_says_they_come_is_told_of_to_the_other_side_once(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    session, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    say = SayComing(world.database.write, world.clock)
    for _ in range(2):
        await say(SessionId(session), mia.id, command=world.command())
    assert (await world.planned()).count("notice-coming-client") == 1
    with pytest.raises(UnknownSession):
        await say(SessionId(session), ben.id, command=world.command())


async def test_who_says_so_when_it_is_over_is_told_that_it_is(world: World):
    mia = await world.join(1, "Mia")
    session = await _live(world, mia, MONDAY_NINE)
    with pytest.raises(StateMoved) as refused:
        await SayComing(world.database.write, world.clock)(session, mia.id, command=world.command())
    assert Translator().plain(refused.value.key, **refused.value.values) == "This session is over."


async def _live(world: World, client: Person, start: datetime) -> SessionId:
    """A session that was paid for and is over."""
    session, payment = await world.hold(client, start)
    await world.pay(payment)
    world.now = start
    await BeginSessions(world.database.write, world.clock)()
    world.later(hours=1)
    await EndSessions(world.database.write, world.clock)()
    return SessionId(session)


async def _held(world: World) -> tuple[Person, SessionId]:
    """Mia, and her session that is over."""
    mia = await world.join(1, "Mia")
    return mia, await _live(world, mia, MONDAY_NINE)


def _answer(world: World) -> AnswerSurvey:
    return AnswerSurvey(world.database.write, world.clock, TellAdmins(world.clock, frozenset()))


async def _held_and_rated(world: World, *, would_return: bool) -> None:
    mia, session = await _held(world)
    assert "notice-survey-nudge" in await world.planned()
    answers = SurveyAnswers(expected=7, received=9, would_return=would_return)
    await _answer(world)(mia, session, answers, command=world.command())


@pytest.mark.parametrize("would_return", [True, False])
async def test_only_who_would_come_back_is_asked_to_after_three_weeks(
    world: World, would_return: bool
):
    await _held_and_rated(world, would_return=would_return)
    planned = await world.planned()
    assert "notice-survey-nudge" not in planned
    assert planned.count("notice-rebook") == would_return


@pytest.mark.parametrize(
    ("received", "would_return", "comment", "asked"),
    [(9, True, None, 1), (9, True, "Lovely", 0), (7, True, None, 0), (9, False, None, 0)],
)
async def test_the_satisfied_who_wrote_nothing_are_asked_for_words(
    world: World, received: int, would_return: bool, comment: str | None, asked: int
):
    mia, session = await _held(world)
    answers = SurveyAnswers(7, received, would_return, comment)
    await _answer(world)(mia, session, answers, command=world.command())
    assert (await world.planned()).count("notice-review-wanted") == asked
    write = WriteReview(world.database.write, world.clock)
    if comment:
        with pytest.raises(UnknownSession):
            await write(mia, session, "Very lovely", command=world.command())
        return
    await write(mia, session, "Very lovely", command=world.command())
    async with world.database.read() as db:
        assert [one.comment for one in await people.reviews(db, EXPERT)] == ["Very lovely"]


async def test_the_admins_hear_of_the_unhappy(world: World):
    mia, session = await _held(world)
    tell = TellAdmins(world.clock, frozenset({77}))
    answer = AnswerSurvey(world.database.write, world.clock, tell)
    await answer(mia, session, SurveyAnswers(9, 2, would_return=False), command=world.command())
    assert "notice-unhappy" in await world.planned()


async def test_the_suggestion_comes_after_the_experts_usual_interval(world: World):
    ben = await world.join(2, "Ben")
    for days in (0, 8, 16):
        await _live(world, ben, MONDAY_NINE + timedelta(days=days))
    mia = await world.join(1, "Mia")
    held = await _live(world, mia, MONDAY_NINE + timedelta(days=17))
    await _answer(world)(mia, held, SurveyAnswers(7, 7, would_return=True), command="a")
    async with world.database.read() as db:
        (due,) = await db.scalars(
            select(OutboxRow.due_at).where(OutboxRow.unique_key.contains("notice-rebook"))
        )
    assert due == world.now + timedelta(days=8)


async def test_reminders_follow_their_readers_plan_and_quiet_hours(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    change = ChangeReminders(world.database.write, world.clock)

    async def dues(who: PersonId) -> list[timedelta]:
        async with world.database.read() as db:
            rows = await db.scalars(
                select(OutboxRow.due_at).where(
                    OutboxRow.unique_key.contains("notice-reminder"), OutboxRow.recipient == who
                )
            )
            return sorted(MONDAY_NINE - due for due in rows)

    ana = (await world.join(77, "Ana")).id
    usual = [timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)]
    assert await dues(mia.id) == await dues(ana) == usual
    await change.plan(mia.id, [60, 180])
    assert await dues(mia.id) == [timedelta(hours=1), timedelta(hours=3)]
    await change.plan(mia.id, [1440])
    # a day before the session it is nine in the morning
    await change.quiet(mia.id, "08:00-10:00")
    assert await dues(mia.id) == [timedelta(hours=23)]
    await change.quiet(ana, "08:00-10:00")
    assert await dues(ana) == [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=23)]
    await change.plan(mia.id, [])
    assert await dues(mia.id) == []


async def test_who_has_booked_again_is_not_asked_to(world: World):
    await _held_and_rated(world, would_return=True)
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE + timedelta(days=1))
    await world.pay(payment)
    assert "notice-rebook" not in await world.planned()
    async with world.database.read() as db:
        keys = await db.scalars(select(OutboxRow.unique_key).where(OutboxRow.state == "void"))
        assert any("notice-rebook" in key for key in keys)


async def test_the_expert_of_a_group_is_reminded_once_until_the_last_seat_is_given_up(
    database: Database,
):
    world = World(database)
    await world.open(seats=3, delivery=Delivery.VIDEO)
    seats = []
    for number, name in enumerate(("Mia", "Ben", "Zoe"), 1):
        client = await world.join(number, name)
        session, payment = await world.hold(client, MONDAY_NINE)
        await world.pay(payment)
        seats.append((client, SessionId(session)))

    async def heard() -> list[int]:
        """How many reminders and beginnings the expert and the clients will hear."""
        keys = await world.planned()
        return [
            keys.count(f"notice-{key}")
            for key in ("reminder-group", "start-group", "reminder-client", "start-video")
        ]

    assert await heard() == [3, 1, 9, 3]
    async with database.read() as db:
        ana = await people.by_telegram(db, 77)
    assert ana is not None
    await ChangeReminders(database.write, world.clock).plan(ana.id, [60])
    assert await heard() == [1, 1, 9, 3]
    (mia, hers), (ben, his), (zoe, last) = seats
    cancel = CancelSession(database.write, world.clock)
    await cancel(hers, by="client", person=mia.id, command=world.command())
    await MoveSession(database.write, world.clock)(
        his, client=ben.id, start=at(14, day=9), command=world.command()
    )
    assert await heard() == [2, 2, 6, 2]
    await cancel(last, by="client", person=zoe.id, command=world.command())
    assert await heard() == [1, 1, 3, 1]
    _, payment = await world.hold(zoe, MONDAY_NINE)
    await world.pay(payment)
    assert await heard() == [2, 2, 6, 2]


async def test_what_the_expert_of_a_group_is_told_survives_who_leaves_while_it_is_sent(
    database: Database,
):
    world = World(database)
    await world.open(seats=2)
    seats = []
    for number, name in enumerate(("Mia", "Ben")):
        client = await world.join(number, name)
        session, payment = await world.hold(client, MONDAY_NINE)
        await world.pay(payment)
        seats.append((client, session))
    async with database.write.begin() as db:
        sending = await outbox.claim(db, now=MONDAY_NINE, real_now=world.now, limit=99)
    mia, hers = seats[0]
    await CancelSession(database.write, world.clock)(
        hers, by="client", person=mia.id, command="cancel"
    )
    async with database.write.begin() as db:
        await outbox.put_back(db, [Retry(one, world.now, "429") for one in sending])
    said = await world.planned()
    assert [said.count(f"notice-{one}") for one in ("reminder-group", "start-group")] == [3, 1]
