from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DateTime, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class DailyReport(Base):
    """Orders of all organisations on one day (UTC)."""

    __tablename__ = "daily_reports"

    day: Mapped[date] = mapped_column(primary_key=True)
    orders: Mapped[int]
    revenue: Mapped[Decimal] = mapped_column(Numeric())


class ReportSuccess(Base):
    """Time of the last success of a report that beat requests; before the first success, the time of the migration."""

    __tablename__ = "report_successes"

    report: Mapped[str] = mapped_column(String(64), primary_key=True)
    succeeded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
