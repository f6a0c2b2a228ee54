import logging
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.cache import optional_redis
from app.core.config import settings
from app.core.metrics import measured
from app.features.stock.model import StockItem

logger = logging.getLogger("erp.stock")


@measured("stock")
async def get_stock(session: AsyncSession, organization_id: UUID, sku: str) -> int | None:
    """Reads the quantity from the cache, or from the database if the cache lacks it or is unavailable."""
    key = _key(organization_id, sku)
    cached = await _cached(key)
    if cached is not None:
        return cached
    quantity = await session.scalar(
        select(StockItem.quantity).where(StockItem.organization_id == organization_id, StockItem.sku == sku)
    )
    if quantity is not None:
        await _cache(key, quantity)
    return quantity


@measured("stock")
async def set_stock(session: AsyncSession, organization_id: UUID, sku: str, quantity: int) -> None:
    new = insert(StockItem).values(organization_id=organization_id, sku=sku, quantity=quantity)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=[StockItem.organization_id, StockItem.sku], set_={"quantity": new.excluded.quantity}
        )
    )
    await session.commit()
    await forget_stock(organization_id, sku)


async def take_stock(session: AsyncSession, organization_id: UUID, sku: str, quantity: int) -> bool:
    """Takes from the stock in the caller's transaction. False if there is not enough."""
    taken = await session.scalar(
        update(StockItem)
        .where(StockItem.organization_id == organization_id, StockItem.sku == sku, StockItem.quantity >= quantity)
        .values(quantity=StockItem.quantity - quantity)
        .returning(StockItem.sku)
    )
    return taken is not None


async def forget_stock(organization_id: UUID, sku: str) -> None:
    """Runs after a change was committed. If the cache is unavailable, the old value stays until it expires."""
    try:
        await optional_redis().delete(_key(organization_id, sku))
    except RedisError:
        logger.warning("the stock cache cannot be reached: a changed value was not removed from the cache")


async def _cached(key: str) -> int | None:
    try:
        value = await optional_redis().get(key)
    except RedisError:
        logger.warning("the stock cache cannot be reached: reading from the database")
        return None
    return None if value is None else int(value)


async def _cache(key: str, quantity: int) -> None:
    try:
        await optional_redis().set(key, quantity, ex=settings().stock_cache_seconds)
    except RedisError:
        logger.warning("the stock cache cannot be reached: a value was not stored in the cache")


def _key(organization_id: UUID, sku: str) -> str:
    return f"stock:{organization_id}:{sku}"
