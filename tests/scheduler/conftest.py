"""A small Bot API server for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.scheduler.telegram import Telegram, running_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running_telegram() as running:
        yield running
