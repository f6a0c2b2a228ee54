"""Migrates the database to the newest revision: `alembic upgrade head`."""

import logging
import sys
import time

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from app.core.config import settings
from app.core.connection_faults import connection_fault
from app.core.database import Base
from app.core.logging_config import setup_logging

# The modules that declare the tables that `alembic check` compares with the migrations.
from app.core.outbox import model as _outbox  # noqa: F401
from app.features.invoices import model as _invoices  # noqa: F401
from app.features.orders import model as _orders  # noqa: F401
from app.features.organizations import model as _organizations  # noqa: F401
from app.features.reports import model as _reports  # noqa: F401
from app.features.stock import model as _stock  # noqa: F401

# Any number that nothing else locks in this database.
MIGRATION_LOCK = 7_241_993

WAIT_SECONDS = 30

# While a statement waits for a lock on a table, PostgreSQL lets all later statements on this table wait behind it, also
# those of requests. So a migration waits for a short time only, and tries again.
LOCK_SECONDS = 2
LONGEST_LOCKED_SECONDS = 300

# https://www.postgresql.org/docs/current/errcodes-appendix.html
LOCKED = {"55P03": "another transaction locks a table", "40P01": "a deadlock with another transaction"}

logger = logging.getLogger("erp.migrations")


def migrate() -> None:
    """Migrates in one transaction. A second migration that starts meanwhile waits, and then has nothing to do."""
    engine = create_engine(settings().database, poolclass=NullPool, connect_args={"connect_timeout": 3})
    deadline = time.monotonic() + LONGEST_LOCKED_SECONDS
    while (reason := _attempt(engine)) is not None:
        if time.monotonic() > deadline:
            logger.critical("gave up after %d s: %s", LONGEST_LOCKED_SECONDS, reason)
            sys.exit(1)
        logger.info("waiting: %s", reason)
        time.sleep(LOCK_SECONDS)


def _attempt(engine: Engine) -> str | None:
    """The reason why the database could not be migrated now, if a lock is the reason."""
    try:
        with _connected(engine) as connection:
            context.configure(connection=connection, target_metadata=Base.metadata)
            with context.begin_transaction():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
                connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
                context.run_migrations()
    except OperationalError as error:
        reason = LOCKED.get(getattr(error.orig, "sqlstate", None) or "")
        if reason is None:
            raise
        return reason
    return None


def _connected(engine: Engine) -> Connection:
    """Waits for a database that is still starting, as on a laptop."""
    deadline, logged = time.monotonic() + WAIT_SECONDS, None
    while True:
        try:
            return engine.connect()
        except OperationalError as error:
            reason = connection_fault(error)
        if time.monotonic() > deadline:
            logger.critical("gave up after %d s: %s", WAIT_SECONDS, reason)
            sys.exit(1)
        if reason != logged:
            logger.info("waiting: %s", reason)
            logged = reason
        time.sleep(1)


setup_logging(settings())
logging.getLogger("alembic.runtime.migration").setLevel(logging.INFO)
migrate()
