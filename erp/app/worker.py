"""The ERP's Celery workers and beat: `celery --app app.worker worker`, one process with threads per pod."""

import logging
from typing import Any
from uuid import uuid4

from celery import Task, signals
from celery.apps import worker as worker_program
from celery.schedules import crontab
from redis import RedisError

from app.core.config import settings
from app.core.connection_faults import broker_fault
from app.core.database import thread_engine
from app.core.logging_config import setup_logging
from app.core.metrics import show_version
from app.core.metrics_server import serve_metrics
from app.core.outbox.relay import start_relay
from app.core.outbox.waiting import show_waiting
from app.core.request_context import bind, extend
from app.core.sentry import configure_sentry
from app.core.startup_wait import Obstacle, outage, wait_while
from app.core.task_queue import CONTEXT_HEADER, celery_app
from app.core.tracing import spans
from app.features.reports.last_success import show_successes

logger = logging.getLogger("erp.broker")

setup_logging(settings())
configure_sentry(settings())
# Logs "Warm shutdown" past all loggers, as the one line that would not be JSON.
worker_program.safe_say = lambda *_: None  # type: ignore[attr-defined]

# The names are slugs of cron monitors in Sentry.
celery_app.conf.beat_schedule = {
    "heartbeat": {
        "task": "erp.heartbeat",
        "schedule": settings().heartbeat_seconds,
        # A heartbeat that no worker took in time has no meaning any more.
        "options": {"expires": settings().heartbeat_seconds},
    },
    "missing-invoices": {
        "task": "erp.invoices.request_missing_invoices",
        "schedule": crontab(minute=30),
        "options": {"expires": 3600},
    },
    "old-idempotency-keys": {
        "task": "erp.orders.forget_old_keys",
        "schedule": crontab(minute=45),
        "options": {"expires": 3600},
    },
    # Not the report itself at 02:00: beat would forget it if it did not run at that minute.
    "due-reports": {
        "task": "erp.reports.request_due_reports",
        "schedule": settings().due_reports_seconds,
        "options": {"expires": settings().due_reports_seconds},
    },
}


@signals.setup_logging.connect
def _leave_logging(**_: Any) -> None:
    """Without a receiver for this signal, Celery configures logging itself."""


@signals.worker_init.connect
def _start_threads(**_: Any) -> None:
    spans.configure_tracing(settings())
    serve_metrics(settings().metrics_port)
    show_version(settings())
    thread_engine()
    show_successes()
    show_waiting()
    start_relay()
    _await_broker()


@signals.beat_init.connect
def _await_broker(**_: Any) -> None:
    """Celery waits without an end, also for a broker whose password in the Secret is wrong."""
    wait_while(_broker_outage, logger)


def _broker_outage() -> Obstacle | None:
    try:
        with celery_app.connection_for_write() as connection:
            connection.connect()
    except (RedisError, OSError) as error:
        return outage(broker_fault(error))
    return None


@signals.task_prerun.connect
def _take_over_context(task_id: str, task: "Task[..., Any]", **_: Any) -> None:
    """A task from beat has no request: it gets an id of its own."""
    handed_over = task.request.get(CONTEXT_HEADER) or {}
    bind({"request_id": uuid4().hex, **handed_over, "task_id": task_id, "task_name": task.name})
    tracer = spans.tracer()
    # It runs every minute, to show that tasks run.
    if tracer and task.name != "erp.heartbeat":
        trace = {"traceparent": task.request.get("traceparent") or ""}
        extend(tracer.begin_task(task_id, task.name, trace, task.request.retries))


@signals.task_postrun.connect
def _end_span(task_id: str, state: str, retval: Any, **_: Any) -> None:
    if tracer := spans.tracer():
        failure = retval if state in ("FAILURE", "RETRY") else None
        # A retry is an exception itself, which contains the reason.
        tracer.end_task(task_id, getattr(failure, "exc", None) or failure)


@signals.worker_shutdown.connect
def _stop_tracing(**_: Any) -> None:
    spans.stop_tracing()
