"""The bot starts against a server that refuses what is optional."""

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.dispatcher import introduce
from sandbox.app import create_app
from sandbox.server import serving


async def test_refused_commands_do_not_stop_the_bot(caplog: pytest.LogCaptureFixture):
    app = create_app(product_url="http://127.0.0.1:1")
    async with serving(app, port=0) as port, aiohttp.ClientSession() as http:
        address = f"http://127.0.0.1:{port}"
        for method in ("setMyCommands", "setMyDescription"):
            fault = {"method": method, "status": 500, "times": 10}
            async with http.post(f"{address}/sandbox/api/faults", json=fault) as answer:
                assert answer.status == 200
        session = AiohttpSession(api=TelegramAPIServer.from_base(f"{address}/telegram"))
        bot = Bot("1:x", session, DefaultBotProperties(parse_mode="HTML"))
        await introduce(bot)
        assert (await bot.get_me()).is_bot
        await bot.session.close()
    assert "did not take the bot's commands" in caplog.text
