"""
Tasks that must not be lost: `add` writes one in the transaction of the change that needs it, the relay sends it to the
broker, and the task calls `settle` in the transaction of its result.
"""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.core import sentry
from app.core.outbox.model import OutboxMessage
from app.core.request_context import handed_over
from app.core.tracing import spans


def add(session: Session | AsyncSession, task: str, *arguments: Any) -> UUID:
    """The id of the task."""
    message = OutboxMessage(
        task_id=uuid4(), task=task, arguments=list(arguments), context=handed_over(), trace=_trace()
    )
    session.add(message)
    return message.task_id


def _trace() -> dict[str, str]:
    """Of the one that measures requests. Both have such headers, and only one of both knows the trace."""
    return sentry.trace_headers() if spans.tracer() is None else spans.trace_headers()


def find(session: Session, task: str, *arguments: Any) -> UUID | None:
    """The id of this task with these arguments, if it waits or runs."""
    same = (OutboxMessage.task == task, OutboxMessage.arguments == list(arguments))
    return session.scalar(select(OutboxMessage.task_id).where(*same))


def count(session: Session, task: str) -> int:
    return session.scalar(select(func.count()).where(OutboxMessage.task == task)) or 0


def settle(session: Session, task_id: str | None) -> None:
    """Does nothing for a task that was not requested through the outbox, or that has already ended."""
    if task_id is not None:
        session.execute(delete(OutboxMessage).where(OutboxMessage.task_id == UUID(task_id)))
