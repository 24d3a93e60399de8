"""Clients and experts who are not to meet."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0130"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["persons.id"], name=op.f("fk_blocks_client_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["experts.id"], name=op.f("fk_blocks_expert_id_experts")
        ),
        sa.PrimaryKeyConstraint("client_id", "expert_id", "by", name=op.f("pk_blocks")),
    )
    op.create_index(op.f("ix_blocks_expert_id"), "blocks", ["expert_id"])


def downgrade() -> None:
    op.drop_table("blocks")
