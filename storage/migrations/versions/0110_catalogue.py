"""What is offered besides time: items, orders, and who has what."""

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, JsonValue, UtcDateTime

revision = "0110"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_items",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("titles", JsonValue(), nullable=False),
        sa.Column("words", EncryptedText(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("price_currency", sa.String(), nullable=True),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("rights", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=True),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("listed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_items")),
        sa.UniqueConstraint("question", name=op.f("uq_catalogue_items_question")),
    )
    op.create_index(op.f("ix_catalogue_items_author"), "catalogue_items", ["author"])
    op.create_index(op.f("ix_catalogue_items_asked_by"), "catalogue_items", ["asked_by"])
    op.create_index("ix_catalogue_items_state_topic", "catalogue_items", ["state", "topic"])
    op.create_table(
        "catalogue_orders",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["catalogue_items.id"],
            name=op.f("fk_catalogue_orders_item_id_catalogue_items"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_orders")),
    )  # fmt: skip
    op.create_index(op.f("ix_catalogue_orders_person_id"), "catalogue_orders", ["person_id"])
    op.create_index(
        "ix_catalogue_orders_item_id_person_id", "catalogue_orders", ["item_id", "person_id"]
    )
    op.create_table(
        "catalogue_owned",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["catalogue_items.id"],
            name=op.f("fk_catalogue_owned_item_id_catalogue_items"),
        ),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f("pk_catalogue_owned")),
    )  # fmt: skip
    op.create_index(op.f("ix_catalogue_owned_item_id"), "catalogue_owned", ["item_id"])


def downgrade() -> None:
    op.drop_table("catalogue_owned")
    op.drop_table("catalogue_orders")
    op.drop_table("catalogue_items")
