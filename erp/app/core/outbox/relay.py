"""
Sends the messages of the outbox to the broker, the oldest first. Each worker runs a relay in a thread of its own.

A message may be sent twice: when the process ends between the broker's confirmation and the commit, or when the broker
has lost it. So a task that is requested through the outbox must have the same result when it runs twice.
"""

import logging
import time
from datetime import timedelta
from threading import Thread

from sqlalchemy import ColumnElement, func, literal, select, update

from app.core.config import settings
from app.core.database import worker_session
from app.core.outbox.model import OutboxMessage
from app.core.request_context import bind
from app.core.task_queue import celery_app
from app.core.tracing.spans import sending

logger = logging.getLogger("erp.outbox")

BATCH = 100
PAUSE_SECONDS = 0.5
# The relay continues at most this long after the broker or the database is back.
LONGEST_PAUSE_SECONDS = 5

# A task that has not ended this long after it was sent is sent again if no task waits in the queues: the broker, or a
# worker that ended, has lost it. The time doubles with each attempt, up to half a day.
EXPECTED_WITHIN = timedelta(minutes=3)
MOST_DOUBLINGS = 8
CHECK_FOR_LOST_SECONDS = 10

_new = OutboxMessage.times_sent == 0
_lost = (OutboxMessage.times_sent > 0) & (OutboxMessage.expected_at < func.now())


def start_relay() -> None:
    """Starts a thread that runs until this process ends."""
    Thread(target=_relay, name="outbox relay", daemon=True).start()


def _relay() -> None:
    pause, checked = PAUSE_SECONDS, time.monotonic()
    while True:
        try:
            _send(_new)
            if time.monotonic() - checked > CHECK_FOR_LOST_SECONDS and _queues_are_empty():
                _send(_lost)
                checked = time.monotonic()
        except Exception as error:  # for any reason: the messages are still in the database
            if pause == PAUSE_SECONDS:
                logger.warning("new tasks wait in the outbox, because they cannot be sent: %s", type(error).__name__)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            if pause != PAUSE_SECONDS:
                logger.info("tasks of the outbox are sent again")
            pause = PAUSE_SECONDS
        time.sleep(pause)


def _send(which: ColumnElement[bool]) -> None:
    while _send_batch(which) == BATCH:
        pass


def _send_batch(which: ColumnElement[bool]) -> int:
    """Messages that another relay is sending are skipped. Those that were sent before a failure are not sent again."""
    oldest = select(OutboxMessage).where(which).order_by(OutboxMessage.id).limit(BATCH)
    sent, failure = [], None
    with worker_session() as session:
        for message in session.scalars(oldest.with_for_update(skip_locked=True)).all():
            try:
                _publish(message)
            except Exception as error:
                failure = error
                break
            sent.append(message.id)
        wait = literal(EXPECTED_WITHIN) * func.power(2, func.least(OutboxMessage.times_sent, MOST_DOUBLINGS))
        accepted = {"times_sent": OutboxMessage.times_sent + 1, "expected_at": func.clock_timestamp() + wait}
        session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(sent)).values(accepted))
    if failure is not None:
        raise failure
    return len(sent)


def _publish(message: OutboxMessage) -> None:
    bind(message.context)
    try:
        # Celery gives a task only the inner headers: https://github.com/celery/celery/issues/4875
        headers = {**message.trace, "headers": message.trace}
        with sending(message.task, message.trace, again=message.times_sent > 0):
            celery_app.send_task(message.task, message.arguments, task_id=str(message.task_id), headers=headers)
        if message.times_sent > 0:
            logger.warning("%s is sent again, because it did not end", message.task)
    finally:
        bind({})


def _queues_are_empty() -> bool:
    with celery_app.connection_or_acquire() as connection:
        redis = connection.default_channel.client
        return not any(redis.llen(queue) for queue in settings().celery_queues)
