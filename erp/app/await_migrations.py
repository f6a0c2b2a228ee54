"""Waits until the database has the schema that this image expects: `python -m app.await_migrations`."""

import logging
import signal
import sys
import time

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.core.config import Settings, settings
from app.core.logging_config import setup_logging
from app.core.schema_revision import is_migrated

logger = logging.getLogger("erp.migrations")


def main() -> None:
    """Waits without a limit. The log states the reason whenever it changes, and every 30 seconds."""
    setup_logging()
    # The first process of a container has no default handlers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    said, since = None, 0.0
    while (reason := _reason(settings())) is not None:
        if reason != said or time.monotonic() - since > 30:
            logger.info("waiting: %s", reason)
            said, since = reason, time.monotonic()
        time.sleep(1)
    logger.info("the schema is migrated")


def _reason(settings: Settings) -> str | None:
    engine = create_engine(settings.database, poolclass=NullPool, connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            return None if is_migrated(connection) else "the schema is not migrated"
    except SQLAlchemyError as error:
        return f"the database cannot be reached ({type(error).__name__})"


if __name__ == "__main__":
    main()
