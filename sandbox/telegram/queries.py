"""What a person waits for: answers to taps and to payments about to be made."""

import asyncio
import secrets
from dataclasses import dataclass

from sandbox.values import JsonObject

CALLBACK_SECONDS = 60.0
CHECKOUT_SECONDS = 10.0


@dataclass
class PendingCallback:
    """A tap on an inline button, until it is answered or too old."""

    person_id: int
    expires_at: float


@dataclass
class PendingCheckout:
    """A payment that waits for the bot's word."""

    person_id: int
    invoice: JsonObject
    amount: int
    outcome: str
    message_id: int | None
    expires_at: float


class Queries:
    """Queries by id, on real time: a moving sandbox clock expires none of them."""

    def __init__(self) -> None:
        self._callbacks: dict[str, PendingCallback] = {}
        self._checkouts: dict[str, PendingCheckout] = {}

    def callback(self, person_id: int) -> str:
        """The id of a new callback query."""
        query_id = _query_id()
        self._callbacks[query_id] = PendingCallback(person_id, _in(CALLBACK_SECONDS))
        return query_id

    def answered_callback(self, query_id: str) -> PendingCallback | None:
        """The tap that is answered; None when it is unknown or too old."""
        pending = self._callbacks.get(query_id)
        if pending is None or pending.expires_at < _in(0):
            self._callbacks.pop(query_id, None)
            return None
        return pending

    def checkout(
        self, person_id: int, invoice: JsonObject, amount: int, outcome: str, message_id: int | None
    ) -> str:
        """The id of a new pre-checkout query."""
        query_id = _query_id()
        self._checkouts[query_id] = PendingCheckout(
            person_id, invoice, amount, outcome, message_id, _in(CHECKOUT_SECONDS)
        )
        return query_id

    def take_checkout(self, query_id: str) -> PendingCheckout | None:
        """End the wait for an answer; None when nobody waits any more."""
        pending = self._checkouts.pop(query_id, None)
        return pending if pending and pending.expires_at >= _in(0) else None

    def expire_checkout(self, query_id: str) -> PendingCheckout | None:
        """Give up waiting, whatever the time."""
        return self._checkouts.pop(query_id, None)


def _in(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


def _query_id() -> str:
    return str(secrets.randbelow(2**62) + 2**60)
