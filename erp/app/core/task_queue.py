"""Celery with Redis as broker, shared by the workers and beat. The API sends tasks through the outbox."""

from typing import Any

from celery import Celery
from celery.signals import before_task_publish
from kombu import Queue

from app.core.broker_channel import use_broker_channel
from app.core.config import settings
from app.core.database import UNAVAILABLE
from app.core.request_context import handed_over
from app.core.tracing.spans import trace_headers

CONTEXT_HEADER = "erp_context"

# Options of a task whose result must not be lost. While the database is unavailable, it is retried without a limit, at
# least every 30 seconds.
UNTIL_AVAILABLE: dict[str, Any] = {
    "autoretry_for": UNAVAILABLE,
    "max_retries": None,
    "retry_backoff": True,
    "retry_backoff_max": 30,
}

use_broker_channel()
celery_app = Celery(
    "erp",
    broker=settings().broker_url,
    include=[f"app.features.{feature}.tasks" for feature in ("health", "invoices", "orders", "reports")],
)
celery_app.conf.update(
    task_default_queue="default",
    task_queues=[Queue(name) for name in settings().celery_queues],
    task_routes={"erp.reports.*": {"queue": "reports"}},
    # Nothing reads results, and each would be a key in Redis.
    task_ignore_result=True,
    # All tasks may run twice: a task of a lost worker is delivered again.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # The Celery exporter needs these events.
    worker_send_task_events=True,
    task_send_sent_event=True,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    broker_connection_retry_on_startup=True,
    # None means no limit. By default a worker gives up after 100 tries, and the pod would restart.
    broker_connection_max_retries=None,
    broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 1},
    # The relay must not hold a transaction for long while the broker is unavailable.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
)


@before_task_publish.connect
def _hand_over_context(headers: dict[str, Any], **_: Any) -> None:
    headers[CONTEXT_HEADER] = handed_over()
    headers.update(trace_headers())
