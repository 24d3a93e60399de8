"""Sessions that several clients share."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("offers") as offers:
        offers.add_column(sa.Column("seats", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("group_id", sa.String(), nullable=True))
        sessions.create_index(op.f("ix_sessions_group_id"), ["group_id"])


def downgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_index(op.f("ix_sessions_group_id"))
        sessions.drop_column("group_id")
    with op.batch_alter_table("offers") as offers:
        offers.drop_column("seats")
