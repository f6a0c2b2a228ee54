import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, HTTPException
from kombu.exceptions import OperationalError
from pydantic import BaseModel, ConfigDict

from app.core.auth_dependencies import requires
from app.core.dependencies import DatabaseSession
from app.core.errors import errors
from app.core.inputs import Day
from app.core.routing import api_router
from app.features.reports import service
from app.features.reports.model import DailyReport
from app.features.reports.tasks import nightly_report

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


@router.post("/{day}", status_code=202, responses=errors(404))
async def request(day: ReportDay) -> dict[str, str]:
    """Requests the report of a day (again). A worker writes it."""
    try:
        task = await asyncio.to_thread(nightly_report.delay, day.isoformat())
    except OperationalError:
        raise HTTPException(503, "reports cannot be requested at the moment", {"Retry-After": "10"}) from None
    return {"task_id": task.id}
