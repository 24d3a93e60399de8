"""Recommendation: the nights' models with their cards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0050"
down_revision: str | None = "0040"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "recommenders",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trained_at", UtcDateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("card", JsonValue(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recommenders")),
    )


def downgrade() -> None:
    op.drop_table("recommenders")
