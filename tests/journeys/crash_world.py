"""A sandbox that outlives its product, and people who go on with their story whatever dies."""

import asyncio
import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

from hourwise.journeys import free_port
from hourwise.player import Player, StoryFailed, advance
from sandbox.app import create_app
from sandbox.server import serving
from sandbox.world import World as SandboxWorld
from tests.journeys.crash_points import End
from tests.journeys.crash_runner import run_product

CLIENT, EXPERT = 5001, 2001
PATIENCE_SECONDS = 40.0
_START_SECONDS = 60.0
_LONG_AGO = "2000-01-01 00:00:00.000000"

_context = multiprocessing.get_context("forkserver")


def start_fork_server(folder: Path) -> None:
    """Models and seeded data are made once, in `folder`; each product is forked from there."""
    root = str(Path(__file__).parents[2])
    os.environ["HOURWISE_CRASH_FOLDER"] = str(folder)
    os.environ["PYTHONPATH"] = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _context.set_forkserver_preload(["tests.journeys.crash_models"])
    first = _context.Process(target=_nothing)
    first.start()
    first.join()


def _nothing() -> None:
    return


@dataclass
class World:
    """One sandbox, one data folder, and the product that runs on them.

    The product is started again whenever it has died. `in_flight` counts the notices that were
    being sent at that moment.
    """

    folder: Path
    http: aiohttp.ClientSession
    sandbox: SandboxWorld
    url: str
    port: int
    exits: list[int] = field(default_factory=list)
    in_flight: int = 0
    transcript: list[str] = field(default_factory=list)
    _process: ForkServerProcess | None = None
    _deadline: float = 0.0

    @property
    def record(self) -> Path:
        """The points that the first product reached."""
        return self.folder / "points.txt"

    def points(self) -> list[str]:
        """The points that the first product has reached."""
        return self.record.read_text(encoding="utf-8").splitlines()

    async def ended(self) -> None:
        """Wait until the first product is gone; an orderly end takes a while."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.exits:  # noqa: ASYNC110 - another process ends
                await asyncio.sleep(0.05)

    def start(self, *, end: End | None = None) -> None:
        """Start a product."""
        record = self.record if not self.exits else self.folder / "later-points.txt"
        self._process = _context.Process(
            target=run_product, args=(self.folder, self.url, self.port, record, end)
        )
        self._process.start()

    async def keep_alive(self) -> None:
        """Start the product again whenever it died, until cancelled."""
        while True:
            process = self._process
            if process is not None and process.exitcode is not None:
                self.exits.append(process.exitcode)
                sending = "SELECT count(*) FROM outbox WHERE state = 'sending'"
                self.in_flight += self.rows(sending)[0][0]
                self._leases_run_out()
                self._nobody_follows()
                self.start()
            await asyncio.sleep(0.02)

    async def settled(self) -> None:
        """Wait until a living product has handled every update and sent all that is due."""
        deadline = monotonic() + PATIENCE_SECONDS
        while not (await self._answers() and self._nothing_waits()):
            if monotonic() > deadline:
                raise StoryFailed(f"updates are left waiting:\n{self.log()}")
            await asyncio.sleep(0.05)

    async def terminate(self) -> tuple[int, float]:
        """SIGTERM to the product; its exit code, and the seconds that it took."""
        process, self._process = self._process, None
        assert process is not None
        assert process.pid is not None
        began = monotonic()
        os.kill(process.pid, signal.SIGTERM)
        await asyncio.to_thread(process.join, 20)
        assert process.exitcode is not None, "the product does not end"
        return process.exitcode, monotonic() - began

    def kill(self) -> None:
        """SIGKILL to whatever runs."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def rows(self, query: str, *values: Any) -> list[Any]:
        """What the product's database has."""
        with closing(sqlite3.connect(self.folder / "hourwise.db", timeout=5)) as db:
            return db.execute(query, values).fetchall()

    def log(self) -> str:
        """The end of what the product wrote."""
        return (self.folder / "product.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def person(self, number: int, name: str) -> "PatientPlayer":
        """Somebody of the story."""
        return PatientPlayer(
            self.http, self.url, number, name,
            lambda who, what: self.transcript.append(f"{who}: {what}"),
            patience=PATIENCE_SECONDS, settled=self.settled,
        )  # fmt: skip

    async def to_next_notice(self) -> None:
        """Move the clock to the next notice that is planned."""
        await self.settled()
        due = self._next_notice()
        assert due is not None
        await advance(self.http, self.url, {"to": due.isoformat()})

    async def later(self, duration: str) -> None:
        """Move the clock."""
        await self.settled()
        await advance(self.http, self.url, {"advance": duration})

    def _leases_run_out(self) -> None:
        """What the dead were sending is sent again after 30 s; a test need not wait so long."""
        with closing(sqlite3.connect(self.folder / "hourwise.db", timeout=5)) as db, db:
            db.execute("UPDATE outbox SET leased_until = ? WHERE state = 'sending'", (_LONG_AGO,))

    def _nobody_follows(self) -> None:
        """A clock that is moving need not wait 30 s for the dead."""
        for follower in list(self.sandbox.clock._followers):
            self.sandbox.clock.forget(follower)

    def _next_notice(self) -> datetime | None:
        due = self.rows("SELECT min(due_at) FROM outbox WHERE state = 'planned'")[0][0]
        return None if due is None else datetime.fromisoformat(f"{due}+00:00")

    async def _answers(self) -> bool:
        try:
            async with self.http.get(f"http://127.0.0.1:{self.port}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    def _nothing_waits(self) -> bool:
        if self.sandbox.updates.count():
            return False
        now = self.sandbox.clock()
        under_way = (
            "SELECT 1 FROM inbox WHERE state = 'waiting' "
            "UNION SELECT 1 FROM outbox WHERE state = 'sending'"
        )
        return not self.rows(under_way) and (self._next_notice() or now) >= now


@dataclass
class PatientPlayer(Player):
    """Acts only when a living product has handled what came before, as a person would who sees
    that nothing happens."""

    settled: Callable[[], Awaitable[None]] = field(kw_only=True)

    async def says(self, text: str) -> None:
        await self.settled()
        await super().says(text)

    async def taps(self, label: str) -> None:
        await self._until(lambda: self._button(label), f"a button “{label}”")
        await self.settled()
        await super().taps(label)

    async def pays(self, outcome: str = "pay") -> None:
        await self._until(self._payable, "something to pay")
        await self.settled()
        await super().pays(outcome)

    def count(self, words: str) -> int:
        """How many messages of the bot have these words."""
        return sum(words in one.get("text", one.get("caption", "")) for one in self.chat.shown())


@asynccontextmanager
async def world(template: Path, folder: Path, *, end: End | None = None) -> AsyncIterator[World]:
    """A fresh world whose first product comes to an `end`."""
    await asyncio.to_thread(shutil.copytree, template, folder)
    port = free_port()
    app = create_app(product_url=f"http://127.0.0.1:{port}")
    async with serving(app, port=0) as sandbox_port, aiohttp.ClientSession() as http:
        url = f"http://127.0.0.1:{sandbox_port}"
        here = World(folder, http, app.state.world, url, port)
        here.start(end=end)
        keeper = asyncio.create_task(here.keep_alive())
        try:
            async with asyncio.timeout(_START_SECONDS):
                while not await here._answers():  # noqa: ASYNC110 - another process starts
                    await asyncio.sleep(0.05)
            yield here
        finally:
            keeper.cancel()
            here.kill()
