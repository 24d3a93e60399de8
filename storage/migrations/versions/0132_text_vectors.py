"""Vectors of experts' texts, so that a start need not embed them anew."""

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expert_text_vectors",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "digest", name=op.f("pk_expert_text_vectors")),
    )
    op.create_index(op.f("ix_expert_text_vectors_digest"), "expert_text_vectors", ["digest"])


def downgrade() -> None:
    op.drop_table("expert_text_vectors")
