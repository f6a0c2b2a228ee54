import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.metrics import ENTITIES_CREATED_COUNTER, measured
from app.core.outbox import messages
from app.features.invoices.tasks import create_invoice
from app.features.orders import idempotency, search, updates
from app.features.orders.model import Order
from app.features.orders.schemas import NewOrder
from app.features.stock.service import forget_stock, take_stock


@measured("orders")
async def create_order(
    session: AsyncSession, organization_id: UUID, new: NewOrder, key: str | None = None
) -> Order | None:
    """
    None if there is not enough stock. After the order is committed, later failures do not undo it. For a key that an
    earlier request has used, this is the order of that request.
    """
    order = Order(id=uuid4(), organization_id=organization_id, **new.model_dump())
    if key is not None:
        owner = await idempotency.claim(session, organization_id, key, new, order.id)
        if owner != order.id:
            return await get_order(session, organization_id, owner)
    if not await take_stock(session, organization_id, new.sku, new.quantity):
        return None
    session.add(order)
    messages.add(session, create_invoice.name, str(order.id))
    await session.commit()
    ENTITIES_CREATED_COUNTER.labels(entity_type="order", organization_id=str(organization_id)).inc()
    await asyncio.gather(
        forget_stock(organization_id, new.sku),
        search.index(order),
        updates.publish(organization_id, {"order_id": str(order.id), "event": "created"}),
    )
    return order


@measured("orders")
async def get_order(session: AsyncSession, organization_id: UUID, order_id: UUID) -> Order | None:
    of_organization = select(Order).where(Order.organization_id == organization_id)
    order: Order | None = await session.scalar(of_organization.where(Order.id == order_id))
    return order


@measured("orders")
async def list_orders(session: AsyncSession, organization_id: UUID, limit: int) -> Sequence[Order]:
    """Orders, newest first."""
    of_organization = select(Order).where(Order.organization_id == organization_id)
    return (await session.scalars(of_organization.order_by(Order.created_at.desc()).limit(limit))).all()


@measured("orders")
async def search_orders(session: AsyncSession, organization_id: UUID, text: str) -> Sequence[Order]:
    """Searches with Elasticsearch, or without it more slowly in the database."""
    found = await search.find(organization_id, text)
    matching = Order.reference.icontains(text, autoescape=True) if found is None else Order.id.in_(found)
    query = select(Order).where(Order.organization_id == organization_id, matching)
    return (await session.scalars(query.order_by(Order.created_at.desc()).limit(search.MOST_RESULTS))).all()
