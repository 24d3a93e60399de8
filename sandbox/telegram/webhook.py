"""Bringing updates to the bot's own address."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import aiohttp

from sandbox.telegram.updates import UpdateQueue
from sandbox.values import JsonObject

FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 30.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)
_PATIENCE_S = 3600.0


class Webhook:
    """The address, and the last failure to reach it."""

    def __init__(self) -> None:
        self.url = ""
        self.secret = ""
        self._max_connections = 40
        self._failure: JsonObject = {}

    def set(self, url: str, secret: str, *, max_connections: int) -> None:
        """Deliver to `url` from now on, with `secret` in each request's header."""
        self.url = url
        self.secret = secret
        self._max_connections = max_connections
        self._failure = {}

    def unset(self) -> None:
        """Deliver no more."""
        self.set("", "", max_connections=40)

    def failed(self, why: str, *, at: int) -> None:
        """Remember a failed delivery for getWebhookInfo."""
        self._failure = {"last_error_date": at, "last_error_message": why}

    def info(self) -> JsonObject:
        """WebhookInfo, without what the queue knows."""
        info: JsonObject = {"url": self.url, "has_custom_certificate": False}
        if self.url:
            info["max_connections"] = self._max_connections
        return info | self._failure

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return {
            "url": self.url,
            "secret": self.secret,
            "max_connections": self._max_connections,
        }

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self.set(saved["url"], saved["secret"], max_connections=saved["max_connections"])


async def deliver(
    updates: UpdateQueue,
    webhook: Webhook,
    *,
    timestamp: Callable[[], int],
    perform: Callable[[str, JsonObject], Awaitable[None]],
) -> None:
    """Bring updates to the webhook one after another, in order, each until it is taken.

    `perform` does the method call that a bot may put into its answer. Runs until cancelled.
    """
    delay = FIRST_DELAY_S
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as client:
        while True:
            waits = await updates.signal.until(
                lambda: bool(webhook.url) and bool(updates.peek(1)), _PATIENCE_S
            )
            if not waits:
                await asyncio.sleep(FIRST_DELAY_S)
                continue
            update = updates.peek(1)[0]
            answer, failure = await _post(client, webhook, update)
            if failure:
                webhook.failed(failure, at=timestamp())
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY_S)
                continue
            delay = FIRST_DELAY_S
            updates.confirm(update["update_id"] + 1)
            method = answer.pop("method", None)
            if isinstance(method, str):
                await perform(method, answer)


async def _post(
    client: aiohttp.ClientSession, webhook: Webhook, update: JsonObject
) -> tuple[JsonObject, str]:
    headers = {"Content-Type": "application/json"}
    if webhook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
    body = json.dumps(update, ensure_ascii=False).encode()
    try:
        async with client.post(webhook.url, data=body, headers=headers) as response:
            if not 200 <= response.status < 300:
                phrase = HTTPStatus(response.status).phrase
                return {}, f"Wrong response from the webhook: {response.status} {phrase}"
            return _answer(await response.read()), ""
    except (TimeoutError, aiohttp.ClientError) as error:
        return {}, str(error) or "Read timeout expired"


def _answer(body: bytes) -> JsonObject:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
