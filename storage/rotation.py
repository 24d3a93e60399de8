"""Writing encrypted columns anew under the newest key, so that older keys can go."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    Column,
    CursorResult,
    LargeBinary,
    MetaData,
    Table,
    Update,
    select,
    tuple_,
    type_coerce,
    update,
)

from storage import secrets
from storage.engine import Database
from storage.types import EncryptedText

_ROWS_AT_ONCE = 200


@dataclass
class Rotation:
    """What a run has done so far: texts looked at, texts written anew, and by table the texts
    that no key opens."""

    seen: int = 0
    rewritten: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)


async def rotate(
    database: Database, tables: MetaData, *, tell: Callable[[Rotation], None]
) -> Rotation:
    """Put every encrypted text of the tables under the newest key; `tell` hears of each step.

    Runs beside a product at work: a text that changes meanwhile is left as it has become. A run
    that was broken off is started again; what was done stays done.
    """
    rotation = Rotation()
    for table in tables.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText):
                await _rotate_column(database, table, column, rotation, tell)
    return rotation


async def _rotate_column(
    database: Database,
    table: Table,
    column: Column[Any],
    rotation: Rotation,
    tell: Callable[[Rotation], None],
) -> None:
    keys = list(table.primary_key.columns)
    token = type_coerce(column, LargeBinary)
    page = select(*keys, token).where(column.is_not(None)).order_by(*keys).limit(_ROWS_AT_ONCE)
    rest = page
    while True:
        async with database.read() as db:
            rows = [tuple(row) for row in await db.execute(rest)]
        if not rows:
            return
        changes = [_anew(table, column, row, rotation) for row in rows]
        async with database.write.begin() as db:
            for change in changes:
                if change is not None:
                    done = cast("CursorResult[Any]", await db.execute(change))
                    rotation.rewritten += done.rowcount
        rotation.seen += len(rows)
        tell(rotation)
        rest = page.where(tuple_(*keys) > tuple_(*rows[-1][:-1]))


def _anew(
    table: Table, column: Column[Any], row: tuple[Any, ...], rotation: Rotation
) -> Update | None:
    """The statement that writes a text anew if it still is what was read; None where the newest
    key wrote it or no key opens it."""
    values, token = row[:-1], bytes(row[-1])
    if secrets.is_newest(token):
        return None
    try:
        anew = secrets.rotated(token)
    except secrets.UnreadableSecret:
        rotation.unreadable[table.name] += 1
        return None
    same = [key == value for key, value in zip(table.primary_key.columns, values, strict=True)]
    unchanged = type_coerce(column, LargeBinary) == token
    return update(table).where(*same, unchanged).values({column: type_coerce(anew, LargeBinary)})
