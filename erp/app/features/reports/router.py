from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException
from pydantic import BaseModel, ConfigDict

from app.core.auth_dependencies import requires
from app.core.dependencies import DatabaseSession
from app.core.errors import errors
from app.core.inputs import Day
from app.core.routing import api_router
from app.features.reports import service
from app.features.reports.model import DailyReport

# Reports are about all organisations.
router = api_router("reports", requires("reports"))


FIRST_DAY = date(2000, 1, 1)


def _report_day(day: Day) -> date:
    if not FIRST_DAY <= day <= datetime.now(UTC).date():
        raise HTTPException(404, f"there are reports on the days from {FIRST_DAY} to today (UTC)")
    return day


ReportDay = Annotated[date, Depends(_report_day)]


class Report(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    day: date
    orders: int
    revenue: Decimal


@router.get("/{day}", response_model=Report, responses=errors(404))
async def read(day: ReportDay, session: DatabaseSession) -> DailyReport:
    report = await service.get_report(session, day)
    if report is None:
        raise HTTPException(404, "that day has no report")
    return report


@router.post("/{day}", status_code=202, responses=errors(404, 429))
async def request(day: ReportDay, session: DatabaseSession) -> dict[str, UUID]:
    """Requests the report of a day (again). Until a worker has written it, further requests return the same task."""
    try:
        task_id = await session.run_sync(service.request_report, day, service.MOST_WAITING)
    except service.TooManyReports:
        raise HTTPException(429, "too many reports wait to be written", {"Retry-After": "60"}) from None
    await session.commit()
    return {"task_id": task_id}
