"""Redis as a cache and as the channel for order updates: database 1, separate from the broker's."""

import time
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

from app.core.config import settings
from app.core.tracing.spans import Span, client_span

PAUSE_SECONDS = 5

# Without these, redis-py tries ten times and waits in between.
_once, _once_in_loop = Retry(NoBackoff(), 0), AsyncRetry(NoBackoff(), 0)
_limits: dict[str, Any] = {"socket_timeout": 1, "socket_connect_timeout": 1, "decode_responses": True}


def _command_span(arguments: tuple[Any, ...]) -> AbstractContextManager[Span]:
    """The name of the command only: keys and values contain what users have written."""
    command = str(arguments[0])
    return client_span(command, {"db.system.name": "redis", "db.operation.name": command})


class _AsyncRedis(AsyncRedis):
    async def execute_command(self, *arguments: Any, **options: Any) -> Any:
        with _command_span(arguments):
            return await super().execute_command(*arguments, **options)  # type: ignore[no-untyped-call]


class _ThreadRedis(Redis):
    def execute_command(self, *arguments: Any, **options: Any) -> Any:
        with _command_span(arguments):
            return super().execute_command(*arguments, **options)  # type: ignore[no-untyped-call]


class _SkippedAfterFailure(_AsyncRedis):
    """After a failure, each call fails at once for some seconds: requests do not wait for a Redis that hangs."""

    _skipped_until = 0.0

    async def execute_command(self, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < self._skipped_until:
            raise ConnectionError("skipped, because Redis has just failed")
        try:
            return await super().execute_command(*arguments, **options)
        except (ConnectionError, TimeoutError):
            self._skipped_until = time.monotonic() + PAUSE_SECONDS
            raise


@cache
def optional_redis() -> AsyncRedis:
    """Client for work of requests that they can do without."""
    return _SkippedAfterFailure.from_url(settings().cache_url, retry=_once_in_loop, **_limits)


@cache
def async_redis() -> AsyncRedis:
    """Client for the API's event loop."""
    return _AsyncRedis.from_url(settings().cache_url, retry=_once_in_loop, **_limits)


@cache
def redis() -> Redis:
    """Client for the threads of the Celery workers."""
    return _ThreadRedis.from_url(settings().cache_url, retry=_once, **_limits)
