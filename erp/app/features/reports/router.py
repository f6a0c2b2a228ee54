import asyncio
from datetime import date
from decimal import Decimal

from fastapi import APIRouter, HTTPException
from kombu.exceptions import OperationalError
from pydantic import BaseModel, ConfigDict

from app.core.dependencies import DatabaseSession
from app.features.reports import service
from app.features.reports.model import DailyReport
from app.features.reports.tasks import nightly_report

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


class Report(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    day: date
    orders: int
    revenue: Decimal


@router.get("/{day}", response_model=Report)
async def read(day: date, session: DatabaseSession) -> DailyReport:
    report = await service.get_report(session, day)
    if report is None:
        raise HTTPException(404, "that day has no report")
    return report


@router.post("/{day}", status_code=202)
async def request(day: date) -> dict[str, str]:
    """Requests the report of a day (again). A worker writes it."""
    try:
        task = await asyncio.to_thread(nightly_report.delay, day.isoformat())
    except OperationalError:
        raise HTTPException(503, "reports cannot be requested at the moment") from None
    return {"task_id": task.id}
