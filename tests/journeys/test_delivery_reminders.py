"""What comes by itself: reminders with buttons that work."""

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import book_later

REMINDED = {"en": ("Tomorrow", "I'm coming"), "zh": ("明天", "我会准时来")}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_who_is_coming_is_told_to_the_expert(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    mia = await member("Mia", language)
    daniel = Player(http, demo.url, 2001, "Daniel", lambda *_: None)
    await book_later(mia, language)
    await daniel.chat.update(wait=0)
    daniel.acted()
    mia.acted()
    tomorrow, coming = REMINDED[language]
    for _ in range(40):
        await advance(http, demo.url, {"advance": "PT8H"})
        await mia.chat.update(wait=0)
        if tomorrow in mia.screen():
            break
    await mia.sees(tomorrow)
    await mia.taps(coming)
    await daniel.sees("is coming")
