"""Running the product: its roles, and their orderly end."""

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import uvicorn
from aiogram.exceptions import TelegramAPIError
from fastapi import FastAPI

from bot.dispatcher import introduce
from bot.updates import ALLOWED_UPDATES
from hourwise.settings import Settings
from hourwise.website import make_website
from hourwise.wiring import Product, lay_ground, migrate, put_together
from kernel import memory

_log = logging.getLogger(__name__)

BOT, SCHEDULER, WEB = "bot", "scheduler", "web"
ALL_ROLES = frozenset({BOT, SCHEDULER, WEB})


@asynccontextmanager
async def product(settings: Settings) -> AsyncIterator[Product]:
    """The product, put together and closed afterwards; nothing runs yet."""
    await migrate(settings)
    ground = await lay_ground(settings)
    try:
        whole = put_together(ground)
    except BaseException:
        await ground.close()
        raise
    try:
        yield whole
    finally:
        await whole.close()


def settle_memory() -> None:
    """What the start has made lives as long as the process: the garbage collector is not to look
    through it again and again, for which the event loop would stand still."""
    gc.collect()
    gc.freeze()
    memory.give_back()


@asynccontextmanager
async def working(whole: Product, roles: frozenset[str]) -> AsyncIterator[None]:
    """Bot and scheduler at work while the block runs; at its end what is under way finishes."""
    tasks: list[asyncio.Task[None]] = []
    settle_memory()

    def start(work: Coroutine[Any, Any, None]) -> None:
        tasks.append(asyncio.create_task(work))

    takes_updates = WEB in roles and bool(whole.ground.settings.webhook_url)
    if BOT in roles or takes_updates:
        start(whole.lanes.run())
        start(whole.ground.understanding.warm())
    if BOT in roles:
        await _receive(whole, start)
        start(introduce(whole.bot))
    if SCHEDULER in roles:
        whole.ticker.start()
    if whole.ground.followed is not None:
        start(whole.ground.followed.follow(_catch_up(whole, roles), _next_due(whole)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # side by side, so that all of it is over within ten seconds
        await asyncio.gather(whole.lanes.stop(), whole.ticker.stop())


async def _receive(whole: Product, start: Callable[[Coroutine[Any, Any, None]], None]) -> None:
    """Where updates come from: our webhook, or long polling where there is none."""
    settings = whole.ground.settings
    if settings.webhook_url:
        await whole.bot.set_webhook(
            settings.webhook_url,
            secret_token=settings.webhook_secret.get_secret_value(),
            allowed_updates=ALLOWED_UPDATES,
        )
        return
    try:
        await whole.bot.delete_webhook()
    except TelegramAPIError as error:
        _log.warning("Telegram could not be asked to drop the webhook: %s", error)
    start(whole.polling.run())


def _catch_up(whole: Product, roles: frozenset[str]) -> Callable[[], Awaitable[None]]:
    async def catch_up() -> None:
        await whole.lanes.idle()
        if SCHEDULER in roles:
            await whole.ticker.run_all()

    return catch_up


def _next_due(whole: Product) -> Callable[[], Awaitable[datetime | None]]:
    return whole.use_cases.queries.next_due


async def serve(app: FastAPI, *, port: int, stop: asyncio.Event) -> None:
    """Answer HTTP until `stop` is set. Raises OSError when the port is taken."""
    config = uvicorn.Config(
        app, host="0.0.0.0", port=port, log_level="warning", access_log=False,  # noqa: S104
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving


class QuietServer(uvicorn.Server):
    """A server that leaves the process's signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        """Capture none."""
        yield


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT or SIGTERM sets."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    return stop


async def run(settings: Settings, roles: frozenset[str] = ALL_ROLES) -> None:
    """Run the given roles until a signal; what is under way is finished within 10 seconds."""
    stop = stop_on_signals()
    async with product(settings) as whole, working(whole, roles):
        if WEB in roles:
            await serve(make_website(whole), port=settings.port, stop=stop)
        else:
            await stop.wait()
