"""Calendars out and in, as far as the chat goes."""

import re
import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from icalendar import Calendar, Event

from hourwise.player import Player, advance
from tests.journeys.booking_people import CHEN, GAO, an_expert, hold_first, pay_held, to_times
from tests.journeys.conftest import Demo, NewPerson

USUAL_PORTS = (8443, 8080, 443, 80)

both = pytest.mark.parametrize("language", ["en", "zh"])
SAY = {
    "en": {
        "mine": "In my own calendar", "subscribe": "Subscribe to this address",
        "renew": "Make another address", "yours": "Your hours", "import": "Import my other",
        "others": "Send me the address", "refused": "not an address of a calendar",
        "read": "✅ localhost", "remove": "Remove localhost", "pick": "Take one of",
    },
    "zh": {
        "mine": "加到我自己的日历", "subscribe": "订阅这个地址",
        "renew": "换一个地址", "yours": "您的可约时间", "import": "导入我的其他日历",
        "others": "把日历的地址发给我", "refused": "不是可以读取的日历地址",
        "read": "✅ localhost", "remove": "移除 localhost", "pick": "可以直接选",
    },
}  # fmt: skip


@both
async def test_a_private_feed_shows_what_is_booked(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = SAY[language]
    mia = await member("Mia", language)
    await hold_first(mia, language, CHEN[0])
    await pay_held(mia, language)
    await mia.says("/sessions")
    await mia.taps(say["mine"])
    old = address(await mia.sees(say["subscribe"]))
    (event,) = await events(http, demo, old)
    assert CHEN[0] in str(event["SUMMARY"])
    await mia.taps(say["renew"])
    while address(shown := await mia.sees(say["subscribe"])) == old:
        await mia.chat.update(wait=1)
    assert len(await events(http, demo, address(shown))) == 1
    async with http.get(f"{demo.url}{old}") as answer:
        assert answer.status == 404


def address(text: str) -> str:
    found = re.search(r"/calendar/[\w-]+\.ics", text)
    assert found is not None
    return found[0]


async def events(http: aiohttp.ClientSession, demo: Demo, path: str) -> list[Any]:
    async with http.get(f"{demo.url}{path}") as answer:
        assert answer.content_type == "text/calendar"
        return list(Calendar.from_ical(await answer.read()).walk("VEVENT"))


@both
async def test_an_address_that_must_not_be_read_is_refused(
    demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = SAY[language]
    expert = await an_expert(http, demo, GAO[1], language)
    await expert.says("/hours")
    await expert.sees(say["yours"])
    await expert.taps(say["import"])
    await expert.sees(say["others"])
    for wrong in ("my calendar", "http://127.0.0.1/private.ics", "https://[::1]/a.ics"):
        await expert.says(wrong)
        await expert.sees(say["refused"])


class Elsewhere:
    """A calendar of the expert's on another server."""

    def __init__(self) -> None:
        self.calendar = Calendar()
        self.address = ""

    def busy(self, start: datetime, end: datetime) -> None:
        """An event, written as Google writes one."""
        event = Event()
        event.add("uid", "dentist")
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", "Dentist")
        self.calendar.add_component(event)

    async def answer(self, _: web.Request) -> web.Response:
        return web.Response(body=self.calendar.to_ical(), content_type="text/calendar")


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    server, app = Elsewhere(), web.Application()
    app.router.add_get("/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    listening = a_usual_port()
    await web.SockSite(runner, listening).start()
    server.address = f"http://localhost:{listening.getsockname()[1]}/private/basic.ics"
    yield server
    await runner.cleanup()


def a_usual_port() -> socket.socket:
    """One of the few ports that calendars are read from."""
    for port in USUAL_PORTS:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            continue
    raise OSError(f"none of {USUAL_PORTS} is free")


async def times(mia: Player, language: str) -> set[str]:
    """The next free times of the expert, as the buttons say them."""
    await to_times(mia, language, GAO[0])
    await mia.sees(SAY[language]["pick"])
    return {label for label in mia.button_labels() if "⚡" in label}


@both
async def test_what_is_in_an_experts_other_calendar_is_not_offered(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str, elsewhere: Elsewhere
):
    say = SAY[language]
    mia = await member("Mia", language)
    before = await times(mia, language)
    now = datetime.fromisoformat(await advance(http, demo.url, {"advance": "PT1S"}))
    elsewhere.busy(now, now + timedelta(days=7))

    expert = await an_expert(http, demo, GAO[1], language)
    await expert.says("/hours")
    await expert.sees(say["yours"])
    await expert.taps(say["import"])
    await expert.sees(say["others"])
    await expert.says(elsewhere.address)
    await expert.sees(say["read"])
    assert not before & await times(mia, language)

    await expert.taps(say["remove"])
    await expert.sees(say["others"])
    assert before & await times(mia, language)
