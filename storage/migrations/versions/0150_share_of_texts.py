"""How many of a broadcast's readers get its other text."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0141"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("broadcasts") as table:
        table.add_column(
            sa.Column("other_percent", sa.Integer(), nullable=False, server_default="50")
        )


def downgrade() -> None:
    with op.batch_alter_table("broadcasts") as table:
        table.drop_column("other_percent")
