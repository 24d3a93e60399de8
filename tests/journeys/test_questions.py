"""A written question: asked and paid in Stars, answered, or given back after the deadline."""

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.booking_people import an_expert
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import SAY, to_page

DANIEL = 2001
WORDS = {
    "en": {
        "ask": "Ask in writing", "write": "Write your question to", "pay": "Pay ",
        "text": "Is a master's degree worth it after ten years of work?", "check": "An answer within 48",
        "with": "Your question is with", "for": "asks you in writing", "answer": "✍️ Answer",
        "yours": "Write your answer", "reply": "Only if your field asks for one.",
        "preview": "Your answer to", "send": "Send it", "sent": "is on its way",
        "back": "did not answer your question in time", "short": "in a sentence at least",
        "again": "Write it anew", "paid": "This is already paid.",
    },
    "zh": {
        "ask": "书面提问", "write": "请写下您想问", "pay": "支付 ", "text": "工作十年后读硕士还值得吗？",
        "check": "小时内答复：", "with": "已交给", "for": "向您书面提问", "answer": "✍️ 答复",
        "yours": "写下答复", "reply": "看行业是否要求学历。", "preview": "的答复", "send": "发送",
        "sent": "答复已发出", "back": "未在规定时间内答复", "short": "至少用一句话",
        "again": "重新写", "paid": "已经付过款了",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def asks(mia: Player, language: str) -> None:
    """From a wish to a paid question."""
    words = WORDS[language]
    await to_page(mia, language)
    await mia.taps(words["ask"])
    await mia.sees(words["write"])
    await mia.says("?")
    await mia.sees(words["short"])
    await mia.says("something that is written anew")
    await mia.sees(words["check"])
    await mia.taps(words["again"])
    await mia.sees(words["write"])
    await mia.says(words["text"])
    assert words["text"] in await mia.sees(words["check"])
    await mia.taps(words["pay"])
    await mia.pays()
    await mia.sees(words["with"])


@both
async def test_a_question_is_paid_in_stars_and_answered(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    words = WORDS[language]
    mia = await member("Mia", language)
    # other journeys count on Daniel's English
    daniel, his = await an_expert(http, demo, DANIEL, "en"), WORDS["en"]
    await asks(mia, language)
    assert words["text"] in await daniel.sees(his["for"])
    await daniel.taps(his["answer"])
    await daniel.sees(his["yours"])
    await daniel.says(words["reply"])
    assert words["reply"] in await daniel.sees(his["preview"])
    await daniel.taps(his["send"])
    await daniel.sees(his["sent"])
    assert words["text"] in await mia.sees(words["reply"])
    await mia.says("/payments")
    await mia.taps("⭐")
    await mia.sees("⭐")


@both
async def test_a_text_that_is_paid_is_not_sold_again(member: NewPerson, language: str):
    words = WORDS[language]
    mia = await member("Mia", language)
    await asks(mia, language)
    await mia.taps(words["pay"])
    await mia.sees_popup(words["paid"])
    await mia.taps(words["again"])
    await mia.sees(words["write"])
    await mia.says("another question, which is another thing to pay")
    await mia.sees(words["check"])
    await mia.taps(words["pay"])
    await mia.taps(words["pay"])
    await mia.pays()
    await mia.sees(words["with"])
    await mia.taps(words["pay"])
    await mia.sees_popup(words["paid"])


@both
async def test_a_question_without_an_answer_is_given_back(
    member: NewPerson, demo: Demo, language: str
):
    mia = await member("Mia", language)
    await asks(mia, language)
    await advance(mia.http, demo.url, {"advance": "PT49H"})
    assert "250" in await mia.sees(WORDS[language]["back"])
    await mia.sees(SAY[language]["refunded"])
