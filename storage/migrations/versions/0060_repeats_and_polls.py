"""Broadcasts that are repeated, and surveys that the operator writes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, JsonValue, UtcDateTime

revision = "0060"
down_revision: str | None = "0071"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "repeats",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("message", JsonValue(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("campaign", sa.String(), nullable=True),
        sa.Column("poll", sa.String(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repeats")),
    )
    op.create_index(op.f("ix_repeats_next_at"), "repeats", ["next_at"])
    op.create_index(op.f("ix_repeats_poll"), "repeats", ["poll"])
    op.create_table(
        "polls",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("questions", JsonValue(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_created_at"), "polls", ["created_at"])
    op.create_table(
        "poll_answers",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("words", EncryptedText(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_answers_poll_id_polls")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_poll_answers_person_id_persons")
        ),
        sa.PrimaryKeyConstraint(
            "poll_id", "person_id", "round", "question", name=op.f("pk_poll_answers")
        ),
    )
    op.create_index(op.f("ix_poll_answers_person_id"), "poll_answers", ["person_id"])


def downgrade() -> None:
    op.drop_table("poll_answers")
    op.drop_table("polls")
    op.drop_table("repeats")
