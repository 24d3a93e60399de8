"""What changed of experts is found without reading them all."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0100"
down_revision = "0110"
branch_labels = None
depends_on = None

_LONG_AGO = sa.text("'2020-01-01 00:00:00.000000'")


def upgrade() -> None:
    with op.batch_alter_table("expert_facts") as table:
        table.add_column(
            sa.Column("changed_at", UtcDateTime(), nullable=False, server_default=_LONG_AGO)
        )
    with op.batch_alter_table("expert_facts") as table:
        table.alter_column("changed_at", server_default=None)
        table.create_index(op.f("ix_expert_facts_changed_at"), ["changed_at"])


def downgrade() -> None:
    with op.batch_alter_table("expert_facts") as table:
        table.drop_index(op.f("ix_expert_facts_changed_at"))
        table.drop_column("changed_at")
