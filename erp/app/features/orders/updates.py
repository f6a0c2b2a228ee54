"""Sends changes of orders from any process of the ERP to the WebSockets of their organisation."""

import json
import logging
from collections.abc import AsyncIterator
from uuid import UUID

from redis.exceptions import RedisError

from app.core.cache import async_redis, redis

logger = logging.getLogger("erp.orders")


async def publish(organization_id: UUID, update: dict[str, str]) -> None:
    """Clients that are not connected now do not receive the update."""
    try:
        await async_redis().publish(_channel(organization_id), json.dumps(update))
    except RedisError:
        logger.warning("Redis cannot be reached: an order update is lost")


def publish_from_worker(organization_id: UUID, update: dict[str, str]) -> None:
    try:
        redis().publish(_channel(organization_id), json.dumps(update))
    except RedisError:
        logger.warning("Redis cannot be reached: an order update is lost")


async def listen(organization_id: UUID) -> AsyncIterator[str]:
    """Updates as JSON texts, until Redis ends the connection."""
    async with async_redis().pubsub(ignore_subscribe_messages=True) as subscription:
        await subscription.subscribe(_channel(organization_id))
        while True:
            message = await subscription.get_message(timeout=30)
            if message is not None:
                yield message["data"]


def _channel(organization_id: UUID) -> str:
    return f"order-updates:{organization_id}"
