"""Updates that were taken over from Telegram, until they are handled."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.BigInteger, index=True),
        sa.Column("payload", sa.Text),
        sa.Column("is_late", sa.Boolean, nullable=False),
        sa.Column("forgets", sa.Boolean, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("received", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("inbox")
