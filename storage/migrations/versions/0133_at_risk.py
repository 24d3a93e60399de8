"""Which customers are at risk of leaving, and why."""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profiles") as table:
        table.add_column(sa.Column("at_risk", sa.Double(), nullable=True))
        table.add_column(
            sa.Column("at_risk_reasons", JsonValue(), nullable=False, server_default="[]")
        )


def downgrade() -> None:
    with op.batch_alter_table("profiles") as table:
        table.drop_column("at_risk_reasons")
        table.drop_column("at_risk")
