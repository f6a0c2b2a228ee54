"""Messages that the broker has not accepted yet, as every worker exposes them."""

import time

from prometheus_client import Gauge
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.outbox.model import OutboxMessage
from app.core.refresh import refresh

REFRESH_SECONDS = 5

_waiting = Gauge(
    "erp_outbox_waiting_messages", "Tasks in the outbox that the broker has not accepted yet.", multiprocess_mode="max"
)
_oldest_age = Gauge(
    "erp_outbox_oldest_message_age_seconds",
    "Age of the oldest task in the outbox that the broker has not accepted yet; 0 if there is none.",
    multiprocess_mode="max",
)

# On the monotonic clock of this process. The age grows between two reads, and while the database does not answer.
_oldest_since: float | None = None


def show_waiting() -> None:
    """Starts a thread that runs until this process ends."""
    _oldest_age.set_function(lambda: 0 if _oldest_since is None else time.monotonic() - _oldest_since)
    refresh("the state of the outbox", _read, REFRESH_SECONDS)


def _read(session: Session) -> None:
    global _oldest_since
    age = func.extract("epoch", func.clock_timestamp() - func.min(OutboxMessage.created_at))
    waiting, seconds = session.execute(select(func.count(), age).where(OutboxMessage.times_sent == 0)).one()
    _waiting.set(waiting)
    _oldest_since = None if seconds is None else time.monotonic() - float(seconds)
