"""Refunds that get no answer wait longer each time; payments know that their payer was erased."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0140"
down_revision = "0133"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("refunds") as table:
        table.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("try_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("payments") as table:
        table.add_column(
            sa.Column("payer_gone", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE payments SET payer_gone = true "
        "WHERE payer IN (SELECT id FROM persons WHERE erased_at IS NOT NULL)"
    )


def downgrade() -> None:
    with op.batch_alter_table("payments") as table:
        table.drop_column("payer_gone")
    with op.batch_alter_table("refunds") as table:
        table.drop_column("try_at")
        table.drop_column("tries")
