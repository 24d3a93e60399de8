"""Delivery: voids that reach what is being sent, broadcasts that pause, rests that are kept."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0030"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SETTLED = "'sent', 'void', 'blocked', 'failed', 'unknown'"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("variant", sa.String(), nullable=True))
        table.add_column(
            sa.Column("voided", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.drop_index("ix_outbox_about")
        table.drop_index("ix_outbox_recipient")
        table.drop_index("ix_outbox_state")
        table.create_index("ix_outbox_about_state_due_at", ["about", "state", "due_at"])
        table.create_index("ix_outbox_state_priority_due_at", ["state", "priority", "due_at"])
        table.create_index("ix_outbox_recipient_settled_at", ["recipient", "settled_at"])
    op.execute(f"UPDATE outbox SET content = NULL WHERE state IN ({_SETTLED})")  # noqa: S608 - ours
    with op.batch_alter_table("broadcasts") as table:
        table.add_column(sa.Column("listed", JsonValue(), nullable=True))
        table.add_column(sa.Column("other_text", JsonValue(), nullable=True))
        table.add_column(sa.Column("media", JsonValue(), nullable=True))
        table.add_column(sa.Column("buttons", JsonValue(), nullable=True))
        table.add_column(sa.Column("campaign", sa.String(), nullable=True))
        table.add_column(sa.Column("at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("local_time", sa.String(), nullable=True))
        # whoever was in an old broadcast has a row already
        table.add_column(
            sa.Column("planned", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.add_column(sa.Column("cursor", sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("active_seconds", sa.Double(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("resumed_at", UtcDateTime(), nullable=True))
        table.create_index("ix_broadcasts_state", ["state"])
    with op.batch_alter_table("broadcasts") as table:
        table.alter_column("planned", existing_type=sa.Boolean(), server_default=None)
        table.alter_column("cursor", existing_type=sa.String(), server_default=None)
        table.alter_column("active_seconds", existing_type=sa.Double(), server_default=None)
    op.create_table(
        "rests",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_rests")),
    )


def downgrade() -> None:
    op.drop_table("rests")
    with op.batch_alter_table("broadcasts") as table:
        table.drop_index("ix_broadcasts_state")
        for column in (
            "listed", "other_text", "media", "buttons", "campaign", "at", "local_time", "planned",
            "cursor", "active_seconds", "resumed_at",
        ):  # fmt: skip
            table.drop_column(column)
    with op.batch_alter_table("outbox") as table:
        table.drop_index("ix_outbox_recipient_settled_at")
        table.drop_index("ix_outbox_state_priority_due_at")
        table.drop_index("ix_outbox_about_state_due_at")
        table.create_index("ix_outbox_state", ["state"])
        table.create_index("ix_outbox_recipient", ["recipient"])
        table.create_index("ix_outbox_about", ["about"])
        table.drop_column("voided")
        table.drop_column("variant")
