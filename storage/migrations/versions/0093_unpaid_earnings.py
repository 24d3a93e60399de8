"""What an expert earned and was not paid out is found without their whole history."""

from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_earnings_expert_id"), "earnings")
    op.create_index("ix_earnings_expert_id_payout_id", "earnings", ["expert_id", "payout_id"])


def downgrade() -> None:
    op.drop_index("ix_earnings_expert_id_payout_id", "earnings")
    op.create_index(op.f("ix_earnings_expert_id"), "earnings", ["expert_id"])
