"""Who meets whom in the booking journeys, and the ways that they share."""

import aiohttp

from hourwise.player import Player
from tests.journeys.conftest import Demo
from tests.journeys.test_story_booking import SAY


async def an_expert(
    http: aiohttp.ClientSession, demo: Demo, telegram_id: int, language: str
) -> Player:
    """One of the demo's experts, who has started the bot."""
    player = Player(http, demo.url, telegram_id, f"Expert {telegram_id}", lambda *_: None)
    await player.joins("Expert", language)
    await player.says("/start")
    if not await player.agrees({"en": "I agree", "zh": "同意"}[language]):
        # an earlier journey may have left another language
        await player.says("/language")
        await player.taps({"en": "English", "zh": "中文"}[language])
        await player.says("/menu")
    await player.sees({"en": "what can I do", "zh": "我能帮您做什么"}[language])
    return player


GAO, CHEN, HE = ("Gao Siyuan", 2013), ("Chen Yutong", 2004), ("He Jingwen", 2020)
"""Experts of the demo who speak both languages: their name and their Telegram id."""

OMAR, SUN = ("Omar Haddad", 2017), ("Sun Jiahui", 2015)
"""Experts of the demo who speak English, and Chinese."""

_BY_CARD = {
    "Gao Siyuan": "· 50 ", "Chen Yutong": "· 45 ", "Omar Haddad": "· 45 ", "Sun Jiahui": "· 45 ",
}  # fmt: skip
_WISHES = {
    "Gao Siyuan": {
        "en": "I want advice on building a start-up team",
        "zh": "想咨询怎么组建创业团队",
    },
    "He Jingwen": {"en": "find me somebody for wealth planning", "zh": "想找财富规划的顾问"},
    "Omar Haddad": {"en": "find me a coach for chronic illness"},
    "Sun Jiahui": {"zh": "想找慢性病管理的咨询师"},
    "Chen Yutong": {"en": "I am looking for an IELTS tutor", "zh": "想找雅思辅导老师"},
}


async def to_times(mia: Player, language: str, expert: str, offer: str | None = None) -> None:
    """From a wish to the days of an offer, the one-to-one that is paid by card unless named."""
    say = SAY[language]
    await mia.says(_WISHES[expert][language])
    await mia.sees(say["cards"])
    await mia.taps(expert)
    await mia.sees(say["page"])
    await mia.taps(say["times"])
    await mia.sees(say["which"])
    await mia.taps(offer or _BY_CARD[expert])


async def hold_first(mia: Player, language: str, expert: str, offer: str | None = None) -> str:
    """Hold the first free time; returns it, such as `Tue, Nov 24, 17:30`."""
    await to_times(mia, language, expert, offer)
    await mia.sees(SAY[language]["pick"])
    label = next(one for one in mia.button_labels() if "⚡" in one)
    await mia.taps(label)
    await mia.sees({"en": "is held for you", "zh": "已为您保留"}[language])
    return label.removeprefix("⚡ ")


async def pay_held(mia: Player, language: str) -> None:
    """Pay for what is held on the card page."""
    await mia.pays()
    await mia.sees(SAY[language]["booked"])
