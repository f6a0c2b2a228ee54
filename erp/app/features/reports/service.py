from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.core.metrics import measured
from app.core.outbox import messages
from app.features.orders.model import Order
from app.features.reports.model import DailyReport, ReportSuccess

REPORT = "erp.reports.nightly_report"
MOST_WAITING = 100
# Of the night after the day.
DUE_AT = timedelta(hours=2)
MOST_MISSED_DAYS = 30

# Any number that nothing else locks in this database.
REQUESTS_LOCK = 7_241_994


class TooManyReports(Exception):
    """As many reports as allowed have been requested and not been written yet."""


@measured("reports")
async def get_report(session: AsyncSession, day: date) -> DailyReport | None:
    return await session.get(DailyReport, day)


@measured("reports")
def write_report(session: Session, day: date) -> None:
    """Writes the report of a day, or replaces it."""
    start = datetime.combine(day, time(), UTC)
    totals = select(func.count(), func.coalesce(func.sum(Order.quantity * Order.unit_price), 0)).where(
        Order.created_at >= start, Order.created_at < start + timedelta(days=1)
    )
    orders, revenue = session.execute(totals).one()
    new = insert(DailyReport).values(day=day, orders=orders, revenue=revenue)
    session.execute(
        new.on_conflict_do_update(
            index_elements=[DailyReport.day], set_={"orders": new.excluded.orders, "revenue": new.excluded.revenue}
        )
    )


@measured("reports")
def request_report(session: Session, day: date, most_waiting: int | None = None) -> UUID:
    """The id of the task that writes the report. It is a new task only if none for this day waits or runs."""
    session.execute(select(func.pg_advisory_xact_lock(REQUESTS_LOCK)))
    waiting = messages.find(session, REPORT, day.isoformat())
    if waiting is not None:
        return waiting
    if most_waiting is not None and messages.count(session, REPORT) >= most_waiting:
        raise TooManyReports
    return messages.add(session, REPORT, day.isoformat())


@measured("reports")
def due_days(session: Session, now: datetime) -> list[date]:
    """Days whose nightly report is due and has not been written, the oldest first, and not more than a month."""
    newest = (now - DUE_AT).date() - timedelta(days=1)
    succeeded_at = session.scalar(select(ReportSuccess.succeeded_at).where(ReportSuccess.report == "nightly"))
    # A success on one day is the report of the day before.
    oldest = newest if succeeded_at is None else succeeded_at.astimezone(UTC).date()
    days = [newest - timedelta(days=age) for age in range(MOST_MISSED_DAYS)]
    return [day for day in reversed(days) if day >= oldest]
