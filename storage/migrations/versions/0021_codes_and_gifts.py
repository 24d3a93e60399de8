"""Promo codes, gift vouchers, partners, and who brought whom."""

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promo_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("per_mille", sa.Integer(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("per_person", sa.Integer(), nullable=False),
        sa.Column("only_person", sa.String(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_promo_codes")),
    )
    op.create_table(
        "promo_code_uses",
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_promo_code_uses_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["promo_codes.code"], name=op.f("fk_promo_code_uses_code")
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_promo_code_uses")),
    )
    op.create_index(op.f("ix_promo_code_uses_code"), "promo_code_uses", ["code"])
    op.create_index(op.f("ix_promo_code_uses_person"), "promo_code_uses", ["person"])
    op.create_table(
        "vouchers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("code", EncryptedText(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("redeemed_by", sa.String(), nullable=True),
        sa.Column("redeemed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("digest", name=op.f("uq_vouchers_digest")),
    )
    op.create_index(op.f("ix_vouchers_buyer"), "vouchers", ["buyer"])
    op.create_table(
        "partners",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_partners")),
    )
    op.create_table(
        "introductions",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("by_person", sa.String(), nullable=True),
        sa.Column("by_partner", sa.String(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("rewarded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_partner"], ["partners.code"], name=op.f("fk_introductions_by_partner")
        ),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_introductions")),
    )
    op.create_index(op.f("ix_introductions_by_person"), "introductions", ["by_person"])
    op.create_index(op.f("ix_introductions_by_partner"), "introductions", ["by_partner"])


def downgrade() -> None:
    for table in ("introductions", "partners", "vouchers", "promo_code_uses", "promo_codes"):
        op.drop_table(table)
