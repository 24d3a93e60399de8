"""Judging JSON by the machine-readable specification of the Bot API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "shared" / "data"
_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
    "Float number": (int, float),
}


def available() -> bool:
    """Whether the specification lies beside the repository."""
    return (DATA / "telegram-bot-api.json").exists()


@cache
def spec() -> dict[str, Any]:
    """The specification."""
    loaded: dict[str, Any] = json.loads((DATA / "telegram-bot-api.json").read_text())
    return loaded


def problems(value: Any, types: list[str], place: str = "$") -> list[str]:
    """What is wrong with a value that should be of one of these types; nothing when it is."""
    found: list[list[str]] = []
    for name in types:
        wrong = _against(value, name, place)
        if not wrong:
            return []
        found.append(wrong)
    return min(found, key=len)


def _against(value: Any, name: str, place: str) -> list[str]:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{place} is no list"]
        inner = name.removeprefix("Array of ")
        return [
            wrong
            for number, item in enumerate(value)
            for wrong in problems(item, [inner], f"{place}[{number}]")
        ]
    if name in _PLAIN:
        right = isinstance(value, _PLAIN[name]) and (
            name in ("Boolean", "True") or not isinstance(value, bool)
        )
        return [] if right else [f"{place} is no {name}: {value!r}"]
    described = spec()["types"][name]
    if described.get("subtypes"):
        return problems(value, described["subtypes"], place)
    return _object(value, described, place)


def _object(value: Any, described: dict[str, Any], place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place} is no {described['name']}"]
    fields = {field["name"]: field for field in described.get("fields", [])}
    wrong = [
        f"{place}.{name} is not in {described['name']}" for name in value if name not in fields
    ]
    for name, field in fields.items():
        if name in value:
            wrong += problems(value[name], field["types"], f"{place}.{name}")
        elif field["required"]:
            wrong.append(f"{place}.{name} of {described['name']} is missing")
    return wrong
