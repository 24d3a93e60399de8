"""A client hides an expert, an expert turns a client away; both undo it in the chat."""

import aiohttp
import pytest

from tests.journeys.booking_people import CHEN, an_expert, hold_first, pay_held
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import SAY, to_page

WORDS = {
    "en": {
        "hide": "Don’t show me this", "sure": "again?", "yes": "Yes, don’t show",
        "page": "You chose not to see", "news": "News from us", "hidden": "don’t want to see",
        "list": "Tap one to see them again", "none": "You see every expert",
        "refused": "takes no bookings from you",
    },
    "zh": {
        "hide": "不再显示这位", "sure": "不再显示", "yes": "是，不再显示", "page": "您选择了不显示",
        "news": "推广消息", "hidden": "不想看到的专家", "list": "点一下即可重新显示",
        "none": "目前所有专家都会显示", "refused": "不接受您的预约",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


@both
async def test_a_client_hides_an_expert_and_undoes_it_under_settings(
    member: NewPerson, language: str
):
    mia, words = await member("Mia", language), WORDS[language]
    await to_page(mia, language)
    await mia.taps(words["hide"])
    await mia.sees(words["sure"])
    await mia.taps(words["yes"])
    await mia.sees(words["page"])
    assert not any(SAY[language]["times"] in one for one in mia.button_labels())
    await mia.says("/settings")
    await mia.sees(words["news"])
    await mia.taps(words["hidden"])
    await mia.sees(words["list"])
    await mia.taps("Daniel")
    await mia.sees(words["none"])
    await to_page(mia, language)
    assert any(SAY[language]["times"] in one for one in mia.button_labels())


@both
async def test_an_expert_turns_a_client_away_who_learns_nothing_of_it(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    mia, words = await member("Zoe", language), WORDS[language]
    chen = await an_expert(http, demo, CHEN[1], "en")
    await hold_first(mia, language, CHEN[0])
    await pay_held(mia, language)
    await chen.sees("New session")
    await chen.says("/menu")
    await chen.sees("what can I do")
    await chen.taps("My calendar as an expert")
    await chen.taps("My clients")
    await chen.sees("the latest first")
    await chen.taps("Zoe")
    await chen.sees("If you turn them away")
    await chen.taps("Take no more bookings")
    await chen.sees("You take no bookings or questions from them")
    await mia.says(CHEN[0])
    await mia.sees(words["refused"])
    assert not any(SAY[language]["times"] in one for one in mia.button_labels())
    await chen.taps("Take bookings from them again")
    await chen.sees("If you turn them away")
