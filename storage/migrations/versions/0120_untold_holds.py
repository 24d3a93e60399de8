"""Holds that nobody was told of are found among all that ever ran out."""

from alembic import op

revision = "0120"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_sessions_state_held_until", "sessions", ["state", "held_until"])


def downgrade() -> None:
    op.drop_index("ix_sessions_state_held_until", "sessions")
