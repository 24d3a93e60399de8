"""Who is shown when the best are full."""

from datetime import datetime, time

import pytest

from booking import service as booking
from kernel.ids import ExpertId, OfferId, PersonId
from matching.shortlist import Matcher
from people import service as people
from people.model import ExpertDraft
from storage.engine import Database
from tests.booking.builders import NOW, WORKDAYS, an_offer, at
from tests.workflows.builders import World
from vectors.embedders import load_embedders
from workflows.expert_facts import RefreshFacts
from workflows.find_expert import FindExperts, Search

EXPERTS = 70
FULL = [ExpertId(f"career-{number}") for number in range(EXPERTS)]
FREE = ExpertId("gardener")


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
async def find(world: World) -> FindExperts:
    """Many career coaches who take nobody, and a gardener."""
    async with world.database.write.begin() as db:
        for expert in (*FULL, FREE):
            bio = "I help with roses." if expert == FREE else "I help with careers."
            topic = ("skills",) if expert == FREE else ("job-change",)
            draft = ExpertDraft(expert, str(expert), {"en": bio}, ("en",), topic, "UTC")
            await people.save_expert(db, draft, NOW)
            await booking.save_offer(db, an_offer(id=OfferId(f"{expert}-60"), expert_id=expert))
            await booking.set_weekly(db, expert, "UTC", WORKDAYS if expert == FREE else {})
    await RefreshFacts(world.database.write)()
    matcher = Matcher(load_embedders("auto"), {"skills": "career", "job-change": "career"})
    async with world.database.read() as db:
        await matcher.refresh(db)
    return FindExperts(world.database.read, world.clock, matcher, explore=0)


async def test_others_are_of_the_same_field_or_nobody(find: FindExperts):
    search = Search(text="I want a new career", topic="job-change")
    assert not [one for one in await find(search, others=[FREE]) if one.expert.id == FREE]
    assert await find(search, others=[*FULL, FREE]) == []


async def test_hours_narrow_every_day(find: FindExperts, world: World):
    async def first(hours: tuple[int, int], before: datetime | None = None) -> datetime | None:
        start, end = (time(hour) for hour in hours)
        search = Search(text="roses", hours=(start, end), before=before)
        (card,) = await find(search, limit=1)
        return card.next_slot and card.next_slot.start

    assert await first((15, 17)) == at(15, day=2)
    assert await first((8, 10)) == at(9, day=2)
    assert await first((18, 20)) is None
    world.now = at(10, day=2)
    assert await first((8, 10)) == at(9, day=3)
    assert await first((8, 10), before=at(9, day=3)) is None


async def test_one_who_is_free_is_found_behind_many_who_are_full(find: FindExperts, world: World):
    search = Search(text="I want a new career", topic="job-change")
    assert [one.expert.id for one in await find(search)] == [FREE]
    async with world.database.write.begin() as db:
        await booking.hold(
            db,
            offer_id=OfferId(f"{FREE}-60"),
            client=PersonId("mia"),
            start=at(9, day=2),
            now=world.now,
        )
    (card,) = await find(search)
    assert card.next_slot is not None
    assert card.next_slot.start == at(10, day=2)
    nobody = await find(Search(text=search.text, after=at(18), before=at(20)))
    assert len(nobody) == 5
    assert {one.next_slot for one in nobody} == {None}
