"""Events, and bringing them to the product's webhook, signed."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable

import aiohttp

from kernel.clock import real_now
from sandbox.signal import Signal
from sandbox.values import JsonObject

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 60.0
_TIMEOUT = aiohttp.ClientTimeout(total=20)


def signature(payload: bytes, secret: str, *, timestamp: int) -> str:
    """The value of the Stripe-Signature header for a body sent at `timestamp`."""
    signed = f"{timestamp}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


class Deliveries:
    """Events on their way, each retried by itself, so that they may arrive in any order."""

    def __init__(self, *, url: str, secret: str, find: Callable[[str], JsonObject | None]) -> None:
        self._url = url
        self._secret = secret
        self._find = find
        self._waiting: list[str] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._untried: set[str] = set()
        self._tried = Signal()
        self._client: aiohttp.ClientSession | None = None

    def send(self, event_id: str) -> None:
        """Bring an event; before `start` it waits."""
        self._waiting.append(event_id)
        self._untried.add(event_id)
        if self._client is not None:
            self._begin(event_id, self._client)

    def start(self) -> None:
        """Begin to deliver, also what a former process left."""
        self._client = aiohttp.ClientSession(timeout=_TIMEOUT)
        for event_id in self._waiting:
            self._begin(event_id, self._client)

    async def stop(self) -> None:
        """End all deliveries; what has not arrived stays waiting."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def settled(self, seconds: float) -> None:
        """Wait until every event was tried at least once."""
        await self._tried.until(lambda: not self._untried, seconds)

    def _begin(self, event_id: str, client: aiohttp.ClientSession) -> None:
        self._tasks[event_id] = asyncio.create_task(self._deliver(event_id, client))

    async def _deliver(self, event_id: str, client: aiohttp.ClientSession) -> None:
        delay = FIRST_DELAY_S
        try:
            while not await self._arrives(event_id, client):
                self._mark_tried(event_id)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY_S)
            self._waiting.remove(event_id)
        finally:
            self._mark_tried(event_id)
            self._tasks.pop(event_id, None)

    async def _arrives(self, event_id: str, client: aiohttp.ClientSession) -> bool:
        event = self._find(event_id)
        if event is None:
            return True
        payload = json.dumps(event, ensure_ascii=False, indent=2).encode()
        now = int(real_now().timestamp())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(payload, self._secret, timestamp=now),
        }
        try:
            async with client.post(self._url, data=payload, headers=headers) as response:
                arrived = 200 <= response.status < 300
        except (TimeoutError, aiohttp.ClientError):
            return False
        if arrived:
            event["pending_webhooks"] = 0
        return arrived

    def _mark_tried(self, event_id: str) -> None:
        self._untried.discard(event_id)
        self._tried.notify()

    def dump(self) -> list[str]:
        """What has not arrived, as JSON for the state file."""
        return list(self._waiting)

    def load(self, saved: list[str]) -> None:
        """Back from the state file."""
        self._waiting = saved
