from celery import shared_task

from app.core.cache import redis
from app.core.config import settings

HEARTBEAT_KEY = "celery-heartbeat"


@shared_task(name="erp.heartbeat")
def heartbeat() -> None:
    """Beat, broker and a worker work together: readiness sees the key until three heartbeats are missing."""
    redis().set(HEARTBEAT_KEY, 1, px=int(3000 * settings().heartbeat_seconds))
