"""Outbox"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("task_id", sa.Uuid(), server_default=sa.func.gen_random_uuid(), nullable=False, unique=True),
        sa.Column("task", sa.String(128), nullable=False),
        sa.Column("arguments", JSONB(), nullable=False),
        sa.Column("context", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("times_sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expected_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("task", "arguments", name="outbox_messages_once"),
    )
    op.create_index("outbox_messages_by_state", "outbox_messages", ["times_sent", "id"])


def downgrade() -> None:
    op.drop_table("outbox_messages")
