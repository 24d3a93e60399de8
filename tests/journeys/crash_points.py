"""Where the product can die: before and after each commit and each outgoing call.

Watched from outside, in the product's own process: the product has no hooks for it.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import stripe
from aiogram.client.session.aiohttp import AiohttpSession
from greenlet import getcurrent  # type: ignore[import-untyped] # ships no types
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from storage.engine import Database

ROOT = Path(__file__).parents[2]
_PRODUCT = tuple(f"{ROOT / room}{os.sep}" for room in ("bot", "workflows", "scheduler", "hourwise"))

_PASSED_THROUGH = ("pacer.py", "jobs.py", "turn.py", "late_taps.py")
# a job's diary is no step of a story; neither is what the bot does once at its start
_NOT_OF_THE_STORY = {"Ticker._record", "introduce", "_receive"}


@dataclass(frozen=True)
class End:
    """A point, and the signal that the process gets there."""

    point: str
    by: signal.Signals


@dataclass
class Points:
    """Notes each point in `record`, one a line; at `end` the process gets its signal.

    A point is named for what happens, whose code does it, and how often that was so before.
    Nothing counts before the first getUpdates: from then on the product is at work.
    """

    record: Path
    end: End | None
    at_work: bool = False
    _counts: Counter[str] = field(default_factory=Counter)

    def reach(self, moment: str, what: str, place: str) -> None:
        """The product is at this point now; `place` is whose code it is."""
        if not self.at_work or place in _NOT_OF_THE_STORY:
            return
        name = f"{moment} {what} in {place}"
        self._counts[name] += 1
        numbered = f"{name} #{self._counts[name]}"
        with self.record.open("a", encoding="utf-8") as file:
            file.write(f"{numbered}\n")
        if self.end is not None and numbered == self.end.point:
            os.kill(os.getpid(), self.end.by)


def watch_commits(points: Points, database: Database) -> None:
    """Points before and after every commit that changes a row."""
    writer = database.engines[0].sync_engine
    changes_before = 0
    place = ""
    committing = False

    @event.listens_for(writer, "begin")
    def begun(connection: Connection) -> None:
        nonlocal changes_before, place
        # SQLAlchemy commits in a task of its own, where nothing tells for whom
        changes_before, place = _changes(connection), _whose_code()

    @event.listens_for(writer, "commit")
    def before(connection: Connection) -> None:
        nonlocal committing
        committing = _changes(connection) > changes_before
        if committing:
            points.reach("before", "commit", place)

    @event.listens_for(Session, "after_commit")
    def after(_: Session) -> None:
        # SQLite has one writing connection, so that no other commit comes between
        nonlocal committing
        if committing:
            committing = False
            points.reach("after", "commit", place)


def _changes(connection: Connection) -> int:
    driver: Any = connection.connection.driver_connection
    return int(driver.total_changes)


def watch_telegram(points: Points) -> None:
    """Points before and after every call of the Bot API; a poll counts when it brought news."""
    make_request = AiohttpSession.make_request

    async def watched(self: AiohttpSession, bot: Any, method: Any, *args: Any, **kw: Any) -> Any:
        name = method.__api_method__
        polling = name == "getUpdates"
        if polling:
            points.at_work = True
        else:
            points.reach("before", name, _whose_code())
        answer = await make_request(self, bot, method, *args, **kw)
        if not polling or answer:
            points.reach("after", name, _whose_code())
        return answer

    AiohttpSession.make_request = watched  # type: ignore[method-assign]


def watch_cards(points: Points) -> None:
    """Points before and after every call of the card processor."""
    request = stripe.AIOHTTPClient.request_async

    async def watched(self: Any, method: str, url: str, *args: Any, **kw: Any) -> Any:
        kind = "a new page" if url.endswith("/sessions") else url.split("/v1/")[1].split("/")[0]
        call = f"card processor {method} {kind}"
        points.reach("before", call, _whose_code())
        answer = await request(self, method, url, *args, **kw)
        points.reach("after", call, _whose_code())
        return answer

    stripe.AIOHTTPClient.request_async = watched  # type: ignore[method-assign]


def _whose_code() -> str:
    """The innermost function of the product that is running."""
    for frame in _frames():
        code = frame.f_code
        if code.co_filename.startswith(_PRODUCT) and not code.co_filename.endswith(_PASSED_THROUGH):
            return code.co_qualname
    return "a library"


def _frames() -> Iterator[FrameType]:
    """From the inside out, across the greenlets in which SQLAlchemy runs."""
    running: Any = getcurrent()
    frame: FrameType | None = sys._getframe()
    while running is not None:
        while frame is not None:
            yield frame
            frame = frame.f_back
        running = running.parent
        frame = running.gr_frame if running is not None else None
