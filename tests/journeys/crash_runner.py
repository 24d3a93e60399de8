"""A product that dies at a chosen point, in a process of its own."""

import asyncio
import logging
import os
from pathlib import Path

from pydantic import SecretStr

from hourwise import running, wiring
from hourwise.settings import Settings
from sandbox.stripe.processor import WEBHOOK_SECRET
from storage.engine import Database, open_database
from tests.journeys.crash_points import End, Points, watch_cards, watch_commits, watch_telegram

ADMIN = 9001


def run_product(folder: Path, sandbox: str, port: int, record: Path, end: End | None) -> None:
    """`hourwise run` against the sandbox until SIGTERM, or until its `end`."""
    from tests.journeys.crash_models import loaded

    _write_to(folder / "product.log")
    points = Points(record, end)
    watch_telegram(points)
    watch_cards(points)

    def watched(url: str) -> Database:
        database = open_database(url)
        watch_commits(points, database)
        return database

    vars(wiring).update(open_database=watched, Understanding=loaded)
    asyncio.run(running.run(_settings(folder, sandbox, port)))


def _write_to(log: Path) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    logging.basicConfig(level=logging.WARNING, force=True)
    for talkative in ("bm25s", "apscheduler", "stripe", "aiogram.event"):
        logging.getLogger(talkative).setLevel(logging.ERROR)


def _settings(folder: Path, sandbox: str, port: int) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        telegram_token=SecretStr("1000:sandbox"),
        telegram_api=f"{sandbox}/telegram",
        stripe_key=SecretStr("sk_test_sandbox"),
        stripe_api=f"{sandbox}/stripe",
        stripe_webhook_secret=SecretStr(WEBHOOK_SECRET),
        provider_token=SecretStr("sandbox-provider"),
        clock=f"{sandbox}/sandbox/api/clock",
        admin_ids=frozenset({ADMIN}),
        # people of a story are faster than Telegram's pace
        messages_per_chat_second=100,
        port=port,
    )
