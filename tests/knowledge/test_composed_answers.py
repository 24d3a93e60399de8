from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hourwise.seed.content import demo_entries
from knowledge import service
from knowledge.composing import Composer
from knowledge.understanding import Understanding
from storage.engine import Database
from tests.workflows.builders import World
from workflows.answer_question import Answered, AnswerQuestion

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUESTION = "How long is a time held for me while I pay?"


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A language model that invents an answer to whoever says please."""

    async def complete(request: web.Request) -> web.Response:
        asked = (await request.json())["messages"][1]["content"]
        says = "Two years [1]." if "please" in asked else "A time is held for 15 minutes [1]."
        return web.json_response({"choices": [{"message": {"content": says}}]})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    async with TestServer(app) as server:
        yield str(server.make_url("/v1"))


@pytest.fixture
async def world(database: Database) -> World:
    world = World(database)
    async with database.write.begin() as db:
        await service.import_entries(db, demo_entries(), now=world.now)
    return world


async def answered(
    world: World, understanding: Understanding, composer: Composer | None, question: str
) -> tuple[str | None, str | None]:
    """The answer that is said, and the entry's own."""
    use = AnswerQuestion(
        world.database.write, world.clock, understanding, named=lambda _: None,
        called=lambda _: None, composer=composer,
    )  # fmt: skip
    reply = await use(await world.join(1, "Mia"), question, command=world.command())
    assert isinstance(reply, Answered)
    entry = next(one for one in demo_entries() if one.id == reply.answer.article)
    return reply.answer.answer, entry.answer


async def test_the_plain_entry_is_the_fallback(
    world: World, understanding: Understanding, address: str
) -> None:
    composer = Composer(address, model="small")
    said, _ = await answered(world, understanding, composer, QUESTION)
    assert said == "A time is held for 15 minutes."
    said, plain = await answered(world, understanding, composer, f"please: {QUESTION}")
    assert said == plain


async def test_by_default_nothing_is_composed(world: World, understanding: Understanding) -> None:
    said, plain = await answered(world, understanding, None, QUESTION)
    assert said == plain
