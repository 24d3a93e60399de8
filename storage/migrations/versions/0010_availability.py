"""Travel and limits of experts' time; what an operator's file last said."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue

revision = "0010"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("schedules") as schedules:
        schedules.add_column(
            sa.Column("travel", JsonValue(), nullable=False, server_default=sa.text("'[]'"))
        )
        schedules.add_column(sa.Column("per_day", sa.Integer(), nullable=True))
        schedules.add_column(sa.Column("per_week", sa.Integer(), nullable=True))
        schedules.add_column(sa.Column("imported", JsonValue(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("schedules") as schedules:
        for name in ("imported", "per_week", "per_day", "travel"):
            schedules.drop_column(name)
