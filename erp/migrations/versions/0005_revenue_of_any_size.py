"""Revenue of any size"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Two orders at the highest price exceeded 18 digits, and every report on their day failed.
    op.alter_column("daily_reports", "revenue", type_=sa.Numeric())


def downgrade() -> None:
    op.alter_column("daily_reports", "revenue", type_=sa.Numeric(18, 2))
