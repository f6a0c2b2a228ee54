"""PostgreSQL: engines for the API (asyncio) and for the workers (threads), with measured pools."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from app.core.config import settings
from app.core.connections import LoopConnection, ThreadConnection, connection_arguments
from app.core.pool_metrics import MeasuredPool, measure

# The database did not answer, or no connection became free. Another attempt may succeed.
UNAVAILABLE = (OperationalError, PoolTimeout)


class Base(DeclarativeBase):
    """Base class of every table of the ERP."""


class _AsyncPool(MeasuredPool, AsyncAdaptedQueuePool):
    pool_name = "api"


class _ThreadPool(MeasuredPool):
    pool_name = "worker"


@cache
def async_engine() -> AsyncEngine:
    """The API's engine. It connects at its first use."""
    engine = create_async_engine(poolclass=_AsyncPool, **_pool(), **_connection(async_creator_fn=_in_loop))
    measure(engine.sync_engine.pool, _most_connections())
    return engine


@cache
def async_sessions() -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(async_engine(), expire_on_commit=False)


@cache
def thread_engine() -> Engine:
    engine = _engine_of_threads(poolclass=_ThreadPool, **_pool())
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
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 1, "pool_pre_ping": True}
    return create_async_engine(**pool, **_connection(async_creator_fn=_in_loop))


@event.listens_for(Engine, "handle_error", retval=True)
def _leave_standby(failure: ExceptionContext) -> BaseException | None:
    """After a failover, connections can lead to a server that has become a standby. It refuses every change."""
    error = failure.original_exception
    if not isinstance(error, ReadOnlySqlTransaction):
        return None
    failure.is_disconnect = True
    return OperationalError(failure.statement, None, error, hide_parameters=True)


def unpooled_engine() -> Engine:
    """An engine that connects for each use, for a program that reads the database now and then."""
    return _engine_of_threads(poolclass=NullPool)


def _engine_of_threads(**pool: Any) -> Engine:
    engine = create_engine(**pool, **_connection())
    event.listen(engine, "do_connect", _in_thread)
    return engine


def _pool() -> dict[str, Any]:
    return {
        "pool_size": settings().database_pool_size,
        "max_overflow": settings().database_max_overflow,
        "pool_timeout": settings().database_pool_timeout_seconds,
        # After a restart of the database the pool is full of dead connections.
        "pool_pre_ping": True,
    }


def _most_connections() -> int:
    return settings().database_pool_size + settings().database_max_overflow


_in_loop = LoopConnection.connect


def _in_thread(_dialect: Any, _record: Any, given: list[Any], named: dict[str, Any]) -> ThreadConnection:
    return ThreadConnection.connect(*given, **named)


def _connection(**more: Any) -> dict[str, Any]:
    return {
        "url": settings().database,
        "connect_args": connection_arguments() | more,
        # The values of a failed statement are customers' data, which must not reach logs or Sentry.
        "hide_parameters": True,
    }
