"""A language model that phrases answers, and what becomes of what the entries do not say."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from knowledge.composing import Composer
from knowledge.model import Entry

CANCEL = Entry(
    "cancel", "How can I cancel my session?",
    "Open My sessions and choose Cancel. Up to 24 hours before you get all your money back. "
    "Details: https://help.example/cancel.",
    "en",
)  # fmt: skip
HOLD = Entry("hold", "How long is a time held?", "For 15 minutes while you pay.", "en")
RETURNS = Entry("zh", "怎么取消预约？", "在我的预约里选择取消，提前24小时全额退款。", "zh")


class StandIn:
    """Says what it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.says: Any = ""
        self.status = 200
        self.silent = False
        self.asked: list[Any] = []

    async def complete(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json(), request.headers.get("Authorization")))
        if self.silent:
            await asyncio.Event().wait()
        choice = {"message": {"role": "assistant", "content": self.says}}
        return web.json_response({"choices": [choice]}, status=self.status)


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
async def composer(stand_in: StandIn) -> AsyncIterator[Composer]:
    app = web.Application()
    app.router.add_post("/v1/chat/completions", stand_in.complete)
    async with TestServer(app) as server:
        yield Composer(str(server.make_url("/v1/")), model="small", key="secret", patience=0.3)


async def asked(composer: Composer, question: str = "can I cancel and get money?") -> str | None:
    return await composer.compose(question, [CANCEL, HOLD])


async def test_a_supported_answer_comes_with_its_sources_links(
    stand_in: StandIn, composer: Composer
) -> None:
    stand_in.says = "Yes: choose Cancel in My sessions [1]. You get all your money back up to 24 hours before [1]."
    assert await asked(composer) == (
        "Yes: choose Cancel in My sessions. You get all your money back up to 24 hours before.\n"
        "https://help.example/cancel"
    )


async def test_a_chinese_answer_from_a_chinese_entry(stand_in: StandIn, composer: Composer) -> None:
    stand_in.says = "可以，在我的预约里选择取消[1]。提前24小时全额退款。[1]"
    found = await composer.compose("能取消预约退款吗", [RETURNS])
    assert found == "可以，在我的预约里选择取消。提前24小时全额退款。"


async def test_it_gets_the_question_and_the_entries_and_nothing_else(
    stand_in: StandIn, composer: Composer
) -> None:
    await asked(composer, "can I cancel?")
    (body, authorization), *_ = stand_in.asked
    assert (body["model"], authorization) == ("small", "Bearer secret")
    user = body["messages"][1]["content"]
    assert user == (
        f"Sources:\n\n[1] {CANCEL.question}\n{CANCEL.answer}\n\n"
        f"[2] {HOLD.question}\n{HOLD.answer}\n\nQuestion: can I cancel?"
    )


@pytest.mark.parametrize(
    "written",
    [
        "NO_SUPPORT",
        "You can cancel your session.",
        "Choose Cancel in My sessions [3].",
        "Choose Cancel in My sessions [0].",
        "You get all your money back up to 48 hours before [1].",
        "Cancel your session at https://evil.example/cancel [1].",
        "Our lawyers gladly accompany everybody through bankruptcy [1].",
        "Our lawyers gladly accompany everybody. Choose Cancel in My sessions [1].",
        "Choose Cancel in My sessions [1]. Also our lawyers gladly help.",
        "在我的预约里选择取消 [1]",
        "word " * 500 + "[1]",
        "   ",
        None,
        7,
    ],
)
async def test_what_the_entries_do_not_say_is_declined(
    stand_in: StandIn, composer: Composer, written: Any
) -> None:
    stand_in.says = written
    assert await asked(composer) is None


async def test_a_server_that_fails_is_late_or_down_composes_nothing(
    stand_in: StandIn, composer: Composer
) -> None:
    stand_in.says, stand_in.status = "Choose Cancel in My sessions [1].", 500
    assert await asked(composer) is None
    stand_in.status, stand_in.silent = 200, True
    assert await asked(composer) is None
    assert await asked(Composer("http://127.0.0.1:9/v1", model="small")) is None
