"""Drip sequences."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0061"
down_revision: str | None = "0060"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sequences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("steps", JsonValue(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequences")),
    )
    op.create_index(op.f("ix_sequences_stopped_at"), "sequences", ["stopped_at"])


def downgrade() -> None:
    op.drop_table("sequences")
