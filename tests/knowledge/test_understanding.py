import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hourwise.seed.content import demo_entries
from kernel.money import Money
from knowledge import service
from knowledge.model import AnswerKind, DangerKind, Entry, Route, Understood
from knowledge.search.embedding import Batch, EntryEmbedder
from knowledge.search.shelf import digest
from knowledge.tables import RuleRow
from knowledge.understanding import Understanding
from storage.engine import Database
from tests.knowledge.conftest import WEDNESDAY
from tests.knowledge.phrases import PHRASES
from vectors.embedders import Vectors
from workflows.faq import EmbedEntries, Learn


async def understand(
    understanding: Understanding, text: str, *, language: str = "en", now: datetime = WEDNESDAY
) -> Understood:
    return await understanding.understand(text, language=language, now=now, zone="Europe/Berlin")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everyday_phrases_do_the_right_thing(
    understanding: Understanding, language: str
) -> None:
    wrong = []
    phrases = PHRASES[language]
    for text, wanted in phrases:
        found = await understand(understanding, text, language=language)
        if not does(found, wanted):
            wrong.append(f"{text}: {found.route} {found.intent.name}, not {wanted}")
    assert len(wrong) <= 0.1 * len(phrases), "\n".join(wrong)


def does(found: Understood, wanted: str) -> bool:
    """Whether a route, an intent or an entry ("entry:…", offered at least) is what leads."""
    if wanted.startswith("entry:"):
        named = (one.article for one in found.answer.candidates)
        return found.route in (Route.ANSWER, Route.SUGGEST) and any(
            article.startswith(wanted.removeprefix("entry:")) for article in named
        )
    return wanted == (found.intent.name if found.route is Route.INTENT else found.route.value)


async def test_a_wish_comes_with_everything_that_was_said(understanding: Understanding) -> None:
    found = await understand(
        understanding, "I need a career coach next Tuesday evening under 80 dollars"
    )
    assert found.route is Route.WISH
    assert found.intent.name == "find_expert"
    assert found.wish.topic == found.need.topic == "career"
    assert found.wish.budget == Money(80_00, "USD")
    assert found.wish.after is not None
    assert found.wish.after > WEDNESDAY + timedelta(days=5)


async def test_danger_goes_before_everything(understanding: Understanding) -> None:
    found = await understand(understanding, "I want to cancel my session and kill myself")
    assert found.route is Route.DANGER
    assert found.danger is not None
    assert found.danger.kind is DangerKind.SELF_HARM


async def test_trained_intents_reach_their_scores(understanding: Understanding) -> None:
    active = [version for version in understanding.trainer.versions() if version.active]
    assert active[0].scores["accuracy"] >= 0.88
    assert active[0].scores["rejected"] >= 0.9


@pytest.fixture
async def fresh(tmp_path: Path, understanding: Understanding) -> AsyncIterator[Understanding]:
    """One of its own with Chroma, its intents taken over from the shared one."""
    intents = tmp_path / "intents"
    intents.symlink_to(understanding.intents_folder)
    opened = Understanding(data_dir=tmp_path)
    await opened.start()
    yield opened
    await opened.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_stored_entries_rules_and_vectors_are_taken_over(
    fresh: Understanding, database: Database
) -> None:
    entries = demo_entries()[:5]
    async with database.write.begin() as db:
        await service.import_entries(db, entries, now=WEDNESDAY)
        db.add(RuleRow(id="r", position=1, keywords=["secret word"], answer="Well found."))
    texts = sum(len(one.phrasings) + 1 for one in entries)
    assert await embedded(fresh, database) == {
        "minilm-l6-v2-int8-blocks": texts, "use-multilingual-v3": texts,
    }  # fmt: skip
    assert await embedded(fresh, database) == {}

    answer = await fresh.ask(entries[0].question, language="en", now=WEDNESDAY)
    assert answer.article == entries[0].id
    found = await understand(fresh, "the secret word")
    assert found.route is Route.RULE
    assert (found.answer.by, found.answer.answer) == ("rule", "Well found.")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_entries_answer_while_others_are_still_being_embedded(
    fresh: Understanding, database: Database
) -> None:
    many = [Entry(f"many-{n}", f"Is question {n} answered?", "Yes.", "en") for n in range(80)]
    async with database.write.begin() as db:
        await service.import_entries(db, many, now=WEDNESDAY)
    for model in ("minilm-l6-v2-int8-blocks", "use-multilingual-v3"):
        async with database.write.begin() as db:
            first = {digest(many[0].question): many[0].question}
            made = await fresh.entry_embedder.embed(Batch(model, first))
            await service.keep_vectors(db, model, made)
    async with database.read() as db:
        await fresh.refresh(db)
        assert await fresh.entry_embedder.missing(db)
    answer = await fresh.ask(many[0].question, language="en", now=WEDNESDAY)
    assert answer.article == "many-0"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_processes_share_what_is_to_be_embedded(
    fresh: Understanding, database: Database
) -> None:
    many = [Entry(f"many-{n}", f"Is question {n} answered?", "Yes.", "en") for n in range(200)]
    async with database.write.begin() as db:
        await service.import_entries(db, many, now=WEDNESDAY)
    made: list[str] = []

    async def count(work: Callable[[], dict[str, Vectors]]) -> dict[str, Vectors]:
        vectors = await asyncio.to_thread(work)
        made.extend(vectors)
        return vectors

    embedder = EntryEmbedder(fresh.embedders, count)
    async with database.read() as db:
        batches = await embedder.missing(db)
    wanted = sum(len(one.texts) for one in batches)
    largest = max(len(one.texts) for one in batches)
    await asyncio.gather(
        EmbedEntries(database, embedder)(ignore_progress),
        EmbedEntries(database, embedder, backwards=True)(ignore_progress),
    )
    async with database.read() as db:
        await fresh.refresh(db)
        assert await fresh.is_complete(db)
    # where they meet, a batch or two are made twice; the wholes, in the same order, may be
    phrasings = sum(len(one.texts) for one in batches if not one.whole)
    assert len(made) <= phrasings + 2 * largest + 2 * (wanted - phrasings)


async def ignore_progress(_: int, __: int) -> None:
    pass


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_many_entries_the_phrasings_come_before_whole_entries(
    fresh: Understanding, database: Database
) -> None:
    many = [
        Entry(f"many-{n}", f"Is question {n} answered?", f"Yes, {n}.", "en") for n in range(300)
    ]
    async with database.write.begin() as db:
        await service.import_entries(db, many, now=WEDNESDAY)
    await EmbedEntries(database, fresh.entry_embedder)(ignore_progress)
    async with database.read() as db:
        await fresh.refresh(db)
        assert not await fresh.is_complete(db)
        assert all(one.whole for one in await fresh.entry_embedder.missing(db))
    assert (await fresh.ask(many[299].question, language="en", now=WEDNESDAY)).article == "many-299"
    await Learn(database, fresh)()
    async with database.read() as db:
        assert await fresh.is_complete(db)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_entries_that_were_left_unembedded_are_learnt_later(
    fresh: Understanding, database: Database
) -> None:
    entry = demo_entries()[0]
    async with database.write.begin() as db:
        await service.import_entries(db, [entry], now=WEDNESDAY)
    async with database.read() as db:
        await fresh.refresh(db)
        assert not await fresh.is_complete(db)
    await Learn(database, fresh)()
    async with database.read() as db:
        assert await fresh.is_complete(db)
    answer = await fresh.ask(entry.question, language="en", now=WEDNESDAY)
    assert answer.article == entry.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_removed_entry_is_no_longer_found(fresh: Understanding, database: Database) -> None:
    entry = demo_entries()[0]
    async with database.write.begin() as db:
        await service.import_entries(db, [entry], now=WEDNESDAY)
    await embedded(fresh, database)
    async with database.write.begin() as db:
        await service.remove_entry(db, entry.id)
    async with database.read() as db:
        await fresh.refresh(db)
    answer = await fresh.ask(entry.question, language="en", now=WEDNESDAY)
    assert answer.kind is AnswerKind.NONE


async def test_a_chroma_server_that_is_down_does_not_stop_the_start(
    tmp_path: Path, understanding: Understanding
) -> None:
    (tmp_path / "intents").symlink_to(understanding.intents_folder)
    opened = Understanding(data_dir=tmp_path, chroma_url="http://127.0.0.1:9")
    await opened.start()
    assert (await understand(opened, "cancel my session")).intent.name == "cancel_session"
    await opened.close()


async def embedded(understanding: Understanding, database: Database) -> dict[str, int]:
    """Embed what is missing and take it over; how many texts a model."""
    counts: dict[str, int] = {}
    async with database.read() as db:
        batches = await understanding.entry_embedder.missing(db)
    for batch in batches:
        made = await understanding.entry_embedder.embed(batch)
        counts[batch.model] = counts.get(batch.model, 0) + len(made)
        async with database.write.begin() as db:
            await service.keep_vectors(db, batch.model, made)
    async with database.read() as db:
        await understanding.refresh(db)
    return counts


async def test_a_rasa_server_that_is_down_leaves_the_embedded_model_to_answer(
    tmp_path: Path, understanding: Understanding
) -> None:
    (tmp_path / "intents").symlink_to(understanding.intents_folder)
    opened = Understanding(data_dir=tmp_path, in_memory=True, rasa="http://127.0.0.1:9")
    await opened.start()
    assert (await understand(opened, "cancel my session")).intent.name == "cancel_session"
    await opened.close()
