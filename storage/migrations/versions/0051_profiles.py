"""Profiles: what was learnt about people, and the segment that broadcasts go by."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0051"
down_revision: str | None = "0050"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("will_book", sa.Double(), nullable=True),
        sa.Column("reasons", JsonValue(), nullable=False),
        sa.Column("features", JsonValue(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profiles")),
    )
    op.create_index(op.f("ix_profiles_segment"), "profiles", ["segment"])
    op.create_table(
        "profile_nights",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("card", JsonValue(), nullable=False),
        sa.Column("groups", JsonValue(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_profile_nights")),
    )
    with op.batch_alter_table("persons") as table:
        table.add_column(sa.Column("segment", sa.String(), nullable=True))
        table.create_index("ix_persons_segment", ["segment"])


def downgrade() -> None:
    with op.batch_alter_table("persons") as table:
        table.drop_index("ix_persons_segment")
        table.drop_column("segment")
    op.drop_table("profile_nights")
    op.drop_index(op.f("ix_profiles_segment"), "profiles")
    op.drop_table("profiles")
