"""How experts kept to what was asked of them and agreed with them counts in the score."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

_COUNTS = ("asked_count", "replied_count", "agreed_count", "kept_count")


def upgrade() -> None:
    with op.batch_alter_table("expert_facts") as table:
        for name in _COUNTS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("expert_facts") as table:
        for name in _COUNTS:
            table.alter_column(name, server_default=None)
    op.create_index(op.f("ix_session_moves_at"), "session_moves", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_session_moves_at"), "session_moves")
    with op.batch_alter_table("expert_facts") as table:
        for name in _COUNTS:
            table.drop_column(name)
