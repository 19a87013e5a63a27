"""Which messages asked and answered a turn, and in which topic."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = {
    "asked": sa.BigInteger,
    "shown_first": sa.BigInteger,
    "shown": sa.JSON,
    "thread_id": sa.BigInteger,
}


def upgrade() -> None:
    """Add them; of older turns nobody knows them."""
    for name, kind in _COLUMNS.items():
        op.add_column("turns", sa.Column(name, kind))


def downgrade() -> None:
    """Drop them."""
    for name in _COLUMNS:
        op.drop_column("turns", name)
