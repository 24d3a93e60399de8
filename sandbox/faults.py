"""Failures on demand: refusals before the effect, answers lost after it, Telegram's pace."""

import asyncio
import math
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus

from sandbox.values import JsonObject

MESSAGES_PER_SECOND = 30


@dataclass
class Rule:
    """Calls of `method` are refused with `status`, or done but not answered (`lose`)."""

    method: str
    times: int
    status: int = 0
    retry_after: int | None = None
    chat_id: int | None = None
    lose: bool = False

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether this rule strikes a call."""
        same = self.method.lower() == method.lower()
        return self.times > 0 and same and self.chat_id in (None, chat_id)


@dataclass(frozen=True)
class Refusal:
    """What a struck call is answered."""

    status: int
    description: str
    retry_after: int | None = None


class Faults:
    """The rules in force and the switches."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.pace = False
        self.repeat_updates = 1
        self._sent: deque[tuple[float, int]] = deque()

    def refusal(self, method: str, chat_id: int | None) -> Refusal | None:
        """Use up a refusing rule that fits this call."""
        rule = self._take(method, chat_id, lose=False)
        if rule is None:
            return None
        return _refusal(rule.status, rule.retry_after)

    def loses_answer(self, method: str, chat_id: int | None) -> bool:
        """Use up a rule by which this call's answer never comes."""
        return self._take(method, chat_id, lose=True) is not None

    def too_fast(self, chat_id: int) -> Refusal | None:
        """Count one message at Telegram's pace: 1 a second a chat, 30 a second in all."""
        if not self.pace:
            return None
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0][0] <= now - 1:
            self._sent.popleft()
        same_chat = [at for at, chat in self._sent if chat == chat_id]
        if same_chat or len(self._sent) >= MESSAGES_PER_SECOND:
            free_at = (same_chat[-1] if same_chat else self._sent[0][0]) + 1
            return _refusal(HTTPStatus.TOO_MANY_REQUESTS, max(1, math.ceil(free_at - now)))
        self._sent.append((now, chat_id))
        return None

    def as_json(self) -> JsonObject:
        """What is in force."""
        return {
            "rules": [vars(rule) for rule in self.rules if rule.times > 0],
            "pace": self.pace,
            "repeat_updates": self.repeat_updates,
        }

    def _take(self, method: str, chat_id: int | None, *, lose: bool) -> Rule | None:
        for rule in self.rules:
            if rule.lose == lose and rule.fits(method, chat_id):
                rule.times -= 1
                return rule
        return None


def _refusal(status: int, retry_after: int | None) -> Refusal:
    match status:
        case 429:
            seconds = retry_after or 1
            return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)
        case 403:
            return Refusal(403, "Forbidden: bot was blocked by the user")
        case 400:
            return Refusal(400, "Bad Request: refused by the sandbox")
        case _:
            return Refusal(status, HTTPStatus(status).phrase)
