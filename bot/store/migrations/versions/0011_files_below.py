"""What brings an answer as a file: the button stays when the others below it change."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; answers of earlier versions have none."""
    op.add_column("turns", sa.Column("file", sa.String(64)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("turns", "file")
