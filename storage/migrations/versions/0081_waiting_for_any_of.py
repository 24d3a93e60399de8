"""Waiting for a time of any of several offers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision: str | None = "0080"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("waitlist") as table:
        table.add_column(sa.Column("any_of", sa.String(), nullable=True))
        table.create_index(op.f("ix_waitlist_any_of"), ["any_of"])


def downgrade() -> None:
    with op.batch_alter_table("waitlist") as table:
        table.drop_index(op.f("ix_waitlist_any_of"))
        table.drop_column("any_of")
