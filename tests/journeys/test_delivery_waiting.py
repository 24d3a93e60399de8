"""One side takes the link of the session, the other is told that they are waited for."""

import aiohttp

from hourwise.player import advance
from tests.journeys.booking_people import GAO, an_expert, hold_first, pay_held
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_booking_sessions import to_ten_minutes_after_the_start


async def test_the_expert_is_told_that_their_client_waits(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession
):
    expert = await an_expert(http, demo, GAO[1], "zh")
    mia = await member("Mia", "en")
    await hold_first(mia, "en", GAO[0])
    await pay_held(mia, "en")
    await to_ten_minutes_after_the_start(mia, demo, "It begins now")
    await mia.opens("Join the session")
    await advance(http, demo.url, {"advance": "PT1M"})
    await expert.sees("Mia 正在等您")
