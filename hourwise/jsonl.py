"""JSON Lines files of the command line, read strictly."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kernel.errors import InputError


def read_rows(path: Path, *required: str) -> list[tuple[str, dict[str, Any]]]:
    """(place, row) of each line; each row has the `required` fields.

    Raises InputError naming the line that is wrong.
    """
    rows = list(_rows(path, required))
    if not rows:
        raise InputError(f"{path.name} has no rows")
    return rows


def text_field(row: dict[str, Any], name: str, place: str) -> str:
    """A field that is a text with something in it. Raises InputError."""
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{place}: {name!r} must be a text")
    return value


def list_field(row: dict[str, Any], name: str, place: str) -> list[str]:
    """A field that is a list of texts. Raises InputError."""
    value = row[name]
    if not isinstance(value, list) or not all(isinstance(one, str | int) for one in value):
        raise InputError(f"{place}: {name!r} must be a list of texts")
    return [str(one) for one in value]


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text (byte {error.start})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path.name}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{place}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise InputError(f"{place}: must be a JSON object")
        for name in required:
            if name not in row:
                raise InputError(f"{place}: the field {name!r} is missing")
        yield place, row
