"""Migrates the database to the newest revision: `alembic upgrade head`."""

import logging

from alembic import context
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.core.config import settings
from app.core.connection_faults import connection_fault
from app.core.database import Base
from app.core.logging_config import setup_logging

# The modules that declare the tables that `alembic check` compares with the migrations.
from app.core.outbox import model as _outbox  # noqa: F401
from app.core.startup_wait import Obstacle, outage, wait_while
from app.features.invoices import model as _invoices  # noqa: F401
from app.features.orders import model as _orders  # noqa: F401
from app.features.organizations import model as _organizations  # noqa: F401
from app.features.reports import model as _reports  # noqa: F401
from app.features.stock import model as _stock  # noqa: F401

# Any number that nothing else locks in this database.
MIGRATION_LOCK = 7_241_993

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
    wait_while(lambda: _attempt(engine), logger, pause_seconds=LOCK_SECONDS)


def _attempt(engine: Engine) -> Obstacle | None:
    """Migrates the database, unless it is still starting, as on a laptop, or another transaction holds a lock."""
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        return outage(connection_fault(error))
    try:
        with connection:
            context.configure(connection=connection, target_metadata=Base.metadata)
            with context.begin_transaction():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
                connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
                context.run_migrations()
    except OperationalError as error:
        reason = LOCKED.get(getattr(error.orig, "sqlstate", None) or "")
        if reason is None:
            raise
        return Obstacle(reason, LONGEST_LOCKED_SECONDS)
    return None


setup_logging(settings())
logging.getLogger("alembic.runtime.migration").setLevel(logging.INFO)
migrate()
