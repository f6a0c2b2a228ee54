"""
Connections to PostgreSQL that never wait without a limit. A server that hangs still accepts connections and confirms
every packet: no timeout of TCP, and none that the server itself keeps, ends the wait for its answer.
"""

import asyncio
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.pq import TransactionStatus

from app.core.config import settings

INTERVAL_SECONDS = 0.1


class ThreadConnection(psycopg.Connection):
    """Closes itself when an answer takes a second longer than the server allows a statement to take."""

    def wait(self, gen: Any, interval: float = INTERVAL_SECONDS, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or settings().database_statement_timeout_seconds + 1)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


class LoopConnection(psycopg.AsyncConnection):
    """Closes itself when its task is cancelled. Its base class would ask the server to cancel, and wait for that."""

    async def wait(self, gen: Any, interval: float = INTERVAL_SECONDS, timeout: float | None = None) -> Any:
        try:
            return await waiting.wait_async(gen, self.pgconn.socket, interval=interval, timeout=timeout)
        except asyncio.CancelledError:
            self.pgconn.finish()
            raise


def connection_arguments() -> dict[str, Any]:
    """Limits that libpq, the kernel and the server keep."""
    limits = {
        "statement_timeout": settings().database_statement_timeout_seconds,
        # The relay holds locks on rows of the outbox. Those of a worker whose machine is lost must end.
        "idle_in_transaction_session_timeout": 60,
    }
    return {
        "application_name": settings().service_name,
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        "options": " ".join(f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items()),
    }
