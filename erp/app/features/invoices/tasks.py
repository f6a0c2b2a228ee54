from uuid import UUID

from celery import Task

from app.core.database import UNAVAILABLE, worker_session
from app.core.outbox import messages
from app.core.task_queue import UNTIL_AVAILABLE, celery_app
from app.features.invoices import service


@celery_app.task(bind=True, name="erp.invoices.create_invoice", **UNTIL_AVAILABLE)
def create_invoice(self: "Task[..., None]", order_id: str) -> None:
    """May run twice for an order."""
    with worker_session() as session:
        organization_id = service.create_invoice(session, UUID(order_id))
        messages.settle(session, self.request.id)
    if organization_id is not None:
        service.announce(organization_id, UUID(order_id))


@celery_app.task(name="erp.invoices.request_missing_invoices", autoretry_for=UNAVAILABLE, retry_backoff=True)
def request_missing_invoices() -> None:
    """Runs every hour. Each batch is a transaction."""
    requested = service.BATCH
    while requested == service.BATCH:
        with worker_session() as session:
            requested = service.request_missing_invoices(session, create_invoice.name)
