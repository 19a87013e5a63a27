"""Who asked a question in vain, as a salted hash; room for salted hashes of who voted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
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


def downgrade() -> None:
    """Drop the table; hashes keep their length."""
    op.drop_table("unanswered_by")
