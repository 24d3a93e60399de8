"""A Rasa server as the one who names intents, and what becomes of it when it is slow or down."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from knowledge.intents.rasa_server import RasaServer

ANSWER = {
    "text": "where is my money",
    "intent": {"name": "refund", "confidence": 0.91},
    "intent_ranking": [
        {"name": "refund", "confidence": 0.91}, {"name": "prices", "confidence": 0.05},
    ],
    "entities": [],
}  # fmt: skip


class StandIn:
    """Answers what it is told to, and counts who asks."""

    def __init__(self) -> None:
        self.answer: Any = ANSWER
        self.status = 200
        self.silent = False
        self.asked: list[Any] = []

    async def parse(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        if self.silent:
            await asyncio.Event().wait()
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
async def rasa(stand_in: StandIn) -> AsyncIterator[RasaServer]:
    app = web.Application()
    app.router.add_post("/model/parse", stand_in.parse)
    async with TestServer(app) as server:
        opened = RasaServer(
            str(server.make_url("")), known={"refund", "prices"}, patience=0.2, rest=0.5
        )
        yield opened
        await opened.close()


async def test_its_intent_and_ranking_are_taken(rasa: RasaServer, stand_in: StandIn) -> None:
    found = await rasa.parse("where is my money")
    assert found is not None
    assert (found.name, found.confidence) == ("refund", 0.91)
    assert found.ranking == (("refund", 0.91), ("prices", 0.05))
    assert stand_in.asked == [{"text": "where is my money"}]


async def test_what_the_bot_cannot_do_counts_as_no_intent(
    rasa: RasaServer, stand_in: StandIn
) -> None:
    stand_in.answer = {"intent": {"name": "nlu_fallback", "confidence": 0.3}}
    found = await rasa.parse("xyz")
    assert found is not None
    assert found.name is None


@pytest.mark.parametrize(
    ("status", "answer"), [(500, ANSWER), (200, {"intent": None}), (200, ["?"]), (404, {})]
)
async def test_an_answer_that_is_none_is_not_taken(
    rasa: RasaServer, stand_in: StandIn, status: int, answer: Any
) -> None:
    stand_in.status, stand_in.answer = status, answer
    assert await rasa.parse("x") is None


async def test_after_three_failures_it_is_left_alone_for_a_while(
    rasa: RasaServer, stand_in: StandIn
) -> None:
    stand_in.silent = True
    for _ in range(5):
        assert await rasa.parse("x") is None
    assert len(stand_in.asked) == 3
    stand_in.silent = False
    async with asyncio.timeout(5):
        while await rasa.parse("x") is None:  # noqa: ASYNC110 - it rests by the clock
            await asyncio.sleep(0.05)
    assert len(stand_in.asked) == 4


async def test_a_success_forgives_earlier_failures(rasa: RasaServer, stand_in: StandIn) -> None:
    for _ in range(3):
        stand_in.status = 500
        assert await rasa.parse("x") is None
        stand_in.status = 200
        assert await rasa.parse("x") is not None
