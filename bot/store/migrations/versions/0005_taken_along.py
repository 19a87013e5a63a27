"""Which turn of a group a turn in private goes on with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the column."""
    with op.batch_alter_table("turns") as table:
        table.add_column(sa.Column("taken_from", sa.String(32)))
        table.create_index("ix_turns_taken_from", ["taken_from"])


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("turns") as table:
        table.drop_index("ix_turns_taken_from")
        table.drop_column("taken_from")
