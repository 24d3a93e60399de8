"""Payments for anything, with credit and discounts; earnings, payouts, disputes, balances."""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue, UtcDateTime

revision = "0020"
down_revision = "0013"
branch_labels = None
depends_on = None

_NUMBERS = (
    "discount_minor", "credit_minor", "commission", "tax", "partner_share", "by_rail_minor",
    "returned_minor",
)  # fmt: skip
_BIG = frozenset({"discount_minor", "credit_minor", "by_rail_minor", "returned_minor"})


def upgrade() -> None:
    _widen_payments()
    with op.batch_alter_table("refunds") as batch:
        batch.add_column(sa.Column("to", sa.String(), nullable=False, server_default="rail"))
        batch.create_index(op.f("ix_refunds_reference"), ["reference"])
    with op.batch_alter_table("refunds") as batch:
        batch.alter_column("to", server_default=None)
    op.add_column("payment_events", sa.Column("problem", sa.String(), nullable=True))
    _add_payouts()
    _add_earnings()
    _add_disputes()
    op.create_table(
        "money_approvals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action", JsonValue(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_approvals")),
    )
    op.create_table(
        "rail_cursors",
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rail", name=op.f("pk_rail_cursors")),
    )
    op.create_table(
        "ledger_balances",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "currency", name=op.f("pk_ledger_balances")),
    )
    op.execute(
        "INSERT INTO ledger_balances (account, currency, minor) "
        "SELECT account, currency, -SUM(minor) FROM ledger_entries "
        "WHERE account LIKE 'held:%' OR account LIKE 'expert:%' GROUP BY account, currency"
    )


def _widen_payments() -> None:
    with op.batch_alter_table("payments") as batch:
        batch.drop_constraint(op.f("uq_payments_session_id"), type_="unique")
        batch.alter_column("session_id", new_column_name="subject")
        batch.add_column(
            sa.Column("purpose", sa.String(), nullable=False, server_default="session")
        )
        batch.add_column(
            sa.Column("price_minor", sa.BigInteger(), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in _NUMBERS:
            kind = sa.BigInteger() if name in _BIG else sa.Integer()
            batch.add_column(sa.Column(name, kind, nullable=False, server_default="0"))
        batch.add_column(sa.Column("partner", sa.String(), nullable=True))
        batch.add_column(sa.Column("code", sa.String(), nullable=True))
    op.execute("UPDATE payments SET price_minor = minor, by_rail_minor = refunded_minor")
    with op.batch_alter_table("payments") as batch:
        for name in ("purpose", "price_minor", "version", *_NUMBERS):
            batch.alter_column(name, server_default=None)
        batch.create_unique_constraint(op.f("uq_payments_purpose_subject"), ["purpose", "subject"])
        batch.create_index(op.f("ix_payments_subject"), ["subject"])
        batch.create_index(op.f("ix_payments_charge"), ["charge"])


def _add_payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("reversed_minor", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
    )
    op.create_index(op.f("ix_payouts_expert_id"), "payouts", ["expert_id"])
    op.create_index(op.f("ix_payouts_sent_at"), "payouts", ["sent_at"])
    op.create_table(
        "payout_reversals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("payout_id", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_reversals_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_reversals")),
    )
    op.create_index(op.f("ix_payout_reversals_payout_id"), "payout_reversals", ["payout_id"])
    op.create_index(op.f("ix_payout_reversals_settled_at"), "payout_reversals", ["settled_at"])
    op.create_table(
        "payout_accounts",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("expert_id", name=op.f("pk_payout_accounts")),
        sa.UniqueConstraint("account", name=op.f("uq_payout_accounts_account")),
    )


def _add_earnings() -> None:
    minors = ("expert_minor", "commission_minor", "tax_minor", "partner_minor", "returned_minor")
    op.create_table(
        "earnings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in minors),
        sa.Column("released_at", UtcDateTime(), nullable=False),
        sa.Column("payable_at", UtcDateTime(), nullable=False),
        sa.Column("frozen", sa.String(), nullable=True),
        sa.Column("payout_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_earnings_payment_id")
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name=op.f("fk_earnings_payout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earnings")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_earnings_payment_id")),
    )
    op.create_index(op.f("ix_earnings_expert_id"), "earnings", ["expert_id"])
    op.create_index(op.f("ix_earnings_payout_id"), "earnings", ["payout_id"])


def _add_disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_disputes_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
    )
    op.create_index(op.f("ix_disputes_payment_id"), "disputes", ["payment_id"])


def downgrade() -> None:
    for table in ("ledger_balances", "rail_cursors", "money_approvals", "disputes", "earnings", "payout_accounts",
                  "payout_reversals", "payouts"):  # fmt: skip
        op.drop_table(table)
    op.drop_column("payment_events", "problem")
    with op.batch_alter_table("refunds") as batch:
        batch.drop_index(op.f("ix_refunds_reference"))
        batch.drop_column("to")
    # other things than sessions were not payable before
    op.execute("DELETE FROM refunds WHERE payment_id IN "
               "(SELECT id FROM payments WHERE purpose <> 'session')")  # fmt: skip
    op.execute("DELETE FROM payments WHERE purpose <> 'session'")
    with op.batch_alter_table("payments") as batch:
        batch.drop_constraint(op.f("uq_payments_purpose_subject"), type_="unique")
        batch.drop_index(op.f("ix_payments_subject"))
        batch.drop_index(op.f("ix_payments_charge"))
        batch.alter_column("subject", new_column_name="session_id")
        for name in ("purpose", "price_minor", "version", *_NUMBERS, "partner", "code"):
            batch.drop_column(name)
        batch.create_unique_constraint(op.f("uq_payments_session_id"), ["session_id"])
