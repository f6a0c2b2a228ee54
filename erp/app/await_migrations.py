"""Waits until the database has the schema that this image expects: `python -m app.await_migrations`."""

import logging
import signal
import sys

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.core.connection_faults import connection_fault
from app.core.database import unpooled_engine
from app.core.logging_config import setup_logging
from app.core.schema_revision import is_migrated
from app.core.standard_streams import log_standard_streams
from app.core.startup_wait import Obstacle, outage, wait_while

logger = logging.getLogger("erp.migrations")

LONGEST_MIGRATION_SECONDS = 600


def main() -> None:
    setup_logging()
    log_standard_streams()
    # The first process of a container has no default handlers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    engine = unpooled_engine()
    wait_while(lambda: _obstacle(engine), logger)
    logger.info("the schema is migrated")


def _obstacle(engine: Engine) -> Obstacle | None:
    try:
        with engine.connect() as connection:
            if is_migrated(connection):
                return None
    except SQLAlchemyError as error:
        return outage(connection_fault(error))
    return Obstacle(f'the schema of the database "{engine.url.database}" is not migrated', LONGEST_MIGRATION_SECONDS)


if __name__ == "__main__":
    main()
