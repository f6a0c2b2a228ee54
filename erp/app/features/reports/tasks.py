from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from celery import Task
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import worker_session
from app.core.outbox import messages
from app.core.task_queue import UNTIL_AVAILABLE, celery_app
from app.features.reports import service
from app.features.reports.last_success import record_success


# Only the stubs have a generic class.
class _Report(Task):  # type: ignore[type-arg]
    def on_failure(self, _error: Exception, task_id: str, *_: Any) -> None:
        """Only a report that has ended can be requested again. If this fails, the outbox sends the task again."""
        with suppress(SQLAlchemyError), worker_session() as session:
            messages.settle(session, task_id)


@celery_app.task(bind=True, base=_Report, name=service.REPORT, **UNTIL_AVAILABLE)
def nightly_report(self: "Task[..., None]", day: str | None = None) -> None:
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
        messages.settle(session, self.request.id)


@celery_app.task(name="erp.reports.request_due_reports")
def request_due_reports() -> None:
    """
    Requests the nightly reports that are due and that nobody has requested: usually one, at 02:00 UTC. It runs often,
    and the time of the last success is in the database, so a night that beat or the workers missed is made up for.
    """
    with worker_session() as session:
        for day in service.due_days(session, datetime.now(UTC)):
            service.request_report(session, day)
