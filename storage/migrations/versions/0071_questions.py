"""Written questions, and what answers cost."""

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, UtcDateTime

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_offers",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(), nullable=False),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("expert_id", name=op.f("pk_written_offers")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(), nullable=False),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("answer", EncryptedText(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_client_id"), "questions", ["client_id"])
    op.create_index(op.f("ix_questions_expert_id"), "questions", ["expert_id"])
    op.create_index("ix_questions_state_due_at", "questions", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("questions")
    op.drop_table("written_offers")
