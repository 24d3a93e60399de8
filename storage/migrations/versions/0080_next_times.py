"""Next free times kept ready, and the marks of what has changed since; all are to be computed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0080"
down_revision: str | None = "0052"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "next_times",
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("good_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_next_times")),
    )
    op.create_index(op.f("ix_next_times_expert_id"), "next_times", ["expert_id"])
    op.create_index(op.f("ix_next_times_good_until"), "next_times", ["good_until"])
    op.create_table(
        "next_time_marks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_time_marks")),
    )
    op.create_index(op.f("ix_next_time_marks_expert_id"), "next_time_marks", ["expert_id"])
    op.execute("INSERT INTO next_time_marks (id, expert_id) SELECT id, expert_id FROM offers")


def downgrade() -> None:
    op.drop_table("next_time_marks")
    op.drop_table("next_times")
