"""A session by the minute: the deposit, the end, what comes back and why."""

import aiohttp
import pytest

from tests.journeys.booking_people import CHEN, an_expert, hold_first
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_booking_sessions import SAY as STEPS
from tests.journeys.test_booking_sessions import to_ten_minutes_after_the_start
from tests.journeys.test_story_booking import SAY

WORDS = {
    "en": {
        "offer": "a minute", "deposit": "60 minutes now", "settled": "of 60 minutes",
        "why": "Why this amount", "because": "in advance",
        "hold": "only held on your card", "released": "free again",
    },
    "zh": {
        "offer": "每分钟", "deposit": "60 分钟的费用", "settled": "/60 分钟", "why": "为什么",
        "because": "预付了 60 分钟", "hold": "仅在您的卡上预授权", "released": "已解除",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_session_by_the_minute_is_settled_to_its_length(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    words, (name, telegram_id) = WORDS[language], CHEN
    mia = await member("Mia", language)
    chen = await an_expert(http, demo, telegram_id, "en")
    await hold_first(mia, language, name, words["offer"])
    assert words["hold"] in await mia.sees(words["deposit"])
    await mia.pays()
    await mia.sees(SAY[language]["booked"])
    await to_ten_minutes_after_the_start(mia, demo, STEPS[language]["begins"])
    await chen.taps("End the session")
    await chen.taps("Yes, it is over")
    await chen.sees("of 60 minutes")
    await mia.sees(words["settled"])
    await mia.sees(words["released"])
    await mia.taps(words["why"])
    await mia.sees(words["because"])
