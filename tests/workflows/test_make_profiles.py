"""Profiles from the database: made, shown to their person, used by broadcasts, and dropped."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from booking.repository import sessions
from insights import events, profiles
from insights.report import Discount, report
from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from people import service as people
from people.model import ExpertDraft, Person, Review, Segments
from storage import activity
from storage.engine import Database
from tests.booking.builders import open_for_business
from tests.workflows.builders import World
from tests.workflows.test_recommend import FREE, a_session
from workflows.make_profiles import MakeProfiles
from workflows.onboard import ChangePreferences
from workflows.privacy import ExportMyData

FIELDS = {"skills": "career", "psychology": "health"}
EXPERTS = {"ann": "skills", "zoe": "psychology"}
EACH = 14


class Crowd(World):
    """Frequent, quiet and new people; `ann` teaches skills, `zoe` is a therapist."""

    async def build(self) -> None:
        start = self.now
        self.now -= timedelta(days=200)
        async with self.database.write.begin() as db:
            for name, topic in EXPERTS.items():
                draft = ExpertDraft(ExpertId(name), name, {}, ("en",), (topic,), "UTC")
                await people.save_expert(db, draft, self.now)
                await open_for_business(
                    db, id=OfferId(f"{name}-60"), expert_id=ExpertId(name), price=FREE
                )
            for place in range(2 * EACH):
                person = await self.person(db, 1000 + place)
                for days in range(110, 200, 30) if place < EACH else ():
                    await self.books(db, person, "ann", at=self.now + timedelta(days=days))
            self.now = start - timedelta(days=5)
            for place in range(EACH):
                await self.person(db, 2000 + place)
        self.now = start

    async def person(self, db: AsyncSession, telegram_id: int) -> PersonId:
        found = await people.join(
            db, telegram_id=telegram_id, first_name="P", username=None, language="en", now=self.now
        )
        await activity.record(db, found.id, "joined", at=self.now)
        return found.id

    async def books(
        self, db: AsyncSession, person: PersonId, expert: str, *, at: datetime
    ) -> SessionId:
        session = a_session(person, ExpertId(expert), at=at)
        await sessions.add(db, session, by=person, now=at)
        await activity.record(db, person, "held", at=at, about=session.id)
        return session.id

    async def mia(self) -> Person:
        """One of the frequent ones."""
        async with self.database.read() as db:
            found = await people.by_telegram(db, 1000)
        assert found is not None
        return found

    async def make(self) -> None:
        making = MakeProfiles(self.database, self.clock, FIELDS)
        assert await making.due()
        await making()
        assert not await making.due()

    async def size(self, audience: str) -> int:
        async with self.database.read() as db:
            return await people.audience_size(db, Segments.parse(audience), now=self.now)

    async def events(self) -> events.Events:
        async with self.database.read() as db:
            return await events.read(db, fields=FIELDS, now=self.now)


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    found = Crowd(database)
    await found.build()
    return found


async def test_segments_are_audiences_and_a_person_sees_their_own(crowd: Crowd):
    await crowd.make()
    sizes = {name: await crowd.size(f"segment:{name}") for name in ("frequent", "quiet", "new")}
    assert sizes == {"frequent": EACH, "quiet": EACH, "new": EACH}
    mia = await crowd.mia()
    own = json.loads(await ExportMyData(crowd.database.read)(mia))["profile"]
    assert own["segment"] == "frequent"
    assert own["features"]["bookings_365"] == 3
    async with crowd.database.write.begin() as db:
        (session, *_) = await sessions.find(db)
        review = Review(
            "r", session.id, ExpertId("ann"), mia.id, expected=6, received=9, would_return=True,
            comment=None, published=True, at=crowd.now,
        )  # fmt: skip
        await people.add_review(db, review)
        found = await report(db, now=crowd.now, discount=Discount(0.1, 12))
    retention = found["retention"]
    assert (retention["R"], retention["L"], retention["N"]) == (1.0, EACH, EACH)
    assert retention["forecast"] == 1.0
    assert found["churn"] == {"rate": 0.0, "left": 0, "of": EACH}
    assert found["satisfaction"] == {"S": 0.2, "Q": 9.0, "D": 6.0, "surveys": 1}
    assert found["segments"]["counts"] == {**sizes, "potential": 0}


async def test_turning_profiling_off_drops_everything_learnt_at_once(crowd: Crowd):
    await crowd.make()
    mia = await crowd.mia()
    change = ChangePreferences(crowd.database.write, crowd.clock)
    mia = await change.profiling(mia.id, wanted=False)
    assert json.loads(await ExportMyData(crowd.database.read)(mia))["profile"] is None
    assert await crowd.size("segment:frequent") == EACH - 1
    assert mia.id not in (await crowd.events()).people
    crowd.later(days=1)
    await crowd.make()
    async with crowd.database.read() as db:
        assert await profiles.export(db, mia.id) is None
    assert await crowd.size("segment:frequent") == EACH - 1
    assert await crowd.size("all") == 3 * EACH


async def test_what_concerns_health_is_in_no_profile_and_repeats_count_once(crowd: Crowd):
    before = (await crowd.events()).columns()
    mia = await crowd.mia()
    async with crowd.database.write.begin() as db:
        await crowd.books(db, mia.id, "zoe", at=crowd.now)
        for verb, about in (("viewed", "zoe"), ("rated", "zoe"),
                            ("answered_questionnaire", "psychology"),
                            ("answered_questionnaire", "health")):  # fmt: skip
            await activity.record(db, mia.id, verb, at=crowd.now, about=about)
    after = (await crowd.events()).columns()
    assert {name: list(values) for name, values in after.items()} == {
        name: list(values) for name, values in before.items()
    }
    async with crowd.database.write.begin() as db:
        for seconds in (0, 20, 200):
            when = crowd.now + timedelta(seconds=seconds)
            await activity.record(db, mia.id, "viewed", at=when, about="ann")
    assert len((await crowd.events()).at) == len(before["at"]) + 2
