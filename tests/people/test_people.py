"""Persons, experts and reviews, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId, SessionId
from kernel.money import Money
from people import service as people
from people.errors import (
    AlreadyReviewed,
    BadTag,
    RatingOutOfRange,
    UnknownExpert,
    UnknownPerson,
    UnknownSegment,
    UnknownTimeZone,
)
from people.model import (
    ExpertDraft,
    ExpertNote,
    Intake,
    Person,
    Rating,
    Review,
    Segment,
    Segments,
    check_tags,
)
from people.tables import PersonRow
from storage import activity
from storage.engine import Database
from tests.clock import DAY

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DRAFT = ExpertDraft(
    id=ExpertId("ana"),
    name="Ana",
    bio={"en": "A coach", "zh": "教练"},
    languages=("en", "zh"),
    topics=("job-change",),
    time_zone="Europe/Berlin",
    telegram_id=500,
)


async def join(database: Database, telegram_id: int = 1, name: str = "Mira 🌿") -> Person:
    async with database.write.begin() as db:
        return await people.join(
            db, telegram_id=telegram_id, first_name=name, username="mira", language="en", now=NOW
        )


def a_review(client: PersonId, session: str = "s1", **changes: Any) -> Review:
    values: dict[str, Any] = {
        "id": f"review-{session}",
        "session_id": SessionId(session),
        "expert_id": DRAFT.id,
        "client_id": client,
        "expected": 7,
        "received": 9,
        "would_return": True,
        "comment": "It helped",
        "published": True,
        "at": NOW,
    }
    return Review(**(values | changes))


async def test_joining_twice_is_joining_once(database: Database) -> None:
    first = await join(database)
    assert await join(database, name="Someone else") == first
    async with database.read() as db:
        assert await people.by_telegram(db, 1) == first
        assert await people.by_telegram(db, 2) is None
        assert await people.many(db, [first.id, PersonId("x")]) == {first.id: first}
        assert await people.by_telegram_ids(db, [1, 2]) == [first.id]
        with pytest.raises(UnknownPerson):
            await people.get(db, PersonId("x"))


async def test_names_and_answers_are_unreadable_in_the_database(database: Database) -> None:
    person = await join(database)
    async with database.write.begin() as db:
        await people.save_intake(db, an_intake(person.id))
        rows = [
            *(await db.execute(text("SELECT first_name, username FROM persons"))).one(),
            *(await db.execute(text("SELECT about, tried FROM intakes"))).one(),
        ]
    for stored in rows:
        assert isinstance(stored, bytes)
        assert stored.startswith(b"gAAAA")


async def test_settings_are_changed(database: Database) -> None:
    person = await join(database)
    async with database.write.begin() as db:
        await people.set_language(db, person.id, "zh")
        await people.stop_profiling(db, person.id)
        changed = await people.set_time_zone(db, person.id, "Asia/Shanghai")
        assert (changed.language, changed.time_zone) == ("zh", "Asia/Shanghai")
        assert not changed.profiling
        assert (await people.allow_profiling(db, person.id)).profiling
        with pytest.raises(UnknownTimeZone):
            await people.set_time_zone(db, person.id, "Mars/Olympus")
        with pytest.raises(UnknownPerson):
            await people.set_language(db, PersonId("x"), "zh")


def an_intake(person: PersonId, topic: str = "skills", days: int = 0) -> Intake:
    return Intake(
        person_id=person,
        topic=topic,
        about="I want to change jobs",
        urgency="soon",
        tried="Books",
        budget=Money(80_00, "USD"),
        kind="personal",
        priority=2,
        answered_at=NOW + timedelta(days=days),
    )


async def tag(db: AsyncSession, person: PersonId, tags: list[str]) -> None:
    await db.execute(update(PersonRow).where(PersonRow.id == person).values(tags=tags))


async def _audience(db: AsyncSession, segments: str) -> list[PersonId]:
    parsed = Segments.parse(segments)
    page = await people.audience_page(db, parsed, now=NOW, after="", limit=100)
    assert len(page) == await people.audience_size(db, parsed, now=NOW)
    return [person for person, _ in page]


async def test_a_broadcast_reaches_who_may_be_written_to(database: Database) -> None:
    english, chinese, quiet, gone, blocked = [
        (await join(database, telegram_id)).id for telegram_id in (1, 2, 3, 4, 5)
    ]
    expert = (await join(database, 500)).id
    async with database.write.begin() as db:
        await people.set_language(db, chinese, "zh")
        await people.stop_marketing(db, quiet)
        await people.erase(db, gone, NOW)
        await people.set_blocked(db, blocked, NOW)
        await people.save_intake(db, an_intake(english))
        await people.save_intake(db, an_intake(quiet))
        await people.save_expert(db, DRAFT, NOW)
        assert await _audience(db, "all") == [english, chinese, expert]
        assert await _audience(db, "lang:zh") == [chinese]
        assert await _audience(db, "experts") == [expert]
        assert await _audience(db, "topic:skills,job-change") == [english]
        assert await _audience(db, "topic:tutoring") == []
        assert await _audience(db, "lang:en+topic:skills") == [english]
        await activity.record(db, chinese, "paid", at=NOW - 40 * DAY)
        await activity.record(db, english, "asked", at=NOW)
        assert await _audience(db, "booked:yes") == [chinese]
        assert await _audience(db, "booked:no") == [english, expert]
        assert await _audience(db, "active:30") == [english]
        assert await _audience(db, "quiet:30") == [chinese, expert]
        await tag(db, english, ["vip", "贵宾"])
        await tag(db, chinese, ["vip2"])
        assert await _audience(db, "tag:vip") == await _audience(db, "tag:贵宾") == [english]
        assert await people.tags(db) == ["vip", "vip2", "贵宾"]
        await people.allow_marketing(db, quiet)
        assert quiet in await _audience(db, "all")


def test_tags_are_kept_each_once_in_small_letters():
    assert check_tags([" VIP", "press", "vip"]) == ["press", "vip"]


@pytest.mark.parametrize("wrong", [" ", "a+b", "a:b", "a,b", "x" * 31])
def test_what_cannot_stand_in_an_audience_is_no_tag(wrong: str):
    with pytest.raises(BadTag):
        check_tags([wrong])


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "everyone",
        "lang:",
        "lang",
        "all:x",
        "topic",
        "active:0",
        "active:x",
        "booked:maybe",
        "tag:",
    ],
)
def test_a_segment_that_does_not_exist_is_refused(wrong: str) -> None:
    with pytest.raises(UnknownSegment):
        Segment.parse(wrong)


def test_a_segment_is_written_as_it_is_read() -> None:
    for written in ("all", "experts", "lang:zh", "topic:skills", "quiet:30"):
        assert str(Segment.parse(written)) == written


async def test_an_expert_is_saved_once_and_tied_to_their_account(database: Database) -> None:
    async with database.write.begin() as db:
        assert await people.save_expert(db, DRAFT, NOW) == "added"
        assert await people.save_expert(db, DRAFT, NOW) == "unchanged"
    person = await join(database, 500)
    assert person.roles == {"expert"}
    async with database.write.begin() as db:
        assert await people.save_expert(db, DRAFT, NOW) == "unchanged"
        expert = await people.expert(db, DRAFT.id)
        assert expert.person_id == person.id
        assert expert == await people.expert_by_telegram(db, 500)
        assert (expert.bio_in("zh"), expert.bio_in("fr")) == ("教练", "A coach")
        assert await people.experts(db) == [expert]
        assert await people.experts(db, []) == []
        with pytest.raises(UnknownExpert):
            await people.expert(db, ExpertId("x"))


async def test_a_session_is_reviewed_once(database: Database) -> None:
    person = await join(database)
    async with database.write.begin() as db:
        await people.save_expert(db, DRAFT, NOW)
        await people.add_review(db, a_review(person.id))
        with pytest.raises(AlreadyReviewed):
            await people.add_review(db, a_review(person.id, id="another"))
        newer = a_review(person.id, "s2", received=6, at=NOW + timedelta(days=1))
        await people.add_review(db, newer)
        await people.add_review(db, a_review(person.id, "s3", received=1, published=False))
        shown = await people.reviews(db, DRAFT.id, limit=5)
        ratings = await people.ratings(db, [DRAFT.id, ExpertId("x")])
    assert shown == [newer, a_review(person.id)]
    assert ratings == {DRAFT.id: Rating(mean=3.75, count=2)}


@pytest.mark.parametrize("change", [{"expected": 0}, {"received": 11}])
def test_a_rating_is_from_one_to_ten(change: dict[str, Any]) -> None:
    with pytest.raises(RatingOutOfRange):
        a_review(PersonId("p"), **change)


async def test_everything_about_a_person_is_exported(database: Database) -> None:
    person = await join(database)
    async with database.write.begin() as db:
        await people.save_expert(db, DRAFT, NOW)
        await people.save_intake(db, an_intake(person.id))
        await people.add_review(db, a_review(person.id))
        note = ExpertNote(SessionId("s1"), DRAFT.id, person.id, "draft", None, NOW)
        await people.save_note(db, note)
        await people.save_note(
            db, ExpertNote(SessionId("s1"), DRAFT.id, person.id, "Well prepared", 9, NOW)
        )
        exported = await people.export(db, person.id)
    assert json.loads(json.dumps(exported)) == exported
    assert exported["person"]["first_name"] == "Mira 🌿"
    assert exported["person"]["consented_at"] == "2026-03-02T08:00:00Z"
    assert exported["intakes"][0]["about"] == "I want to change jobs"
    assert exported["reviews"][0]["comment"] == "It helped"
    assert [each["note"] for each in exported["notes"]] == ["Well prepared"]


async def test_erasing_leaves_nothing_that_says_who_it_was(database: Database) -> None:
    person = await join(database, 500, name="Erika")
    async with database.write.begin() as db:
        await people.save_expert(db, DRAFT, NOW)
        await people.save_intake(db, an_intake(person.id))
        await people.add_review(db, a_review(person.id))
        await people.save_note(
            db, ExpertNote(SessionId("s1"), DRAFT.id, person.id, "Erika was late", 3, NOW)
        )
        await people.erase(db, person.id, NOW)
        exported = await people.export(db, person.id)
        expert = await people.expert(db, DRAFT.id)
        (review,) = await people.reviews(db, DRAFT.id)
        assert await people.by_telegram(db, 500) is None
    assert exported["person"]["first_name"] == ""
    assert exported["intakes"] == []
    assert [each["note"] for each in exported["notes"]] == [None]
    assert review.comment is None
    assert (expert.name, expert.bio, expert.taking_clients) == ("—", {}, False)
    again = await join(database, 500)
    assert again.id != person.id
