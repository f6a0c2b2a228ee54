from app.core.database import UNAVAILABLE, worker_session
from app.core.task_queue import celery_app
from app.features.orders import idempotency

MOST_KEYS = 10_000


@celery_app.task(name="erp.orders.forget_old_keys", autoretry_for=UNAVAILABLE, retry_backoff=True)
def forget_old_keys() -> None:
    """Runs every hour. Each transaction is short: PostgreSQL cancels statements that take long."""
    deleted = MOST_KEYS
    while deleted == MOST_KEYS:
        with worker_session() as session:
            deleted = idempotency.forget_old_keys(session, MOST_KEYS)
