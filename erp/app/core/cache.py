"""Redis as a cache and as the channel for order updates: database 1, separate from the broker's."""

from functools import cache

from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from app.core.config import settings

_limits = {"socket_timeout": 1, "socket_connect_timeout": 1, "decode_responses": True}


@cache
def async_redis() -> AsyncRedis:
    """Client for the API's event loop."""
    return AsyncRedis.from_url(settings().cache_url, **_limits)


@cache
def redis() -> Redis:
    """Client for the threads of the Celery workers."""
    return Redis.from_url(settings().cache_url, **_limits)
