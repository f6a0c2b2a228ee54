"""
Tasks that must not be lost: `add` writes one in the transaction of the change that needs it, the relay sends it to the
broker, and the task calls `settle` in the transaction of its result.
"""

from typing import Any
from uuid import UUID

from celery import Task
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.core.outbox.model import OutboxMessage
from app.core.request_context import handed_over
from app.core.sentry import trace_headers


def add(session: Session | AsyncSession, task: Task, *arguments: Any) -> OutboxMessage:
    message = OutboxMessage(task=task.name, arguments=list(arguments), context=handed_over(), trace=trace_headers())
    session.add(message)
    return message


def settle(session: Session, task_id: str) -> None:
    """Does nothing for a task that was not requested through the outbox, or that has already ended."""
    session.execute(delete(OutboxMessage).where(OutboxMessage.task_id == UUID(task_id)))
