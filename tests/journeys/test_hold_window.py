"""The payment window counts down, and turns into what became of the hold."""

import pytest

from hourwise.player import Player, advance, text_of
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import SAY, hold_later

WINDOW = {
    "en": {
        "held": "is held for you for", "nine": "for 9 minutes", "four": "for 4 minutes",
        "booked": "Booked: ", "gone": "ran out", "menu": "what can I do", "to_menu": "Menu",
    },
    "zh": {
        "held": "已为您保留", "nine": "还剩 9 分钟", "four": "还剩 4 分钟",
        "booked": "预约成功：", "gone": "已过期", "menu": "我能帮您做什么", "to_menu": "菜单",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


def held_message(mia: Player, language: str) -> int:
    """Which message of the chat is the payment window."""
    words = WINDOW[language]["held"]
    (found,) = [one for one in mia.chat.shown() if words in text_of(one)]
    return int(found["message_id"])


async def says(mia: Player, message: int, words: str) -> None:
    """Wait until one message has these words."""
    await mia._until(
        lambda: words in text_of(mia.chat.messages[message]) or None, f"“{words}” in the window"
    )


@both
async def test_the_window_counts_down_and_turns_into_paid(
    member: NewPerson, demo: Demo, language: str
):
    say = WINDOW[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    window = held_message(mia, language)
    await advance(mia.http, demo.url, {"advance": "PT6M"})
    await says(mia, window, say["nine"])
    await advance(mia.http, demo.url, {"advance": "PT5M"})
    await says(mia, window, say["four"])
    await mia.pays()
    await says(mia, window, say["booked"])
    await mia.sees(SAY[language]["booked"])


@both
async def test_the_window_says_that_the_hold_ran_out(member: NewPerson, demo: Demo, language: str):
    say = WINDOW[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    window = held_message(mia, language)
    await advance(mia.http, demo.url, {"advance": "PT16M"})
    await says(mia, window, say["gone"])
    await mia.taps(SAY[language]["nearest"])
    await mia.sees(SAY[language]["pick"])


@both
async def test_another_window_is_left_alone(member: NewPerson, demo: Demo, language: str):
    say = WINDOW[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    await mia.says("/menu")
    await mia.sees(say["menu"])
    await advance(mia.http, demo.url, {"advance": "PT16M"})
    await mia.sees(SAY[language]["expired"])
    await mia.says("/menu")
    await mia.sees(say["menu"])
    assert not any(say["gone"] in text_of(one) for one in mia.chat.shown())
