"""A running demo for the journeys, and people who live in it."""

import itertools
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from shutil import copytree

import aiohttp
import pytest

from hourwise.journeys import free_port
from hourwise.player import Player

ROOT = Path(__file__).parents[2]
START_SECONDS = 120

_numbers = itertools.count(50_000)

NewPerson = Callable[..., Awaitable[Player]]


class Demo:
    """`hourwise demo` as a process of its own, on a data folder that survives it."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until its page answers."""
        settings = {
            "HOURWISE_DATA_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
            # one expert earns in all journeys, and is paid in one
            "HOURWISE_TWO_ADMINS_OVER": "20000",
            # one expert hears of all journeys
            "HOURWISE_MESSAGES_PER_CHAT_SECOND": "100",
            # an expert's calendar elsewhere is served by its test
            "HOURWISE_CALENDAR_HOSTS": "localhost",
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "demo.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hourwise", "demo", "--port", str(self.port)],
                cwd=self.folder, env={**os.environ, **settings}, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the demo did not start:\n{self.log()[-3000:]}")
            time.sleep(0.2)

    def ready(self) -> bool:
        """Whether the product (not only the sandbox) answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False

    def log(self) -> str:
        """Everything it wrote."""
        return (self.folder / "demo.log").read_text(encoding="utf-8", errors="replace")

    def stop(self, *, kill: bool = False) -> int:
        """End it, politely or not; its exit code."""
        if self.process is None:
            return 0
        (self.process.kill if kill else self.process.terminate)()
        return self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> Iterator[Demo]:
    """One demo for all journeys; they do not share people."""
    folder = tmp_path_factory.mktemp("demo")
    copytree(trained, folder / "intents")
    running = Demo(folder)
    running.start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log(), running.log()[-5000:]


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def transcript() -> list[str]:
    return []


@pytest.fixture
def newcomer(demo: Demo, http: aiohttp.ClientSession, transcript: list[str]) -> NewPerson:
    """Makes a new Telegram user: `await newcomer("Mia", "en")`."""

    async def make(name: str = "Mia", language: str = "en") -> Player:
        player = Player(
            http,
            demo.url,
            next(_numbers),
            name,
            lambda who, what: transcript.append(f"{who}: {what}"),
        )
        await player.joins(name, language)
        return player

    return make


@pytest.fixture
def member(newcomer: NewPerson) -> NewPerson:
    """Makes a user who has agreed and told their time zone."""

    async def make(name: str = "Mia", language: str = "en") -> Player:
        player = await newcomer(name, language)
        await player.says("/start")
        await player.taps("I agree" if language == "en" else "同意")
        await player.sees("Where are you?" if language == "en" else "您在哪里")
        await player.says("Berlin" if language == "en" else "上海")
        await player.sees("what can I do" if language == "en" else "我能帮您做什么")
        return player

    return make


@pytest.fixture
async def admin(demo: Demo, http: aiohttp.ClientSession) -> Player:
    """The admin, who has started the bot."""
    player = Player(http, demo.url, 9001, "Admin", lambda *_: None)
    await player.says("/start")
    if await player.agrees("I agree"):
        await player.sees("Where are you?")
        await player.taps("London")
        await player.sees("what can I do")
    return player
