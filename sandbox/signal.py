"""Waking the requests that wait for something to happen."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Pulse:
    """Counts everything that a looker-on could want to see, and wakes those who wait for it."""

    def __init__(self) -> None:
        self.count = 0
        self.signal = Signal()

    def beat(self) -> None:
        """Something changed."""
        self.count += 1
        self.signal.notify()


class Signal:
    """Wakes every waiter each time it is notified; a closed signal holds nobody back."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._closed = False

    def notify(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Let everybody go, now and later; used when the server stops."""
        self._closed = True
        self._event.set()

    async def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait until `ready()` holds, at most `seconds` of real time; says whether it held."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not ready():
            left = deadline - loop.time()
            if left <= 0 or self._closed:
                return False
            event = self._event
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await event.wait()
        return True
