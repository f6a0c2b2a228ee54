from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DateTime, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class DailyReport(Base):
    """What was ordered on one day (UTC), of all organisations."""

    __tablename__ = "daily_reports"

    day: Mapped[date] = mapped_column(primary_key=True)
    orders: Mapped[int]
    revenue: Mapped[Decimal] = mapped_column(Numeric(18, 2))


class ReportSuccess(Base):
    """When a report that beat asks for last succeeded; before the first time, when the migration began to expect it."""

    __tablename__ = "report_successes"

    report: Mapped[str] = mapped_column(String(64), primary_key=True)
    succeeded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
