"""The ERP with all its dependencies, and the faults that tests inject."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

import httpx
import psycopg
from celery import Celery
from psycopg.sql import SQL, Identifier
from redis import Redis as RedisClient
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from local.servers import PostgreSql, Redis, wait_until
from tests.elasticsearch_stand_in import ElasticsearchStandIn
from tests.exposition import Samples
from tests.issuer import bearer, issuer
from tests.processes import Api, Beat, Worker
from tests.sentry_server import SentryServer


@dataclass
class Erp:
    environment: dict[str, str]
    postgresql: PostgreSql
    redis: Redis
    elasticsearch: ElasticsearchStandIn
    sentry: SentryServer
    api: Api
    worker: Worker
    beat: Beat

    def client(self, organization_id: str | None = None, *roles: str, **headers: str) -> httpx.Client:
        """A client of a member of this organisation, by default of one without data."""
        headers = bearer(organization_id, *roles) | headers
        return httpx.Client(base_url=self.api.url, headers=headers, timeout=60, verify=False)

    def updates(self, organization_id: str, api: Api | None = None, **claims: Any) -> ClientConnection:
        """The WebSocket with the updates of this organisation's orders."""
        url = (api or self.api).url.replace("http", "ws") + "/api/v1/orders/updates"
        token = issuer.token(organization_id=organization_id, **claims)
        return connect(url, subprotocols=[Subprotocol("bearer"), Subprotocol(token)])

    def api_metrics(self) -> Samples:
        return self.api.metrics()

    def worker_metrics(self) -> Samples:
        return self.worker.metrics()

    def database(self) -> psycopg.Connection:
        """A connection of the test, separate from the ERP's."""
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def cache(self) -> RedisClient:
        return RedisClient(port=self.redis.port, db=1, decode_responses=True)

    def subscribers(self, organization_id: str) -> int:
        with self.cache() as cache:
            return cache.pubsub_numsub(f"order-updates:{organization_id}")[0][1]

    def send_task(self, name: str, *arguments: str) -> str:
        """Sends a task without the ERP's code, as another program would, and returns its id."""
        broker = self.environment.get("CELERY_BROKER_URL", self.redis.url)
        with Celery(broker=broker, set_as_current=False) as sender:
            return sender.send_task(name, arguments, queue="default", ignore_result=True).id

    @contextmanager
    def without_table(self, name: str) -> Iterator[None]:
        """Renames a table: requests that need it fail at once, although every server is available."""
        hidden = Identifier(f"{name}_hidden")
        with self.database() as database:
            database.execute(SQL("ALTER TABLE {} RENAME TO {}").format(Identifier(name), hidden))
            try:
                yield
            finally:
                database.execute(SQL("ALTER TABLE {} RENAME TO {}").format(hidden, Identifier(name)))

    @contextmanager
    def refused_orders(self) -> Iterator[None]:
        """Makes PostgreSQL refuse every order and repeat it in its message."""
        with self.database() as database:
            database.execute("ALTER TABLE orders ADD CONSTRAINT refused CHECK (false) NOT VALID")
            try:
                yield
            finally:
                database.execute("ALTER TABLE orders DROP CONSTRAINT refused")

    @contextmanager
    def locked_table(self, name: str) -> Iterator[None]:
        """Locks a table: requests that need it wait."""
        with self.database() as database, database.transaction():
            database.execute(SQL("LOCK TABLE {}").format(Identifier(name)))
            yield

    @contextmanager
    def waiting_requests(self, organization_id: str, number: int) -> Iterator[None]:
        """Sends requests that wait for a locked table, with or for one of the ten connections of the API's pool."""
        with self.client(organization_id) as client:
            requests = [Thread(target=client.get, args=["/api/v1/orders"]) for _ in range(number)]
            with self.locked_table("orders"):
                for request in requests:
                    request.start()
                wait_until(lambda: self.checked_out() == min(number, 10), "connections in use")
                yield
            for request in requests:
                request.join()

    def checked_out(self) -> float:
        return self.api_metrics().value("erp_db_pool_connections", pool="api", state="checked_out")
