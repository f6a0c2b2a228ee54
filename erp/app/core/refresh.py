"""Keeps metrics that are read from the database up to date, so that no scrape waits for PostgreSQL."""

import logging
import time
from collections.abc import Callable
from threading import Thread

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.connection_faults import connection_fault
from app.core.database import worker_session

logger = logging.getLogger("erp.metrics")


def refresh(what: str, read: Callable[[Session], None], seconds: float) -> None:
    """Starts a thread that reads at once and then repeatedly, until this process ends."""

    def repeatedly() -> None:
        while True:
            try:
                with worker_session() as session:
                    read(session)
            except SQLAlchemyError as error:
                # The last values stay exposed.
                logger.warning("%s cannot be read: %s", what, connection_fault(error))
            time.sleep(seconds)

    Thread(target=repeatedly, name=what, daemon=True).start()
