"""Receipts, invoices and credit notes with their series of numbers."""

import sqlalchemy as sa
from alembic import op

from storage.append_only import append_only_triggers
from storage.types import JsonValue, UtcDateTime

revision = "0022"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_paper_series")),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("refund_id", sa.String(), nullable=False),
        sa.Column("content", JsonValue(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_papers_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("number", name=op.f("uq_papers_number")),
        sa.UniqueConstraint(
            "payment_id", "kind", "refund_id", name=op.f("uq_papers_payment_id_kind_refund_id")
        ),
    )
    for statement in append_only_triggers(op.get_context().dialect.name, "papers"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("papers")
    op.drop_table("paper_series")
