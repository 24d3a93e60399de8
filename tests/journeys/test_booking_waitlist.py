"""A full expert: who waits gets the freed time, one person at a time."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.booking_people import OMAR, SUN, an_expert, hold_first, pay_held, to_times
from tests.journeys.conftest import Demo, NewPerson

SATURDAY = 5

SAY: dict[str, dict[str, Any]] = {
    "en": {
        "only": "every day off; {day} {hour}:00-{hour}:45", "days": ("tomorrow", "the day after tomorrow"), "check": "Is this right?",
        "save": "Yes, that is right", "yours": "Your hours", "full": "There is no free time", "pick": "Take one of",
        "wait": "Tell me when a time", "joined": "you are number 1", "cancel": "cancel my session",
        "ask": "Cancel your session with", "yes": "Yes, cancel it", "free": "has become free",
        "second": "you are number 2", "take": "Take this time", "pass": "Not this one",
        "passed": "goes to the next", "held": "is held for you", "jump": "Another date",
        "which": "Which date?", "later": "next week", "nonsense": "xyzzy", "none": "did not find a date",
        "far": "1 Jan 2031", "window": "up to 30 days ahead", "times": "times in",
        "leave": "Wait no more", "back": "Tell me when a time of this day",
    },
    "zh": {
        "only": "每天休息；{day} {hour}:00-{hour}:45", "days": ("明天", "后天"), "check": "这样对吗",
        "save": "对，就这样", "yours": "您的可约时间", "full": "没有空闲时间", "pick": "可以直接选",
        "wait": "有空闲时间时通知我", "joined": "您排在第 1 位", "cancel": "取消我的预约",
        "ask": "要取消", "yes": "是，取消", "free": "空出来了",
        "second": "您排在第 2 位", "take": "就要这个时间", "pass": "这个不要",
        "passed": "转给下一位", "held": "已为您保留", "jump": "其他日期",
        "which": "哪一天", "later": "大后天", "nonsense": "啊啊啊", "none": "没有看到日期",
        "far": "2031年1月1日", "window": "30 天之内", "times": "时间为",
        "leave": "不再等候", "back": "这一天有空闲时通知我",
    },
}  # fmt: skip
EXPERTS = {"en": OMAR, "zh": SUN}
ZONES = {"en": ZoneInfo("Asia/Dubai"), "zh": ZoneInfo("Asia/Shanghai")}
ANY = {
    "en": {
        "wish": "find me a coach for chronic illness on {day} {month}", "nobody": "Nobody who fits has a free time then",
        "not_then": "🕒 Not free then",
        "wait": "Tell me when one of them is free", "leave": "Wait no more for them",
        "wider": "Without limits on time", "fit": "experts fit",
    },
    "zh": {
        "wish": "想找慢性病管理的咨询师，{number}月{day}日", "nobody": "这个时间合适的专家都约满了",
        "not_then": "🕒 这个时间没有空",
        "wait": "有一位空出来时通知我", "leave": "不再等候他们",
        "wider": "不限时间和价格", "fit": "为您找到",
    },
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def sees_button(mia: Player, label: str) -> None:
    """Wait for a button that has these words."""
    await mia._until(lambda: mia._button(label), f"a button “{label}”")


async def open_one_time(
    http: aiohttp.ClientSession, demo: Demo, language: str, *, ahead: int, hour: int
) -> None:
    """The expert takes one session, tomorrow or a day later, and nothing else."""
    say = SAY[language]
    expert = await an_expert(http, demo, EXPERTS[language][1], language)
    await expert.says("/hours")
    await expert.sees(say["yours"])
    await expert.says(say["only"].format(day=say["days"][ahead - 1], hour=hour))
    await expert.sees(say["check"])
    await expert.taps(say["save"])
    await expert.sees(say["yours"])


@both
async def test_a_freed_time_goes_to_who_waits_one_at_a_time(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say, expert = SAY[language], EXPERTS[language][0]
    await open_one_time(http, demo, language, ahead=1, hour=10)
    mia, ben, eva = [await member(name, language) for name in ("Mia", "Ben", "Eva")]
    for person in (ben, eva):
        await to_times(person, language, expert)
        await person.sees(say["pick"])
    await hold_first(mia, language, expert)
    await pay_held(mia, language)
    for person, number in ((ben, "joined"), (eva, "second")):
        await person.taps("⚡")
        await person.sees(say["full"])
        await person.taps(say["wait"])
        await sees_button(person, say[number])

    await mia.says(say["cancel"])
    await mia.sees(say["ask"])
    await mia.taps(say["yes"])
    await ben.sees(say["free"])
    await eva.never_sees(say["free"])
    await ben.taps(say["pass"])
    await ben.sees(say["passed"])
    await eva.sees(say["free"])
    await eva.taps(say["take"])
    await eva.sees(say["held"])
    await pay_held(eva, language)


@both
async def test_any_date_can_be_asked_for_and_waited_for(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say, expert = SAY[language], EXPERTS[language][0]
    now = datetime.fromisoformat(await advance(http, demo.url, {"advance": "PT1S"}))
    today = now.astimezone(ZONES[language]).weekday()
    # "next week" is a Monday, which must have no time; another hour than the one that is booked
    await open_one_time(http, demo, language, ahead=1 if today == SATURDAY else 2, hour=14)
    mia = await member("Mia", language)
    await to_times(mia, language, expert)
    await mia.taps(say["jump"])
    await mia.sees(say["which"])
    await mia.says(say["nonsense"])
    await mia.sees(say["none"])
    await mia.says(say["far"])
    await mia.sees(say["window"])
    await mia.says(say["later"])
    await mia.sees(say["full"])
    await mia.taps(say["back"])
    await sees_button(mia, say["leave"])
    await mia.taps(say["leave"])
    await sees_button(mia, say["back"])


@both
async def test_who_finds_nobody_free_then_can_wait_for_any_of_them(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, language: str
):
    say = ANY[language]
    now = datetime.fromisoformat(await advance(http, demo.url, {"advance": "PT1S"}))
    # beyond what anybody can be booked ahead
    far = now + timedelta(days=75)
    mia = await member("Mia", language)
    await mia.says(say["wish"].format(day=far.day, month=MONTHS[far.month - 1], number=far.month))
    assert say["not_then"] in await mia.sees(say["nobody"])
    await mia.taps(say["wait"])
    await sees_button(mia, say["leave"])
    await mia.taps(say["leave"])
    await sees_button(mia, say["wait"])
    await mia.taps(say["wider"])
    await mia.sees(say["fit"])
