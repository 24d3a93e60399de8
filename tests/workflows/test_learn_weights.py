"""From lists that people opened and what they booked of them to the weights in use, and back."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bench.choices import PRICE_FIRST, make_choices
from booking import service as booking
from booking.repository import sessions
from insights import choices
from kernel.ids import ExpertId, OfferId
from matching import shown
from matching.learning import Choice
from matching.model import Listed
from matching.rank import WEIGHTS
from matching.recommend.versions import IN_USE, TOO_LITTLE, WORSE
from matching.shortlist import Matcher
from people import service as people
from people.model import ExpertDraft, Person
from storage import activity
from storage.engine import Database
from tests.booking.builders import an_offer
from tests.workflows.builders import World
from tests.workflows.test_recommend import a_session
from vectors.embedders import load_embedders
from workflows.learn_weights import LearnWeights
from workflows.onboard import ChangePreferences
from workflows.privacy import EraseMe, ExportMyData
from workflows.view_expert import NoteView

EXPERTS = [ExpertId(f"expert-{place}") for place in range(5)]
OF_ONE = 5


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    async with database.write.begin() as db:
        for one in EXPERTS:
            draft = ExpertDraft(one, str(one), {"en": "Coach"}, ("en",), ("skills",), "UTC")
            await people.save_expert(db, draft, found.now)
            await booking.save_offer(db, an_offer(id=OfferId(f"{one}-60"), expert_id=one))
    return found


async def book(world: World, made: Sequence[Choice]) -> list[Person]:
    """Each is shown to somebody who opens a list and books of it; a person does so five times."""
    somebody: list[Person] = []
    async with world.database.write.begin() as db:
        for number, one in enumerate(made):
            if number % OF_ONE == 0:
                client = await people.join(
                    db, telegram_id=1000 + int(world.now.timestamp()) + number, first_name="Client",
                    username=None, language="en", now=world.now,
                )  # fmt: skip
                somebody.append(client)
            world.later(minutes=5)
            listed = [Listed(*each) for each in zip(EXPERTS, one.shown, strict=True)]
            await shown.note(db, somebody[-1].id, listed, now=world.now)
            session = a_session(somebody[-1].id, EXPERTS[one.booked], at=world.now)
            await sessions.add(db, session, by=somebody[-1].id, now=world.now)
            await activity.record(db, somebody[-1].id, "held", at=world.now, about=session.id)
    return somebody


async def weights(world: World) -> dict[str, float]:
    matcher = Matcher(load_embedders("auto"))
    async with world.database.read() as db:
        await matcher.refresh(db)
    return dict(matcher.weights)


async def test_learnt_weights_are_in_use_while_they_are_better_than_the_fixed(world: World):
    learn = LearnWeights(world.database, world.clock)
    assert (await learn()).verdict == TOO_LITTLE
    assert not await learn.due()
    assert await weights(world) == WEIGHTS
    clients = await book(world, make_choices(500, PRICE_FIRST, sharpness=40))
    world.later(days=1)
    assert await learn.due()
    night = await learn()
    assert night.verdict == IN_USE
    assert await weights(world) == night.card["weights"]
    assert night.card["weights"]["price"] > 2 * WEIGHTS["price"]

    # most of them do not want to be learnt from any more
    change = ChangePreferences(world.database.write, world.clock)
    for client in clients[10:]:
        await change.profiling(client.id, wanted=False)
    assert (await learn()).verdict == TOO_LITTLE
    assert await weights(world) == WEIGHTS


async def test_bookings_that_say_nothing_leave_the_fixed_weights(world: World):
    await book(world, make_choices(300, None))
    learn = LearnWeights(world.database, world.clock)
    assert (await learn()).verdict == WORSE
    assert await weights(world) == WEIGHTS


async def test_a_booking_belongs_to_the_last_list_that_had_the_expert(world: World):
    (row,) = make_choices(1, None)
    (client,) = await book(world, [row])
    async with world.database.read() as db:
        (choice,) = await choices.read(db, now=world.now)
    assert choice.booked == row.booked
    assert choice.shown[0] == pytest.approx(row.shown[0], abs=1e-4)
    # a week later nobody knows any more what it came from
    world.later(days=8)
    async with world.database.write.begin() as db:
        session = a_session(client.id, EXPERTS[0], at=world.now)
        await sessions.add(db, session, by=client.id, now=world.now)
        await activity.record(db, client.id, "held", at=world.now, about=session.id)
    async with world.database.read() as db:
        assert len(await choices.read(db, now=world.now)) == 1
        assert await choices.read(db, now=world.now + timedelta(days=366)) == []


async def test_a_list_is_kept_of_who_agrees_alone_and_theirs_to_take_along(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    change = ChangePreferences(world.database.write, world.clock)
    ben = await change.profiling(ben.id, wanted=False)
    note = NoteView(world.database.write, world.clock)
    for one in (mia, ben):
        among = [Listed(EXPERTS[0], dict(WEIGHTS))]
        await note(one, EXPERTS[0], command=world.command(), among=among)

    async def kept(person: Person) -> list[object]:
        found = json.loads(await ExportMyData(world.database.read)(person))["shown"]
        return [one["experts"] for one in found]

    assert (await kept(mia), await kept(ben)) == ([[[EXPERTS[0], WEIGHTS]]], [])
    await EraseMe(world.database.write, world.clock)(mia)
    assert await kept(mia) == []
