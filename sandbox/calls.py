"""The record of what the bot called."""

from collections import deque

from sandbox.values import JsonObject

KEPT = 50_000


class Calls:
    """The latest calls of the bot, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[JsonObject] = deque(maxlen=KEPT)
        self._count = 0

    def add(self, method: str, params: JsonObject, *, at: str) -> JsonObject:
        """Record a call; the answer is put into the returned record later."""
        self._count += 1
        call: JsonObject = {"n": self._count, "method": method, "params": params, "at": at}
        self._calls.append(call)
        return call

    def listed(self, method: str | None) -> list[JsonObject]:
        """The calls of one method, or all."""
        wanted = method.lower() if method else None
        return [call for call in self._calls if wanted in (None, call["method"].lower())]
