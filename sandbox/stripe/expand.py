"""Objects in place of their ids, where the caller asks for it."""

import copy
from typing import Any

from sandbox.stripe.errors import StripeError
from sandbox.stripe.store import Store
from sandbox.values import JsonObject


def expanded(store: Store, thing: JsonObject, paths: Any) -> JsonObject:
    """A copy of `thing` with the ids at these dotted paths replaced by their objects.

    Raises: StripeError when a path does not lead to something that expands.
    """
    result = copy.deepcopy(thing)
    for path in paths if isinstance(paths, list) else []:
        _expand(store, result, str(path).split("."), str(path))
    return result


def _expand(store: Store, thing: Any, parts: list[str], path: str) -> None:
    if not parts:
        return
    if isinstance(thing, list):
        for inner in thing:
            _expand(store, inner, parts, path)
        return
    name, rest = parts[0], parts[1:]
    if not isinstance(thing, dict) or name not in thing:
        raise StripeError(f"This property cannot be expanded ({path}).", param="expand")
    value = thing[name]
    if isinstance(value, str):
        found = store.find(value)
        if found is None:
            raise StripeError(f"This property cannot be expanded ({path}).", param="expand")
        thing[name] = copy.deepcopy(found)
    if thing[name] is not None:
        _expand(store, thing[name], rest, path)
