import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.core.metrics import ENTITIES_CREATED_COUNTER, measured
from app.core.outbox.model import OutboxMessage
from app.features.invoices.model import Invoice
from app.features.orders.model import Order
from app.features.orders.updates import publish_from_worker

BATCH = 1000

logger = logging.getLogger("erp.invoices")


@measured("invoices")
def create_invoice(session: Session, order_id: UUID) -> UUID | None:
    """The organisation that gets the invoice; None if the order already has one."""
    order = session.get_one(Order, order_id)
    new = insert(Invoice).values(order_id=order.id, total=order.quantity * order.unit_price)
    created = session.scalar(new.on_conflict_do_nothing().returning(Invoice.id))
    return None if created is None else order.organization_id


@measured("invoices")
def request_missing_invoices(session: Session, task: str) -> int:
    """
    Writes a message for each of the oldest orders that have no invoice and no message. Returns their number.

    These are orders that an image without the outbox has taken. Its tasks may wait in the broker for up to an hour.
    """
    arguments = func.jsonb_build_array(cast(Order.id, String))
    context = func.jsonb_build_object("organization_id", cast(Order.organization_id, String))
    requested = exists().where(OutboxMessage.task == task, OutboxMessage.arguments == arguments)
    missing = (
        select(literal(task), arguments, context)
        .outerjoin_from(Order, Invoice)
        .where(Invoice.id.is_(None), Order.created_at < func.now() - timedelta(hours=1), ~requested)
        .order_by(Order.created_at)
        .limit(BATCH)
    )
    new = insert(OutboxMessage).from_select(["task", "arguments", "context"], missing, include_defaults=False)
    return len(session.scalars(new.on_conflict_do_nothing().returning(OutboxMessage.id)).all())


def announce(organization_id: UUID, order_id: UUID) -> None:
    """Runs after the invoice was committed."""
    ENTITIES_CREATED_COUNTER.labels(entity_type="invoice", organization_id=str(organization_id)).inc()
    logger.info("invoice created")
    publish_from_worker(organization_id, {"order_id": str(order_id), "event": "invoiced"})
