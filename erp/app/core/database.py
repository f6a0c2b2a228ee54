"""PostgreSQL: engines for the API (asyncio) and for the workers (threads), with measured pools."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from app.core.config import settings
from app.core.pool_metrics import MeasuredPool, measure

# The database did not answer, or no connection became free. Another attempt may succeed.
UNAVAILABLE = (OperationalError, PoolTimeout)


class Base(DeclarativeBase):
    """Base class of every table of the ERP."""


class _AsyncPool(MeasuredPool, AsyncAdaptedQueuePool):
    pool_name = "api"


class _ThreadPool(MeasuredPool, QueuePool):
    pool_name = "worker"


@cache
def async_engine() -> AsyncEngine:
    """The API's engine. It connects at its first use."""
    engine = create_async_engine(settings().database, poolclass=_AsyncPool, **_pool(), **_connection())
    measure(engine.sync_engine.pool, _most_connections())
    return engine


@cache
def async_sessions() -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(async_engine(), expire_on_commit=False)


@cache
def thread_engine() -> Engine:
    engine = create_engine(settings().database, poolclass=_ThreadPool, **_pool(), **_connection())
    measure(engine.pool, _most_connections())
    return engine


@contextmanager
def worker_session() -> Iterator[Session]:
    """A transaction of a Celery task: committed when the block succeeds, rolled back when it raises."""
    with Session(thread_engine()) as session, session.begin():
        yield session


@cache
def probe_engine() -> AsyncEngine:
    """One connection for readiness only: an exhausted pool must not make all pods unready at once."""
    return create_async_engine(
        settings().database, pool_size=1, max_overflow=0, pool_timeout=1, pool_pre_ping=True, **_connection()
    )


def _pool() -> dict:
    return {
        "pool_size": settings().database_pool_size,
        "max_overflow": settings().database_max_overflow,
        "pool_timeout": settings().database_pool_timeout_seconds,
        # After a restart of the database the pool is full of dead connections.
        "pool_pre_ping": True,
    }


def _most_connections() -> int:
    return settings().database_pool_size + settings().database_max_overflow


def _connection() -> dict:
    milliseconds = int(settings().database_statement_timeout_seconds * 1000)
    return {
        "connect_args": {
            "application_name": settings().service_name,
            "connect_timeout": 3,
            "options": f"-c statement_timeout={milliseconds}",
        },
        # The values of a failed statement are customers' data, which must not reach logs or Sentry.
        "hide_parameters": True,
    }
