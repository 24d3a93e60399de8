"""Imported calendars and private feeds."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, JsonValue, UtcDateTime

revision = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "imported_calendars",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("address", EncryptedText(), nullable=False),
        sa.Column("busy", JsonValue(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.Column("next_try", UtcDateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_calendars")),
    )
    op.create_index(op.f("ix_imported_calendars_expert_id"), "imported_calendars", ["expert_id"])
    op.create_index(op.f("ix_imported_calendars_next_try"), "imported_calendars", ["next_try"])
    op.create_table(
        "calendar_feeds",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("token", EncryptedText(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feeds_digest")),
    )


def downgrade() -> None:
    op.drop_table("calendar_feeds")
    op.drop_index(op.f("ix_imported_calendars_next_try"), table_name="imported_calendars")
    op.drop_index(op.f("ix_imported_calendars_expert_id"), table_name="imported_calendars")
    op.drop_table("imported_calendars")
