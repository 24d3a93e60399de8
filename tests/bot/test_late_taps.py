"""A tap that is handled late is still handled."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod

from bot.late_taps import LateTaps

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class Refusing(BaseSession):
    """Telegram, which refuses every call with the same words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.middleware(LateTaps())

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        raise TelegramBadRequest(method=method, message=self.words)

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_tap_that_is_too_old_to_be_answered_fails_nothing():
    assert await Bot("1:x", Refusing(TOO_OLD)).answer_callback_query("1") is False


async def test_every_other_refusal_is_raised():
    with pytest.raises(TelegramBadRequest):
        await Bot("1:x", Refusing("Bad Request: BUTTON_DATA_INVALID")).answer_callback_query("1")
    with pytest.raises(TelegramBadRequest):
        await Bot("1:x", Refusing(TOO_OLD)).send_message(1, "x")
