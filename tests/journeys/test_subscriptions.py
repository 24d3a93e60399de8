"""A subscription to an expert's answers: paid in Stars, used, renewed, stopped, given back."""

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_questions import WORDS as ASKING
from tests.journeys.test_story_booking import to_page

WORDS = {
    "en": {
        "offer": "Subscribe: 4 answers", "page": "does not carry over", "begin": "Subscribe for",
        "begun": "has begun: 4 answers", "mine": "My subscription", "use": "Use my subscription (4",
        "asked": "paid by your subscription", "left": "3 of 4 answers", "renewed": "was renewed",
        "four": "4 of 4 answers", "stop": "⏹ Stop it", "ask": "Stop your subscription",
        "yes": "Yes, stop it", "stopped": "It is not renewed", "over": "Brooks</b> is over",
        "back": "Stop now", "given": "Your subscription is over", "again": "has this answer again",
        "twice": "already", "only text": "only read text",
    },
    "zh": {
        "offer": "订阅：30 天 4 次", "page": "不会结转", "begin": "以 ", "begun": "的订阅已开始",
        "mine": "我的订阅", "use": "使用我的订阅（剩 4", "asked": "由订阅支付", "left": "还剩 3/4",
        "renewed": "的订阅已续订", "four": "还剩 4/4", "stop": "⏹ 停止订阅", "ask": "停止订阅",
        "yes": "是的，停止", "stopped": "不再续订", "over": "的订阅已结束", "back": "立即停止",
        "given": "订阅已结束", "again": "次数已退回您的订阅", "twice": "已经订阅",
        "only text": "只能读文字",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def subscribes(mia: Player, language: str) -> None:
    """From a wish to a paid subscription."""
    words = WORDS[language]
    await to_page(mia, language)
    await mia.taps(words["offer"])
    await mia.sees(words["page"])
    await mia.taps(words["begin"])
    await mia.pays()
    await mia.sees(words["begun"])


@both
async def test_a_subscription_pays_questions_is_renewed_and_stopped(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    words, asking = WORDS[language], ASKING[language]
    mia = await member("Mia", language)
    await subscribes(mia, language)
    await mia.taps(asking["ask"])
    await mia.sees(asking["write"])
    await mia.says(asking["text"])
    await mia.taps(words["use"])
    await mia.sees(words["asked"])
    await mia.says("/payments")
    await mia.taps("⭐ Daniel Brooks")
    await mia.sees(words["left"])
    await advance(http, demo.url, {"advance": "PT49H"})
    await mia.sees(words["again"])
    await advance(http, demo.url, {"advance": "P28D"})
    await mia.sees(words["renewed"])
    await mia.taps(words["mine"])
    await mia.sees(words["four"])
    await mia.taps(words["stop"])
    await mia.sees(words["ask"])
    await mia.taps(words["yes"])
    await mia.sees(words["stopped"])
    await advance(http, demo.url, {"advance": "P31D"})
    await mia.sees(words["over"].replace("</b>", ""))


@both
async def test_an_unused_subscription_is_given_back(member: NewPerson, language: str):
    words = WORDS[language]
    mia = await member("Mia", language)
    await subscribes(mia, language)
    await mia.taps(words["mine"])
    await mia.sees(words["four"])
    await mia.taps(words["back"])
    assert "800" in await mia.sees(words["given"])
    await mia.says("/payments")
    await mia.taps("↩")
    await mia.sees("💶")
    # Telegram writes of the refund itself, which is nothing to answer
    await mia.never_sees(words["only text"])
