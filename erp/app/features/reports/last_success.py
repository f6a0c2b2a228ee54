"""
Time of each report's last success, as every worker exposes it.

The time is in the database, written with the report itself. A worker reads it at its start and every few seconds: a
restart forgets nothing, a worker that goes away takes nothing with it, and no scrape waits for PostgreSQL.
"""

from datetime import UTC, datetime

from prometheus_client import Gauge
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.core.refresh import refresh
from app.features.reports.model import ReportSuccess

# More often than Prometheus scrapes.
REFRESH_SECONDS = 10

_last_success = Gauge(
    "erp_report_last_success_timestamp_seconds",
    "Unix time of the last success of a report; before the first success, the time from which it was expected.",
    ["report"],
    multiprocess_mode="max",
)


def record_success(session: Session, report: str) -> None:
    """Must run in the transaction that writes the report."""
    new = insert(ReportSuccess).values(report=report, succeeded_at=datetime.now(UTC))
    session.execute(
        new.on_conflict_do_update(
            index_elements=[ReportSuccess.report], set_={"succeeded_at": new.excluded.succeeded_at}
        )
    )


def show_successes() -> None:
    """Starts a thread that runs until this process ends."""
    refresh("the last success of reports", _read, REFRESH_SECONDS)


def _read(session: Session) -> None:
    for success in session.scalars(select(ReportSuccess)):
        _last_success.labels(success.report).set(success.succeeded_at.timestamp())
