"""Busy times of imported calendars without a list for each: start, end, start, end."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue

revision = "0082"
down_revision: str | None = "0081"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_CALENDARS = sa.table(
    "imported_calendars", sa.column("id", sa.String()), sa.column("busy", JsonValue())
)


def upgrade() -> None:
    connection = op.get_bind()
    for calendar_id, busy in connection.execute(sa.select(_CALENDARS)).all():
        flat: list[int] = []
        for start, end in sorted(busy):
            if flat and start <= flat[-1]:
                flat[-1] = max(flat[-1], end)
            else:
                flat += [start, end]
        _put(connection, calendar_id, flat)


def downgrade() -> None:
    connection = op.get_bind()
    for calendar_id, flat in connection.execute(sa.select(_CALENDARS)).all():
        _put(connection, calendar_id, [[*pair] for pair in zip(flat[::2], flat[1::2], strict=True)])


def _put(connection: sa.Connection, calendar_id: str, busy: list[int] | list[list[int]]) -> None:
    connection.execute(
        sa.update(_CALENDARS).where(_CALENDARS.c.id == calendar_id).values(busy=busy)
    )
