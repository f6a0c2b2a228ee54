"""Trace of outbox messages"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The version before this one adds messages without a trace.
    op.add_column("outbox_messages", sa.Column("trace", JSONB(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("outbox_messages", "trace")
