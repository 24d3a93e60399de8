"""A Rasa server that names intents over its HTTP API, as long as it answers in time."""

import asyncio
import logging
from collections.abc import Collection
from typing import Any

import aiohttp

from knowledge.model import Intent

_log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 1.0
_FAILURES = 3
_REST_SECONDS = 30.0
_RANKED = 10


class RasaServer:
    """Asks `POST /model/parse`.

    After three failures in a row it is left alone for 30 s: a person does not wait for a server
    that is down, and the embedded model answers meanwhile.
    """

    def __init__(
        self, address: str, *, known: Collection[str], patience: float = _PATIENCE_SECONDS,
        rest: float = _REST_SECONDS,
    ) -> None:  # fmt: skip
        """`known` are the intents that the bot can carry out; others count as none. `patience`
        and `rest` are seconds."""
        self._address = f"{address.rstrip('/')}/model/parse"
        self._known = frozenset(known)
        self._limit = aiohttp.ClientTimeout(total=patience)
        self._rest = rest
        self._failures = 0
        self._resting_until = 0.0
        self._http: aiohttp.ClientSession | None = None

    async def parse(self, text: str) -> Intent | None:
        """The intent, or None when the server did not say."""
        now = asyncio.get_running_loop().time()
        if now < self._resting_until:
            return None
        try:
            intent = self._intent(await self._ask(text))
        except (aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
            self._failed(error, now=now)
            return None
        self._failures = 0
        return intent

    async def _ask(self, text: str) -> Any:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=self._limit)
        async with self._http.post(self._address, json={"text": text}) as answer:
            answer.raise_for_status()
            return await answer.json()

    def _intent(self, parsed: Any) -> Intent:
        named, sure = parsed["intent"]["name"], float(parsed["intent"]["confidence"])
        ranking = tuple(
            (str(one["name"]), float(one["confidence"]))
            for one in parsed.get("intent_ranking", [])[:_RANKED]
        )
        return Intent(named if named in self._known else None, sure, ranking)

    def _failed(self, error: Exception, *, now: float) -> None:
        self._failures += 1
        _log.warning("the Rasa server did not name an intent: %r", error)
        if self._failures >= _FAILURES:
            self._failures = 0
            self._resting_until = now + self._rest
            _log.warning("the Rasa server is left alone for %.0f s", self._rest)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._http is not None:
            await self._http.close()
            self._http = None
