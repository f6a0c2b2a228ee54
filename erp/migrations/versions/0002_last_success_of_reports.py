"""Last success of reports"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    succeeded = op.create_table(
        "report_successes",
        sa.Column("report", sa.String(64), primary_key=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=False),
    )
    # The report is expected from now on, so that one that never succeeds is noticed too.
    op.execute(sa.insert(succeeded).values(report="nightly", succeeded_at=sa.func.now()))


def downgrade() -> None:
    op.drop_table("report_successes")
