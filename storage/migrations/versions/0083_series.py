"""The session whose time each week a package is bought for, until its weeks are booked."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision: str | None = "0082"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("bought_packages") as table:
        table.add_column(sa.Column("series_of", sa.String(), nullable=True))
        table.create_index(op.f("ix_bought_packages_series_of"), ["series_of"])


def downgrade() -> None:
    with op.batch_alter_table("bought_packages") as table:
        table.drop_index(op.f("ix_bought_packages_series_of"))
        table.drop_column("series_of")
