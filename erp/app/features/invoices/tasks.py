from uuid import UUID

from sqlalchemy.exc import OperationalError

from app.core.database import worker_session
from app.core.task_queue import celery_app
from app.features.invoices import service


@celery_app.task(
    name="erp.invoices.create_invoice",
    autoretry_for=(OperationalError,),
    max_retries=5,
    retry_backoff=True,
)
def create_invoice(order_id: str) -> None:
    """May run twice for an order. While the database is unavailable, the task is retried for about a minute."""
    with worker_session() as session:
        organization_id = service.create_invoice(session, UUID(order_id))
    if organization_id is not None:
        service.announce(organization_id, UUID(order_id))
