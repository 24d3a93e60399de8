"""Nested form parameters, and reading single values from them."""

import re
from typing import Any
from urllib.parse import parse_qsl

from sandbox.stripe.errors import StripeError, required
from sandbox.values import JsonObject

_PART = re.compile(r"[^\[\]]+")


def parse_form(encoded: str) -> JsonObject:
    """`a[b][0]=c` as `{"a": {"b": ["c"]}}`; all leaves are texts."""
    tree: JsonObject = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True):
        parts = _PART.findall(key)
        if key.endswith("[]"):
            parts.append("")
        _put(tree, parts, value)
    return {key: _with_lists(value) for key, value in tree.items()}


def text(params: JsonObject, name: str) -> str | None:
    """A text, None when absent or empty.

    Raises: StripeError when it is a structure.
    """
    value = params.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise StripeError("Invalid string: " + str(value), param=name)
    return value


def required_text(params: JsonObject, name: str) -> str:
    """A text that must be there.

    Raises: StripeError when it is not.
    """
    value = text(params, name)
    if value is None:
        raise required(name)
    return value


def integer(params: JsonObject, name: str, *, label: str | None = None) -> int | None:
    """A whole number, None when absent.

    Raises: StripeError when it is no whole number.
    """
    value = text(params, name)
    if value is None:
        return None
    try:
        return int(value)
    except ValueError:
        raise StripeError(
            f"Invalid integer: {value}", code="parameter_invalid_integer", param=label or name
        ) from None


def amount(params: JsonObject, name: str, *, label: str | None = None) -> int | None:
    """A positive amount in minor units, None when absent.

    Raises: StripeError when it is no whole number above zero.
    """
    value = integer(params, name, label=label)
    if value is not None and value < 1:
        raise StripeError(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param=label or name,
        )
    return value


def mapping(params: JsonObject, name: str) -> JsonObject:
    """A structure, empty when absent.

    Raises: StripeError when it is none.
    """
    value = params.get(name)
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise StripeError(f"Invalid object: {name}", param=name)
    return value


def metadata(params: JsonObject) -> JsonObject:
    """The metadata: at most 50 keys of 40 characters, values of 500.

    Raises: StripeError beyond these limits.
    """
    given = mapping(params, "metadata")
    if len(given) > 50:
        raise StripeError("You can have up to 50 keys in metadata.", param="metadata")
    for key, value in given.items():
        if len(key) > 40 or len(str(value)) > 500:
            raise StripeError(
                "Metadata keys have up to 40 characters, values up to 500.",
                param=f"metadata[{key}]",
            )
    return {key: value for key, value in given.items() if value != ""}


def currency(params: JsonObject, label: str = "currency") -> str:
    """The currency, in lower case.

    Raises: StripeError when it is absent or no currency.
    """
    value = required_text(params, "currency").lower()
    if not re.fullmatch(r"[a-z]{3}", value):
        raise StripeError(f"Invalid currency: {value}.", param=label)
    return value


def only(params: JsonObject, *known: str) -> None:
    """Refuse what the operation does not know.

    Raises: StripeError naming the first unknown parameter.
    """
    for name in params:
        if name not in known and name != "expand":
            raise StripeError(
                f"Received unknown parameter: {name}", code="parameter_unknown", param=name
            )


def _put(tree: JsonObject, parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        branch = tree.setdefault(part, {})
        if not isinstance(branch, dict):
            raise StripeError(f"Invalid object: {part}", param=part)
        tree = branch
    name = parts[-1] or str(len(tree))
    tree[name] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdecimal() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(inner) for key, inner in value.items()}
