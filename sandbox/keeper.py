"""What the sandbox does beside answering: webhooks, expiry, keeping its state."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.stripe.checkout import expire_due
from sandbox.stripe.intents import release_due
from sandbox.telegram.api import perform_webhook_answer
from sandbox.telegram.paying import renew_due
from sandbox.telegram.webhook import deliver
from sandbox.world import World, save

TICK_S = 1.0
SAVING_SHARE = 0.05
"""At most this share of the time goes into writing the state."""
WEBHOOK_PATIENCE_S = 10.0


class Keeper:
    """The background work of one sandbox."""

    def __init__(self, world: World, state_file: Path | None) -> None:
        self._world = world
        self._state_file = state_file
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = False
        self._stopped = False
        world.clock.own_next_due = self._next_due
        world.clock.on_step = self._do_what_is_due

    def start(self) -> None:
        """Begin; a second call, or one after the end, changes nothing. Needs a running loop."""
        if self._tasks or self._stopped:
            return
        self._world.stripe.deliveries.start()
        self._tasks = [
            asyncio.create_task(self._deliver_updates()),
            asyncio.create_task(self._tick()),
        ]

    def release(self) -> None:
        """Let all waiting requests go; called before the server stops."""
        self._world.close()

    async def stop(self) -> None:
        """End the background work and write the state."""
        self._stopped = True
        self.release()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._world.stripe.deliveries.stop()
        self._save()

    @property
    def middleware(self) -> Callable[[ASGIApp], ASGIApp]:
        """Starts the work with the first request and notes that something may have changed."""

        def wrap(app: ASGIApp) -> ASGIApp:
            async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
                if scope["type"] == "http":
                    self.start()
                await app(scope, receive, send)
                self._changed = True

            return wrapped

        return wrap

    async def _deliver_updates(self) -> None:
        world = self._world
        await deliver(
            world.updates,
            world.webhook,
            timestamp=world.clock.timestamp,
            perform=lambda method, arguments: perform_webhook_answer(world, method, arguments),
        )

    def _next_due(self) -> datetime | None:
        dues = (self._world.stripe.next_due(), self._world.subscriptions.next_due())
        return min((due for due in dues if due is not None), default=None)

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        save_after = 0.0
        while True:
            await asyncio.sleep(TICK_S)
            expire_due(self._world.stripe)
            release_due(self._world.stripe)
            renew_due(self._world)
            if self._changed and loop.time() >= save_after:
                self._changed = False
                began = loop.time()
                self._save()
                save_after = loop.time() + (loop.time() - began) / SAVING_SHARE

    async def _do_what_is_due(self) -> None:
        expire_due(self._world.stripe)
        release_due(self._world.stripe)
        renew_due(self._world)
        await self._world.stripe.deliveries.settled(WEBHOOK_PATIENCE_S)

    def _save(self) -> None:
        if self._state_file is not None:
            save(self._world, self._state_file)
