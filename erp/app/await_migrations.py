"""Waits until the database has the schema that this image expects: `python -m app.await_migrations`."""

import logging
import signal
import sys
import time

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.core.connection_faults import connection_fault
from app.core.database import unpooled_engine
from app.core.logging_config import setup_logging
from app.core.schema_revision import is_migrated
from app.core.standard_streams import log_standard_streams

logger = logging.getLogger("erp.migrations")

# Then the program ends, and the kubelet starts it again with the Secret as it is by then.
LONGEST_OUTAGE_SECONDS = 120
LONGEST_MIGRATION_SECONDS = 600


def main() -> None:
    """The log states the reason whenever it changes, and every 30 seconds."""
    setup_logging()
    log_standard_streams()
    # The first process of a container has no default handlers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    engine = unpooled_engine()
    start, logged, logged_at = time.monotonic(), None, 0.0
    while (found := _reason(engine)) is not None:
        reason, limit = found
        now = time.monotonic()
        if now - start > limit:
            logger.critical("gave up after %d s: %s; the next start reads the Secrets again", limit, reason)
            sys.exit(1)
        if reason != logged or now - logged_at > 30:
            logger.info("waiting: %s", reason)
            logged, logged_at = reason, now
        time.sleep(1)
    logger.info("the schema is migrated")


def _reason(engine: Engine) -> tuple[str, float] | None:
    """The reason to wait, and the number of seconds after which the wait ends."""
    try:
        with engine.connect() as connection:
            if is_migrated(connection):
                return None
    except SQLAlchemyError as error:
        return connection_fault(error), LONGEST_OUTAGE_SECONDS
    return f'the schema of the database "{engine.url.database}" is not migrated', LONGEST_MIGRATION_SECONDS


if __name__ == "__main__":
    main()
