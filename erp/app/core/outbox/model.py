from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Identity, Index, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.request_context import Field


class OutboxMessage(Base):
    """A task that was requested and has not ended. The same task with the same arguments is in the outbox once."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("task", "arguments", name="outbox_messages_once"),
        Index("outbox_messages_by_state", "times_sent", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    task_id: Mapped[UUID] = mapped_column(default=uuid4, server_default=func.gen_random_uuid(), unique=True)
    task: Mapped[str] = mapped_column(String(128))
    arguments: Mapped[list[Any]] = mapped_column(JSONB)
    # The request, user and organisation that the task runs for.
    context: Mapped[dict[Field, str]] = mapped_column(JSONB)
    # Headers with which the task continues the trace of the request.
    trace: Mapped[dict[str, str]] = mapped_column(JSONB, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    # 0 until the broker has accepted the message.
    times_sent: Mapped[int] = mapped_column(default=0, server_default="0")
    # From then on, a task that has not ended is regarded as lost.
    expected_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
