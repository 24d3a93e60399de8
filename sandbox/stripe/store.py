"""The processor's objects, by id."""

import secrets
import string

from sandbox.stripe.errors import StripeError, missing
from sandbox.values import JsonObject

_ALPHABET = string.ascii_letters + string.digits
_PREFIXES = {
    "checkout.session": "cs_test_",
    "payment_intent": "pi_",
    "charge": "ch_",
    "refund": "re_",
    "dispute": "dp_",
    "balance_transaction": "txn_",
    "transfer": "tr_",
    "transfer_reversal": "trr_",
    "account": "acct_",
    "event": "evt_",
    "line_item": "li_",
}


def new_object_id(kind: str) -> str:
    """An id as the processor makes them."""
    return random_id(_PREFIXES[kind])


def random_id(prefix: str, length: int = 24) -> str:
    """`prefix` and random letters and digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


class Store:
    """Objects as JSON; whoever changes one changes it in place."""

    def __init__(self) -> None:
        self._objects: dict[str, JsonObject] = {}

    def add(self, thing: JsonObject) -> JsonObject:
        """Keep a new object."""
        self._objects[thing["id"]] = thing
        return thing

    def find(self, object_id: str) -> JsonObject | None:
        """Any object by its id."""
        return self._objects.get(object_id)

    def get(self, kind: str, object_id: str, *, param: str = "id") -> JsonObject:
        """An object of one kind.

        Raises: StripeError when there is none.
        """
        found = self._objects.get(object_id)
        if found is None or found["object"] != kind:
            raise missing(kind, object_id, param=param, status=404 if param == "id" else 400)
        return found

    def of_kind(self, kind: str) -> list[JsonObject]:
        """All objects of one kind, newest first."""
        return [thing for thing in reversed(self._objects.values()) if thing["object"] == kind]

    def dump(self) -> list[JsonObject]:
        """As JSON for the state file."""
        return list(self._objects.values())

    def load(self, saved: list[JsonObject]) -> None:
        """Back from the state file."""
        self._objects = {thing["id"]: thing for thing in saved}


def page_of(things: list[JsonObject], params: JsonObject, url: str) -> JsonObject:
    """One page of a list, newest first, by `limit`, `starting_after` and `ending_before`.

    Raises: StripeError for a limit beyond 1 to 100 or an unknown cursor.
    """
    limit = _limit(params)
    ids = [thing["id"] for thing in things]
    start, end = 0, len(things)
    if params.get("starting_after"):
        start = _place(ids, params["starting_after"]) + 1
    if params.get("ending_before"):
        end = _place(ids, params["ending_before"])
        start = max(start, end - limit)
    chosen = things[start:end][:limit]
    return {
        "object": "list",
        "data": chosen,
        "has_more": end - start > limit,
        "url": url,
    }


def _limit(params: JsonObject) -> int:
    value = str(params.get("limit", "10"))
    if not value.isdecimal() or not 1 <= int(value) <= 100:
        raise StripeError(f"Invalid limit: {value}, it must be between 1 and 100.", param="limit")
    return int(value)


def _place(ids: list[str], cursor: str) -> int:
    if cursor not in ids:
        raise missing("object", cursor, param="starting_after", status=400)
    return ids.index(cursor)
