from dataclasses import replace
from datetime import timedelta

import pytest

from hourwise.seed.content import demo_entries
from knowledge import service
from knowledge.errors import EntryInvalid, EntryMissing
from knowledge.model import Entry, Topic
from knowledge.topics import shipped_topics
from storage.engine import Database
from tests.knowledge.conftest import WEDNESDAY as NOW


async def test_importing_twice_is_once(database: Database) -> None:
    entries = demo_entries()[:4]
    changed = [replace(entries[0], answer="Another."), *entries[1:]]
    async with database.write.begin() as db:
        first = await service.import_entries(db, entries, now=NOW)
        second = await service.import_entries(db, entries, now=NOW)
        third = await service.import_entries(db, changed, now=NOW + timedelta(days=1))
        stored = await service.entries(db)
    assert first == service.Imported(added=4)
    assert second == service.Imported(unchanged=4)
    assert third == service.Imported(changed=1, unchanged=3)
    assert {one.id: one for one in stored} == {one.id: one for one in changed}


async def test_an_entry_is_saved_changed_and_removed(database: Database) -> None:
    async with database.write.begin() as db:
        entry = await service.save_entry(db, Entry("", " How? ", "So.", "en"), now=NOW)
        assert (await service.entry(db, entry.id)).question == "How?"
        await service.remove_entry(db, entry.id)
        with pytest.raises(EntryMissing):
            await service.entry(db, entry.id)
        with pytest.raises(EntryMissing):
            await service.remove_entry(db, entry.id)


@pytest.mark.parametrize("question", ["", "   ", "x" * 501])
async def test_an_entry_needs_a_question(database: Database, question: str) -> None:
    async with database.write.begin() as db:
        with pytest.raises(EntryInvalid):
            await service.save_entry(db, Entry("a", question, "So.", "en"), now=NOW)


async def test_equal_wordings_are_counted_together(database: Database) -> None:
    async with database.write.begin() as db:
        for text in ("Do you sell shoes?", "do you sell shoes", "Any hats?"):
            await service.note_unanswered(db, text, language="en", now=NOW)
        found = await service.unanswered(db)
        assert [(one.text, one.count) for one in found] == [
            ("Do you sell shoes?", 2),
            ("Any hats?", 1),
        ]
        await service.close_unanswered(db, found[0].id)
        assert [one.text for one in await service.unanswered(db)] == ["Any hats?"]


async def test_feedback_counts_once_a_command(database: Database) -> None:
    async with database.write.begin() as db:
        for _ in range(2):
            await service.note_feedback(
                db, feedback_id="f1", article="a", text="how?", right=False, now=NOW
            )


async def test_topics_are_the_shipped_ones_until_stored(database: Database) -> None:
    shipped = shipped_topics()
    async with database.write.begin() as db:
        assert await service.topics(db) == shipped
        await service.save_topics(db, shipped)
        assert tuple(await service.topics(db)) == shipped


async def test_a_new_taxonomy_takes_the_place_of_the_one_before(database: Database) -> None:
    own = [
        Topic("law", None, {"en": "Law", "zh": "法律"}),
        Topic("rent", "law", {"en": "Rent", "zh": "租房"}),
    ]
    async with database.write.begin() as db:
        await service.save_topics(db, shipped_topics())
        await service.save_topics(db, own)
        assert list(await service.topics(db)) == own


async def test_a_group_holds_what_is_still_open(database: Database) -> None:
    async with database.write.begin() as db:
        for text in ("Any hats?", "Any hats?", "Any shoes?"):
            await service.note_unanswered(db, text, language="en", now=NOW)
        hats, shoes = await service.unanswered(db)
        await service.close_unanswered(db, hats.id)
        assert await service.still_unanswered(db, [hats.id, shoes.id]) == [shoes]
