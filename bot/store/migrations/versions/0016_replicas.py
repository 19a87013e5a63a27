"""What several programs at one database need: whose update it is, and one secret for all."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them. Programs of the version before go on beside it: they leave them empty."""
    op.create_table(
        "installation",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "minutes",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("taken", sa.JSON, nullable=False),
        sa.Column("told", sa.Float, nullable=False),
    )
    op.add_column("inbox", sa.Column("chat_id", sa.BigInteger))
    op.add_column("inbox", sa.Column("is_private", sa.Boolean))
    op.add_column("inbox", sa.Column("owner", sa.Integer))
    waiting = sa.text("payload IS NOT NULL")
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["update_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_inbox_waiting", "inbox")
    with op.batch_alter_table("inbox") as table:
        for name in ("owner", "is_private", "chat_id"):
            table.drop_column(name)
    op.drop_table("minutes")
    op.drop_table("installation")
