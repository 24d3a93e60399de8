"""Offers whose price is a deposit, settled to the minutes that the session took."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offers") as offers:
        offers.add_column(_by_minute())
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(_by_minute())
        sessions.add_column(sa.Column("finished_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("finished_at")
        sessions.drop_column("by_minute")
    with op.batch_alter_table("offers") as offers:
        offers.drop_column("by_minute")


def _by_minute() -> sa.Column[bool]:
    return sa.Column("by_minute", sa.Boolean(), nullable=False, server_default=sa.false())
