"""The same key with the same parameters is done once."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from sandbox.stripe.errors import StripeError
from sandbox.values import JsonObject

KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255


@dataclass
class Kept:
    """The first answer to a key."""

    request: str
    at: int
    status: int
    body: JsonObject


class IdempotencyKeys:
    """First answers by key, forgotten after 24 hours."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def replay(self, key: str, request: str, *, now: int) -> Kept | None:
        """The first answer to this key, None when the key is new.

        Raises: StripeError when the key came with another request, or is too long.
        """
        if len(key) > LONGEST_KEY:
            raise StripeError(
                f"Idempotency keys can have at most {LONGEST_KEY} characters.",
                kind="idempotency_error",
            )
        kept = self._kept.get(key)
        if kept is None or kept.at <= now - KEPT_SECONDS:
            return None
        if kept.request != request:
            raise StripeError(
                "Keys for idempotent requests can only be used with the same parameters they were "
                f"first used with. Try using a key other than '{key}' if you meant to execute a "
                "different request.",
                kind="idempotency_error",
            )
        return kept

    def keep(self, key: str, kept: Kept) -> None:
        """Remember a first answer."""
        self._kept[key] = kept

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return {key: asdict(kept) for key, kept in self._kept.items()}

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self._kept = {key: Kept(**kept) for key, kept in saved.items()}


def fingerprint(method: str, path: str, params: JsonObject) -> str:
    """What makes two requests the same."""
    canonical = json.dumps([method, path, params], sort_keys=True)
    return sha256(canonical.encode()).hexdigest()
