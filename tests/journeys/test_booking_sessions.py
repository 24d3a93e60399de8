"""Nobody came, and two sessions at once."""

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.booking_people import CHEN, GAO, HE, an_expert, hold_first, pay_held, to_times
from tests.journeys.conftest import Demo, NewPerson

both = pytest.mark.parametrize("language", ["en", "zh"])
SAY = {
    "en": {
        "state": "under way", "menu": "what can I do", "absent": "The expert did not come", "ask": "not come?",
        "yes": "Yes, nobody came", "back": "You get all your money back", "over": "did not take place",
        "home": "My calendar as an expert", "client": "did not come", "told": "that you did not come",
        "money": "The money goes back", "clash": "you already have a session", "both": "Yes, I want both",
        "held": "is held for you", "begins": "It begins now", "paid": "You are paid",
        "ended": "Your share is booked",
    },
    "zh": {
        "state": "进行中", "menu": "我能帮您做什么", "absent": "专家没有来", "ask": "没有来吗",
        "yes": "是，没有人来", "back": "将全额退款", "over": "未进行",
        "home": "我的专家日程", "client": "没有来", "told": "告诉我们您没有来",
        "money": "款项将退回", "clash": "您已经有一次咨询", "both": "是，两次都要",
        "held": "已为您保留", "begins": "现在开始", "paid": "照常计酬",
        "ended": "报酬照常计入",
    },
}  # fmt: skip


async def to_ten_minutes_after_the_start(mia: Player, demo: Demo, begins: str) -> None:
    """Step by step to the start of the person's next session, then a little further."""
    for _ in range(60):
        await advance(mia.http, demo.url, {"to": "next"})
        await mia.chat.update(wait=0)
        if any(begins in str(one.get("text")) for one in mia.chat.shown()):
            break
    await advance(mia.http, demo.url, {"advance": "PT10M"})


@both
async def test_a_client_says_that_the_expert_did_not_come(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = SAY[language]
    expert = await an_expert(http, demo, GAO[1], language)
    mia = await member("Mia", language)
    await hold_first(mia, language, GAO[0])
    await pay_held(mia, language)
    await to_ten_minutes_after_the_start(mia, demo, say["begins"])
    await mia.says("/sessions")
    await mia.taps("🔵")
    await mia.sees(say["state"])
    await mia.taps(say["absent"])
    await mia.sees(say["ask"])
    await mia.taps(say["yes"])
    await mia.sees(say["back"])
    await expert.sees(say["money"])


@both
async def test_an_expert_says_that_the_client_did_not_come(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = SAY[language]
    expert = await an_expert(http, demo, GAO[1], language)
    mia = await member("Mia", language)
    await hold_first(mia, language, GAO[0])
    await pay_held(mia, language)
    await to_ten_minutes_after_the_start(mia, demo, say["begins"])
    await expert.says("/menu")
    await expert.sees(say["menu"])
    await expert.taps(say["home"])
    await expert.taps(say["client"])
    await expert.sees(say["paid"])
    await expert.taps(say["yes"])
    await expert.sees(say["ended"])
    await mia.sees(say["told"])


@both
async def test_two_sessions_at_once_only_for_who_insists(member: NewPerson, language: str):
    say = SAY[language]
    mia = await member("Mia", language)
    pick = {"en": "Take one of", "zh": "可以直接选"}[language]
    at = {"en": "times in", "zh": "时间为"}[language]
    await to_times(mia, language, GAO[0])
    await mia.sees(pick)
    day = next(one for one in mia.button_labels() if "(" in one).partition("(")[0]
    await mia.taps(f"{day}(")
    await mia.sees(at)
    # both experts work in the evening
    time = [one for one in mia.button_labels() if ":" in one][-1]
    await mia.taps(time)
    await mia.sees(say["held"])
    await pay_held(mia, language)
    await to_times(mia, language, CHEN[0])
    await mia.sees(pick)
    await mia.taps(f"{day}(")
    await mia.sees(at)
    await mia.taps(time)
    assert GAO[0] in await mia.sees(say["clash"])
    await mia.taps(say["both"])
    await mia.sees(say["held"])


@both
async def test_several_clients_share_a_group_session(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    expert = await an_expert(http, demo, GAO[1], language)
    mia, ben = await member("Mia", language), await member("Ben", language)
    when = await hold_first(mia, language, GAO[0], "👥")
    await pay_held(mia, language)
    at, _, seats = (await hold_first(ben, language, GAO[0], "👥")).partition(" · ")
    assert at == when.partition(" · ")[0]
    assert {"en": "left", "zh": "剩"}[language] in seats
    await pay_held(ben, language)
    await expert.sees("Mia")
    await expert.sees("Ben")


@both
async def test_a_free_call_can_be_had_once(member: NewPerson, language: str):
    mia = await member("Mia", language)
    free = {"en": "free", "zh": "免费"}[language]
    for again in (False, True):
        await to_times(mia, language, HE[0], free)
        await mia.sees({"en": "Take one of", "zh": "可以直接选"}[language])
        await mia.taps("⚡")
        if not again:
            await mia.sees({"en": "Requested:", "zh": "已提交申请"}[language])
    await mia.says("/sessions")
    await mia.sees({"en": "1 ahead", "zh": "1 次"}[language])
