"""A package: bought, used for one session, the same time each week, and put back."""

import pytest

from hourwise.player import Player
from tests.journeys.booking_people import GAO, hold_first, pay_held
from tests.journeys.conftest import NewPerson
from tests.journeys.test_story_booking import SAY, hold_a_later_time, to_offers

PACKAGE = {
    "en": {
        "four": "4 × Career", "saves": "you save $40.00", "buy": "Buy for $200.00",
        "ready": "Your package is ready", "book": "Book a session", "use": "Use my package (4 left)",
        "booked": "Booked:", "out": "out of your package", "weekly": "The same time each week (3 left)",
        "weeks": "booked:", "again": "Your package has this session again", "left": "of 4 left",
    },
    "zh": {
        "four": "职业咨询 × 4", "saves": "节省", "buy": "购买", "ready": "套餐已生效",
        "book": "预约一次", "use": "使用我的套餐（剩 4 次）", "booked": "已预约", "out": "由套餐支付",
        "weekly": "每周同一时间（剩 3 次）", "weeks": "已预约", "again": "已退回您的套餐", "left": "/4 次",
    },
}  # fmt: skip

SERIES = {
    "en": {
        "weekly": "The same time each week", "how many": "How many more weeks", "two": "2 more, until",
        "then": "Once you have paid", "booked": "2 more weeks are booked", "ahead": "(3 ahead)",
    },
    "zh": {
        "weekly": "每周同一时间", "how many": "您还想预约几周", "two": "再约 2 次",
        "then": "付款后会逐周", "booked": "又为您预约了 2 周", "ahead": "待进行 3 次",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def buy(mia: Player, language: str) -> None:
    """From a wish to a paid package of four."""
    words = PACKAGE[language]
    await to_offers(mia, language)
    await mia.taps(words["four"])
    await mia.sees(words["saves"])
    await mia.taps(words["buy"])
    await mia.pays()
    await mia.sees(words["ready"])


@both
async def test_a_package_is_bought_used_week_by_week_and_put_back(member: NewPerson, language: str):
    say, words = SAY[language], PACKAGE[language]
    mia = await member("Mia", language)
    await buy(mia, language)
    await mia.taps(words["book"])
    await mia.sees(say["pick"])
    await hold_a_later_time(mia, language)
    await mia.taps(words["use"])
    await mia.sees(words["out"])
    await mia.sees(say["booked"])
    await mia.taps(words["weekly"])
    assert "✅" in await mia.sees(words["weeks"])
    await mia.says(say["sessions"])
    await mia.taps("Daniel Brooks")
    await mia.taps(say["cancel"])
    await mia.sees(say["ask"])
    await mia.taps(say["yes"])
    await mia.sees(words["again"])
    await mia.says("/payments")
    assert words["left"] in await mia.sees("📦")


@both
async def test_more_weeks_are_paid_together_and_booked(member: NewPerson, language: str):
    words = SERIES[language]
    mia = await member("Mia", language)
    await hold_first(mia, language, GAO[0])
    await pay_held(mia, language)
    await mia.says(SAY[language]["sessions"])
    await mia.taps(GAO[0])
    await mia.taps(words["weekly"])
    await mia.sees(words["how many"])
    await mia.taps(words["two"])
    await mia.sees(words["then"])
    await mia.pays()
    await mia.sees(words["booked"])
    await mia.says(SAY[language]["sessions"])
    await mia.sees(words["ahead"])


async def test_weeks_that_are_tapped_twice_are_paid_once(member: NewPerson):
    words = SERIES["en"]
    mia = await member("Mia", "en")
    await to_offers(mia, "en")
    await mia.taps(SAY["en"]["thirty"])
    await mia.sees(SAY["en"]["pick"])
    await mia.taps("⚡")
    await mia.taps(SAY["en"]["chat"])
    await pay_held(mia, "en")
    await mia.says(SAY["en"]["sessions"])
    await mia.taps("Daniel Brooks")
    await mia.taps(words["weekly"])
    await mia.sees(words["how many"])
    await mia.taps(words["two"])
    await mia.taps(words["two"])
    await mia.pays()
    await mia.sees(words["booked"])
    await mia.taps(words["two"])
    await mia.sees_popup("This is already paid.")
