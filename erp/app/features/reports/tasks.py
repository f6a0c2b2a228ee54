from datetime import UTC, date, datetime, timedelta

from sqlalchemy.exc import OperationalError

from app.core.database import worker_session
from app.core.task_queue import celery_app
from app.features.reports import service
from app.features.reports.last_success import record_success


@celery_app.task(
    name="erp.reports.nightly_report",
    autoretry_for=(OperationalError,),
    max_retries=5,
    retry_backoff=True,
)
def nightly_report(day: str | None = None) -> None:
    """
    Writes the report of a day, by default yesterday.

    A requested report of yesterday counts as the nightly report; a report of another day does not.
    """
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    reported = date.fromisoformat(day) if day else yesterday
    with worker_session() as session:
        service.write_report(session, reported)
        if reported == yesterday:
            record_success(session, "nightly")
