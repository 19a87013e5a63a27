"""Who asked what staff see, as salted hashes; room for salted hashes of who voted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "unanswered_by",
        sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("user_hash", sa.String(64), primary_key=True, index=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
    with op.batch_alter_table("feedback") as table:
        table.alter_column(
            "user_hash",
            type_=sa.String(64),
            existing_type=sa.String(32),
            existing_nullable=False,
        )
        table.add_column(sa.Column("asker_hash", sa.String(64)))
        table.create_index("ix_feedback_asker_hash", ["asker_hash"])


def downgrade() -> None:
    """Drop them; hashes keep their length."""
    with op.batch_alter_table("feedback") as table:
        table.drop_index("ix_feedback_asker_hash")
        table.drop_column("asker_hash")
    op.drop_table("unanswered_by")
