"""Until when a card's hold lasts that is not captured yet."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("payments") as payments:
        payments.add_column(sa.Column("hold_until", UtcDateTime(), nullable=True))
        payments.create_index(op.f("ix_payments_hold_until"), ["hold_until"])


def downgrade() -> None:
    with op.batch_alter_table("payments") as payments:
        payments.drop_index(op.f("ix_payments_hold_until"))
        payments.drop_column("hold_until")
