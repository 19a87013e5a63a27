"""When staff were done with a question without an answer, and how."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; all questions are open at first."""
    op.add_column("unanswered", sa.Column("closed", sa.DateTime))
    op.add_column("unanswered", sa.Column("closed_by", sa.Text))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("unanswered", "closed_by")
    op.drop_column("unanswered", "closed")
