"""Questions that were passed on to staff, and which messages belong to them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("user_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("created", sa.DateTime, nullable=False, index=True),
        sa.Column("last_word", sa.DateTime, nullable=False, index=True),
        sa.Column("ended", sa.DateTime, index=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "handover_messages",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("handover_id", sa.Integer, nullable=False, index=True),
        sa.Column("for_staff", sa.Boolean, nullable=False),
        sa.Column("copy_of", sa.BigInteger),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("handover_messages")
    op.drop_table("handovers")
