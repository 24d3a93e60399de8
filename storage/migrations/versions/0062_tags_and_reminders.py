"""Tags on people, their quiet hours and their own reminders."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import JsonValue

revision = "0062"
down_revision: str | None = "0061"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("persons") as persons:
        persons.add_column(
            sa.Column("tags", JsonValue(), nullable=False, server_default=sa.text("'[]'"))
        )
        persons.add_column(sa.Column("quiet", sa.String(), nullable=True))
        persons.add_column(sa.Column("reminders", JsonValue(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("persons") as persons:
        persons.drop_column("reminders")
        persons.drop_column("quiet")
        persons.drop_column("tags")
