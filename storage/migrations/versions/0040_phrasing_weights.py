"""What feedback adds to the score of a phrasing."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0040"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faq_phrasing_weights",
        sa.Column("article", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(24), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("article", "digest", name=op.f("pk_faq_phrasing_weights")),
    )


def downgrade() -> None:
    op.drop_table("faq_phrasing_weights")
