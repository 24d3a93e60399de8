from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.model import Need, NeedKind, Priority
from knowledge.understanding import Understanding
from people.model import Person
from storage.engine import Database
from storage.outbox import NOTICE_PRIORITY, SESSION_PRIORITY
from storage.outbox.table import OutboxRow
from tests.booking.builders import at
from tests.workflows.builders import World
from workflows.ask_human import AskHuman
from workflows.needs import latest_need, together
from workflows.onboard import AnswerQuestionnaire, Answers
from workflows.tell_admins import TellAdmins

CAREER = Need("career", NeedKind.PERSONAL, Priority.NORMAL)


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
def understanding(tmp_path: Path) -> Understanding:
    """Without its models: needs are told from words alone."""
    return Understanding(data_dir=tmp_path, in_memory=True)


async def answer(world: World, understanding: Understanding, person: Person) -> None:
    told = Answers(topic="career", about="I feel hopeless at work", urgency="today")
    use = AnswerQuestionnaire(world.database.write, world.clock, understanding)
    await use(person, told, command=world.command())


async def told(world: World, key: str) -> list[OutboxRow]:
    async with world.database.read() as db:
        rows = await db.scalars(select(OutboxRow).where(OutboxRow.unique_key.contains(key)))
        return list(rows)


def test_what_is_said_now_is_joined_with_what_was_told() -> None:
    said = Need(None, NeedKind.INFORMATIONAL, Priority.URGENT)
    assert together(said, CAREER) == Need("career", NeedKind.PERSONAL, Priority.URGENT)
    assert together(said, None) is said


async def test_a_questionnaire_counts_for_thirty_days(
    world: World, understanding: Understanding
) -> None:
    mia = await world.join(1, "Mia")
    await answer(world, understanding, mia)
    async with world.database.read() as db:
        found = await latest_need(db, mia.id, now=world.now)
        assert found == Need("career", NeedKind.EMOTIONAL, Priority.URGENT)
        world.later(days=31)
        assert await latest_need(db, mia.id, now=world.now) is None


@pytest.mark.parametrize(
    ("text", "kind", "priority"),
    [
        ("What do you cost?", "need-informational", NOTICE_PRIORITY),
        ("I need help right now, I am desperate", "need-personal", SESSION_PRIORITY),
    ],
)
async def test_an_urgent_call_for_a_human_goes_before_every_other_news(
    world: World, understanding: Understanding, text: str, kind: str, priority: int
) -> None:
    mia = await world.join(1, "Mia")
    await world.join(9, "Root")
    tell = TellAdmins(world.clock, frozenset({9}))
    ask = AskHuman(world.database.write, world.clock, tell, understanding)
    await ask(mia, text, command=world.command())
    (row,) = await told(world, "notice-human-wanted")
    assert row.priority == priority
    assert kind in str(row.content)


async def test_an_expert_sees_what_kind_of_need_is_coming(
    world: World, understanding: Understanding
) -> None:
    await world.open()
    mia = await world.join(1, "Mia")
    await answer(world, understanding, mia)
    _, payment = await world.hold(mia, at(9, day=9))
    await world.pay(payment)
    (row,) = await told(world, "notice-expert-booked")
    assert "need-emotional" in str(row.content)
    assert "hopeless" not in str(row.content)
