"""Checks of the ERP's dependencies. Each check returns, or raises an error with the reason."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.core.cache import async_redis
from app.core.database import probe_engine
from app.core.schema_revision import is_migrated
from app.features.health.tasks import HEARTBEAT_KEY
from app.features.orders import search


@dataclass(frozen=True)
class Check:
    name: str
    """Whether the ERP cannot serve without this dependency."""
    critical: bool
    run: Callable[[], Awaitable[None]]


class Unhealthy(Exception):
    """The dependency answers and reports that it is unhealthy."""


def checks() -> list[Check]:
    """Checks of the dependencies that this environment has."""
    optional = [] if search.client() is None else [Check("elasticsearch", False, _elasticsearch)]
    return [
        Check("postgresql", True, _postgresql),
        # Without Redis, requests work: tasks wait in the outbox, and the cache is optional.
        Check("redis", False, _redis),
        *optional,
        Check("celery", False, _celery),
    ]


async def _postgresql() -> None:
    async with probe_engine().connect() as connection:
        if not await connection.run_sync(is_migrated):
            raise Unhealthy("the schema is not migrated")


async def _redis() -> None:
    await async_redis().ping()


async def _elasticsearch() -> None:
    client = search.client()
    assert client, "this check runs only with Elasticsearch"
    response = await client.get("/_cluster/health")
    response.raise_for_status()
    if response.json()["status"] == "red":
        raise Unhealthy("the cluster is red")


async def _celery() -> None:
    if not await async_redis().exists(HEARTBEAT_KEY):
        raise Unhealthy("no worker has run a heartbeat task recently")
