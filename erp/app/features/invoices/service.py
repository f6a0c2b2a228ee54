import logging
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.core.metrics import ENTITIES_CREATED_COUNTER, measured
from app.features.invoices.model import Invoice
from app.features.orders.model import Order
from app.features.orders.updates import publish_from_worker

logger = logging.getLogger("erp.invoices")


@measured("invoices")
def create_invoice(session: Session, order_id: UUID) -> UUID | None:
    """The organisation that gets the invoice; None if the order already has one."""
    order = session.get_one(Order, order_id)
    new = insert(Invoice).values(order_id=order.id, total=order.quantity * order.unit_price)
    created = session.scalar(new.on_conflict_do_nothing().returning(Invoice.id))
    return None if created is None else order.organization_id


def announce(organization_id: UUID, order_id: UUID) -> None:
    """Runs after the invoice was committed."""
    ENTITIES_CREATED_COUNTER.labels(entity_type="invoice", organization_id=str(organization_id)).inc()
    logger.info("invoice created")
    publish_from_worker(organization_id, {"order_id": str(order_id), "event": "invoiced"})
