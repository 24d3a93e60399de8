"""What experts wrote in answer to questions, and what clients wrote about them, for matching."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import EncryptedText, JsonValue

revision = "0052"
down_revision: str | None = "0051"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("experts") as table:
        table.add_column(
            sa.Column("answers", JsonValue(), nullable=False, server_default=sa.text("'[]'"))
        )
    with op.batch_alter_table("expert_facts") as table:
        table.add_column(sa.Column("reviews", EncryptedText(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("expert_facts") as table:
        table.drop_column("reviews")
    with op.batch_alter_table("experts") as table:
        table.drop_column("answers")
