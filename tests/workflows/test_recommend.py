"""From the recorded activity to what somebody is suggested, and out of it again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.model import CancelPolicy, Delivery, Session, SessionState
from booking.repository import sessions
from insights import histories
from kernel.errors import InputError
from kernel.ids import ExpertId, OfferId, PersonId, SessionId, new_id
from kernel.money import Money
from matching.recommend.versions import IN_USE, TOO_LITTLE
from matching.shortlist import Matcher
from people import service as people
from people.model import ExpertDraft
from storage import activity
from storage.activity import ActivityRow
from storage.engine import Database
from tests.booking.builders import open_for_business
from tests.workflows.builders import World
from vectors.embedders import Embedders, load_embedders
from workflows.expert_facts import RefreshFacts
from workflows.find_expert import FindExperts, Search
from workflows.onboard import ChangePreferences
from workflows.recommend import LearnTastes
from workflows.view_expert import NoteView

PAIRS = (("ann", "bob"), ("cat", "dan"))
CLIENTS = 26  # of each pair
FREE = Money(0, "USD")


def a_session(client: PersonId, expert: ExpertId, *, at: datetime) -> Session:
    return Session(
        id=SessionId(new_id()), offer_id=OfferId(f"{expert}-60"), expert_id=expert,
        client_id=client, starts_at=at, ends_at=at + timedelta(hours=1),
        state=SessionState.CONFIRMED, held_until=None, price=FREE, policy=CancelPolicy(),
        buffer_before=0, buffer_after=0, link=None, delivery=Delivery.VIDEO,
        needs_confirmation=False, created_at=at,
    )  # fmt: skip


@pytest.fixture(scope="module")
def embedders() -> Embedders:
    return load_embedders("auto")


class Town(World):
    """Two pairs of experts who differ in nothing but who turned to them."""

    matcher: Matcher

    async def build(self, embedders: Embedders) -> None:
        async with self.database.write.begin() as db:
            for name in (name for pair in PAIRS for name in pair):
                draft = ExpertDraft(
                    ExpertId(name), name.title(), {"en": "Coach"}, ("en",), ("skills",), "UTC"
                )
                await people.save_expert(db, draft, self.now)
                offer = OfferId(f"{name}-60")
                await open_for_business(db, id=offer, expert_id=ExpertId(name), price=FREE)
        await RefreshFacts(self.database.write)()
        self.matcher = Matcher(embedders)
        await self.refresh()

    async def refresh(self) -> None:
        async with self.database.read() as db:
            await self.matcher.refresh(db)

    async def live(self) -> None:
        """Each client looks at both experts of a pair and books them."""
        async with self.database.write.begin() as db:
            for number in range(2 * CLIENTS):
                self.later(minutes=5)
                client = await people.join(
                    db, telegram_id=1000 + number, first_name="Client", username=None,
                    language="en", now=self.now,
                )  # fmt: skip
                for expert in PAIRS[number % 2]:
                    await activity.record(db, client.id, "viewed", at=self.now, about=expert)
                    session = a_session(client.id, ExpertId(expert), at=self.now)
                    await sessions.add(db, session, by=client.id, now=self.now)
                    await activity.record(db, client.id, "held", at=self.now, about=session.id)

    async def look(self, person_id: PersonId, expert: str) -> None:
        async with self.database.read() as db:
            person = await people.get(db, person_id)
        note = NoteView(self.database.write, self.clock)
        await note(person, ExpertId(expert), command=self.command())

    @property
    def learn(self) -> LearnTastes:
        return LearnTastes(self.database, self.clock, self.matcher)

    async def rows_of(self, person: PersonId) -> set[str]:
        async with self.database.read() as db:
            ids = await db.scalars(select(ActivityRow.id).where(ActivityRow.person_id == person))
            return set(ids)


@pytest.fixture
async def town(database: Database, embedders: Embedders) -> Town:
    found = Town(database)
    await found.build(embedders)
    return found


async def test_too_little_history_is_said_and_changes_nothing(town: Town):
    assert await town.learn.due()
    assert (await town.learn()).verdict == TOO_LITTLE
    assert not await town.learn.due()
    town.later(days=1)
    assert await town.learn.due()
    with pytest.raises(InputError, match="a replay needs at least"):
        await town.learn.replay()


async def test_a_product_without_experts_has_too_little_to_learn_from(
    database: Database, embedders: Embedders
):
    learn = LearnTastes(database, World(database).clock, Matcher(embedders))
    assert (await learn()).verdict == TOO_LITTLE


async def test_who_looked_at_one_is_shown_whom_others_turned_to_as_well(town: Town):
    await town.live()
    mia = await town.join(1, "Mia")
    await town.look(mia.id, "cat")
    assert (await town.learn()).verdict == IN_USE
    await town.refresh()
    find = FindExperts(town.database.read, town.clock, town.matcher, explore=0)
    cards = {one.expert.id: one for one in await find(Search(), person=mia)}
    dan, bob = cards[ExpertId("dan")], cards[ExpertId("bob")]
    assert dan.score > bob.score
    (because,) = [one for one in dan.reasons if one.key == "reason-because-viewed"]
    assert because.values == {"expert": "Cat"}
    assert because.row in await town.rows_of(mia.id)
    strangers = {one.score for one in await find(Search())}
    assert len(strangers) == 1

    figures = await town.learn.replay()
    assert figures["interactions"] == 4 * 2 * CLIENTS + 1
    assert set(figures["with_history"]) >= {"popularity", "content", "hybrid"}


async def test_who_turns_profiling_off_is_not_learnt_from(town: Town):
    await town.live()
    everybody = [ExpertId(name) for pair in PAIRS for name in pair]
    async with town.database.read() as db:
        before = await histories.read(db, everybody)
    leaver = next(iter(before.people))
    await ChangePreferences(town.database.write, town.clock).profiling(leaver, wanted=False)
    async with town.database.read() as db:
        after = await histories.read(db, everybody)
        assert not (await histories.past_of(db, leaver)).deeds
    assert before.people.keys() - after.people.keys() == {leaver}
