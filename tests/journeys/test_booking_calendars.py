"""Calendars out and in, as far as the chat goes."""

import re
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from tests.journeys.booking_people import CHEN, GAO, an_expert, hold_first, pay_held
from tests.journeys.conftest import Demo, NewPerson

both = pytest.mark.parametrize("language", ["en", "zh"])
SAY = {
    "en": {
        "mine": "In my own calendar", "subscribe": "Subscribe to this address",
        "renew": "Make another address", "yours": "Your hours", "import": "Import my other",
        "others": "Send me the address", "refused": "not an address of a calendar",
    },
    "zh": {
        "mine": "加到我自己的日历", "subscribe": "订阅这个地址",
        "renew": "换一个地址", "yours": "您的可约时间", "import": "导入我的其他日历",
        "others": "把日历的地址发给我", "refused": "不是可以读取的日历地址",
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
