from app.core.cache import redis
from app.core.config import settings
from app.core.task_queue import celery_app

HEARTBEAT_KEY = "celery-heartbeat"


@celery_app.task(name="erp.heartbeat")
def heartbeat() -> None:
    """Shows that beat, broker and a worker run: readiness finds the key until three heartbeats are missing."""
    redis().set(HEARTBEAT_KEY, 1, px=int(3000 * settings().heartbeat_seconds))
