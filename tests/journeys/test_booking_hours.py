"""An expert says when they can be booked."""

import aiohttp
import pytest

from tests.journeys.booking_people import an_expert
from tests.journeys.conftest import Demo, NewPerson

SAY = {
    "en": {
                "week": "Mon–Fri 9–12, 14–18", "check": "Is this right?", "days": "Mon–Fri  09:00–12:00, 14:00–18:00",
        "save": "Yes, that is right", "yours": "Your hours", "off": "Wed off", "once": "Only once",
        "discard": "Leave it as it was", "trip": "in Tokyo from 1 June to 10 June", "tokyo": "Tokyo",
        "odd": "break 7 minutes", "refused": "multiples of 5 minutes", "nonsense": "banana o'clock",
        "help": "I did not understand", "closed": "closed", "limit": "at most 4 a day",
        "limited": "At most 4 a day", "rule": "15 min break", "ruled": "15 min free after each",
    },
    "zh": {
                "week": "周一到周五 9点到12点，14点到18点", "check": "这样对吗", "days": "周一–周五  09:00–12:00、14:00–18:00",
        "save": "对，就这样", "yours": "您的可约时间", "off": "周三休息", "once": "只是这一次",
        "discard": "保持原样", "trip": "6月1日到10日在东京", "tokyo": "东京",
        "odd": "间隔7分钟", "refused": "5 分钟的整数倍", "nonsense": "香蕉时间",
        "help": "没看懂", "closed": "休息", "limit": "每天最多4次",
        "limited": "每天最多 4 次", "rule": "间隔15分钟", "ruled": "每次之后空 15 分钟",
    },
}  # fmt: skip
EXPERTS = {"en": 2019, "zh": 2009}
"""Experts of the demo on whose hours no other journey relies."""


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_expert_edits_their_hours_in_words(
    demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = SAY[language]
    ana = await an_expert(http, demo, EXPERTS[language], language)
    await ana.says("/hours")
    await ana.sees(say["yours"])

    await ana.says(say["week"])
    assert say["days"] in await ana.sees(say["check"])
    await ana.taps(say["save"])
    assert say["days"] in await ana.sees(say["yours"])

    await ana.says(say["off"])
    await ana.sees(say["check"])
    await ana.taps(say["once"])
    assert "📌" in await ana.sees(say["check"])
    await ana.taps(say["discard"])
    assert "📌" not in await ana.sees(say["yours"])

    for text, shown in (("trip", "tokyo"), ("limit", "limited"), ("rule", "ruled")):
        await ana.says(say[text])
        assert say[shown] in await ana.sees(say["check"])
        await ana.taps(say["save"])
        assert say[shown] in await ana.sees(say["yours"])

    await ana.says(say["odd"])
    await ana.sees(say["refused"])
    await ana.says(say["nonsense"])
    await ana.sees(say["help"])
    await ana.sees(say["yours"])


async def test_only_experts_have_hours(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.says("/hours")
    await mia.sees("Only the expert can do this")
