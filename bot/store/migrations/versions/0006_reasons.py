"""Why a question was not answered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; of older questions nobody knows it."""
    op.add_column("unanswered", sa.Column("reason", sa.String(32)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("unanswered", "reason")
