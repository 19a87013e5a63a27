"""Answers as they were given, and every vote on them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; of what was answered and voted before nothing is known."""
    op.create_table(
        "answers",
        sa.Column("answer_id", sa.String(32), primary_key=True),
        sa.Column("asker_hash", sa.String(64), nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("leans_on", sa.JSON, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("digest", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("answer_id", sa.String(32), nullable=False, index=True),
        sa.Column("user_hash", sa.String(64), nullable=False, index=True),
        sa.Column("vote", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("votes")
    op.drop_table("answers")
