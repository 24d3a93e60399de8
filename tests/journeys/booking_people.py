"""Who meets whom in the booking journeys, and the ways that they share."""

import aiohttp

from hourwise.player import Player
from tests.journeys.conftest import Demo


async def an_expert(
    http: aiohttp.ClientSession, demo: Demo, telegram_id: int, language: str
) -> Player:
    """One of the demo's experts, who has started the bot."""
    player = Player(http, demo.url, telegram_id, f"Expert {telegram_id}", lambda *_: None)
    await player.joins("Expert", language)
    await player.says("/start")
    await player.agrees({"en": "I agree", "zh": "同意"}[language])
    await player.sees({"en": "what can I do", "zh": "我能帮您做什么"}[language])
    return player
