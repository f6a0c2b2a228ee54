"""Sends changes of orders from any process of the ERP to the WebSockets of their organisation."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from app.core.cache import async_redis, optional_redis, redis

logger = logging.getLogger("erp.orders")


async def publish(organization_id: UUID, update: dict[str, str]) -> None:
    """Clients that are not connected now do not receive the update."""
    try:
        await optional_redis().publish(_channel(organization_id), json.dumps(update))
    except RedisError:
        logger.warning("Redis cannot be reached: an order update is lost")


def publish_from_worker(organization_id: UUID, update: dict[str, str]) -> None:
    try:
        redis().publish(_channel(organization_id), json.dumps(update))
    except RedisError:
        logger.warning("Redis cannot be reached: an order update is lost")


@asynccontextmanager
async def subscription(organization_id: UUID) -> AsyncIterator[AsyncIterator[str]]:
    """
    Updates as JSON texts, until Redis ends the connection. Do not cancel a task while it enters this context: redis-py
    can lose the cancellation while it connects, and the task would continue for ever.
    """
    async with async_redis().pubsub(ignore_subscribe_messages=True) as channel:
        await channel.subscribe(_channel(organization_id))
        yield _texts(channel)


async def _texts(channel: PubSub) -> AsyncIterator[str]:
    while True:
        message = await channel.get_message(timeout=30)
        if message is not None:
            yield message["data"]


def _channel(organization_id: UUID) -> str:
    return f"order-updates:{organization_id}"
