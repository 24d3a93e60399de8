"""Who waits for a time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "waitlist",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("frm", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_waitlist_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist")),
    )
    op.create_index(op.f("ix_waitlist_client_id"), "waitlist", ["client_id"], unique=False)
    op.create_index(op.f("ix_waitlist_offer_id"), "waitlist", ["offer_id"], unique=False)
    op.create_index("ix_waitlist_state_created_at", "waitlist", ["state", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_waitlist_state_created_at", table_name="waitlist")
    op.drop_index(op.f("ix_waitlist_offer_id"), table_name="waitlist")
    op.drop_index(op.f("ix_waitlist_client_id"), table_name="waitlist")
    op.drop_table("waitlist")
