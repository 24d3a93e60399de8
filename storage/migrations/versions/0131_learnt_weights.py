"""Whom people were shown, and the weights that were learnt from what they booked."""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_experts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("experts", JsonValue(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_experts")),
    )
    op.create_index(op.f("ix_shown_experts_person_id"), "shown_experts", ["person_id"])
    op.create_index(op.f("ix_shown_experts_at"), "shown_experts", ["at"])
    with op.batch_alter_table("recommenders") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="tastes"))


def downgrade() -> None:
    op.execute("DELETE FROM recommenders WHERE kind <> 'tastes'")
    with op.batch_alter_table("recommenders") as table:
        table.drop_column("kind")
    op.drop_table("shown_experts")
