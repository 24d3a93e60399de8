"""A time is named in words while an expert's times, or the payment of one, are on the screen."""

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.test_story_booking import SAY, hold_a_later_time, to_times

WORDS = {
    "en": {
        "before dawn": "next Monday at 5am", "not then": "05:00 isn’t free", "at ten": "next Monday at 10am",
        "kept": "stays held for you for", "return": "‹ Back to", "held": "is held for you",
        "not free": "isn’t free", "list": "Your sessions",
    },
    "zh": {
        "before dawn": "下周一早上5点", "not then": "05:00 没有空闲", "at ten": "下周一上午10点",
        "kept": "仍为您保留", "return": "‹ 还是选", "held": "已为您保留", "not free": "没有空闲，",
        "list": "我的预约",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


@both
async def test_a_time_that_is_not_free_is_said_to_be(member: NewPerson, language: str):
    say = WORDS[language]
    mia = await member("Mia", language)
    await to_times(mia, language, "fifty")
    await mia.says(say["before dawn"])
    await mia.sees(say["not then"])
    free = next(one for one in mia.button_labels() if "⚡" in one).removeprefix("⚡ ")
    await mia.says(free)
    assert say["not free"] not in await mia.sees(SAY[language]["pick"])
    assert f"⚡ {free}" in mia.button_labels()


@pytest.mark.parametrize(
    ("language", "part", "said", "offer", "nothing"),
    [
        ("en", "only in the mornings", "You said: Morning", "Mentoring", "Morning isn’t free"),
        ("zh", "下午的", "您说的时间：下午", "· 50 ", "下午 没有空闲"),
    ],
)
async def test_a_part_of_the_day_without_any_time_hides_no_other(
    member: NewPerson, language: str, part: str, said: str, offer: str, nothing: str
):
    mia = await member("Mia", language)
    await mia.says("Mateus Ferreira")
    await mia.sees("🧑‍🏫")
    await mia.says(part)
    await mia.sees(said)
    await mia.taps(offer)
    assert SAY[language]["pick"] in await mia.sees(nothing)
    await mia.taps("(")
    await mia.sees(SAY[language]["at"])
    assert any(":" in one for one in mia.button_labels())


@both
async def test_a_held_time_is_kept_until_another_one_is_taken(member: NewPerson, language: str):
    say = WORDS[language]
    mia = await member("Mia", language)
    await to_times(mia, language, "fifty")
    await hold_a_later_time(mia, language)
    first = [one for one in mia.chat.shown() if say["held"] in one.get("text", "")][-1]["text"]
    await mia.says(say["before dawn"])
    assert say["not then"] in await mia.sees(say["kept"])
    await mia.taps(say["return"])
    assert await mia.sees(say["held"]) == first
    await mia.says(say["at ten"])
    await mia.sees(say["kept"])
    await mia.taps("⚡")
    second = await mia.sees(say["held"])
    assert second.splitlines()[0] != first.splitlines()[0]
    await mia.says("/sessions")
    await mia.sees(say["list"])
    assert len([one for one in mia.button_labels() if "⏳" in one]) == 1
