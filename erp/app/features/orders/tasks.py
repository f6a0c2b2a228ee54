from app.core.database import UNAVAILABLE, worker_session
from app.core.task_queue import celery_app
from app.features.orders import idempotency


@celery_app.task(name="erp.orders.forget_old_keys", autoretry_for=UNAVAILABLE, retry_backoff=True)
def forget_old_keys() -> None:
    """Runs every hour."""
    with worker_session() as session:
        idempotency.forget_old_keys(session)
