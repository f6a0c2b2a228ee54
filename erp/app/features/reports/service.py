from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.core.metrics import measured
from app.features.orders.model import Order
from app.features.reports.model import DailyReport


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
