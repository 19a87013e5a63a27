"""The day of a turn and what its question replied to, so that it can be asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; of older turns nobody knows them."""
    op.add_column("turns", sa.Column("as_of", sa.Date))
    op.add_column("turns", sa.Column("replies_to", sa.BigInteger))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("turns", "as_of")
    op.drop_column("turns", "replies_to")
