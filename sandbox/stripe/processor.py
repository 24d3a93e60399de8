"""The card processor: its objects, keys, events, on the sandbox's clock."""

import copy
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.clock import SandboxClock
from sandbox.stripe.events import Deliveries
from sandbox.stripe.idempotency import IdempotencyKeys
from sandbox.stripe.store import Store, new_object_id
from sandbox.values import JsonObject

WEBHOOK_SECRET = "whsec_hourwise_sandbox"  # noqa: S105 - of the sandbox, which is for trying


HOLD_S = 7 * 24 * 3600
"""How long a hold on a card lasts."""


@dataclass(frozen=True)
class Origin:
    """The API request that an event comes from, if it comes from one."""

    request_id: str | None = None
    idempotency_key: str | None = None
    api_version: str | None = None


class Processor:
    """What the processor knows. Operations are functions of the other modules."""

    def __init__(self, *, clock: SandboxClock, product_url: str, webhook_secret: str) -> None:
        self._clock = clock
        self.store = Store()
        self.keys = IdempotencyKeys()
        self.deliveries = Deliveries(
            url=f"{product_url.rstrip('/')}/stripe/webhook",
            secret=webhook_secret,
            find=self.store.find,
        )
        self.line_items: dict[str, list[JsonObject]] = {}
        self.intent_data: dict[str, JsonObject] = {}
        self.return_urls: dict[str, str] = {}
        self.drop_webhooks = False
        self.origin = Origin()

    def now(self) -> int:
        """The present instant in Unix seconds."""
        return self._clock.timestamp()

    def emit(self, kind: str, thing: JsonObject) -> None:
        """An event about the present state of an object, kept and sent to the product."""
        event: JsonObject = {
            "id": new_object_id("event"),
            "object": "event",
            "api_version": self.origin.api_version,
            "created": self.now(),
            "data": {"object": copy.deepcopy(thing)},
            "livemode": False,
            "pending_webhooks": 0 if self.drop_webhooks else 1,
            "request": {
                "id": self.origin.request_id,
                "idempotency_key": self.origin.idempotency_key,
            },
            "type": kind,
        }
        self.store.add(event)
        if not self.drop_webhooks:
            self.deliveries.send(event["id"])

    def next_due(self) -> datetime | None:
        """When the next Checkout Session expires, or a hold on a card ends."""
        ends = [
            session["expires_at"]
            for session in self.store.of_kind("checkout.session")
            if session["status"] == "open"
        ] + [
            intent["created"] + HOLD_S
            for intent in self.store.of_kind("payment_intent")
            if intent["status"] == "requires_capture"
        ]
        return datetime.fromtimestamp(min(ends), UTC) if ends else None

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return {
            "objects": self.store.dump(),
            "keys": self.keys.dump(),
            "undelivered": self.deliveries.dump(),
            "line_items": self.line_items,
            "intent_data": self.intent_data,
            "return_urls": self.return_urls,
        }

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self.store.load(saved["objects"])
        self.keys.load(saved["keys"])
        self.deliveries.load(saved["undelivered"])
        self.line_items = saved["line_items"]
        self.intent_data = saved["intent_data"]
        self.return_urls = saved["return_urls"]
