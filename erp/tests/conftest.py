from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from celery import Celery
from redis import Redis as RedisClient

from local.servers import PostgreSql, Redis, wait_until
from tests.elasticsearch_stand_in import ElasticsearchStandIn
from tests.exposition import Samples, parse
from tests.processes import Api, Beat, Program, Worker
from tests.sentry_server import SentryServer

HEARTBEAT_SECONDS = 1


@dataclass
class Erp:
    """The ERP in operation, with everything that it depends on."""

    environment: dict[str, str]
    postgresql: PostgreSql
    redis: Redis
    elasticsearch: ElasticsearchStandIn
    sentry: SentryServer
    api: Api
    worker: Worker
    beat: Beat

    def client(self, organization_id: str | None = None, **headers: str) -> httpx.Client:
        known = {"X-Organization-ID": organization_id} if organization_id else {}
        return httpx.Client(base_url=self.api.url, headers=known | headers, timeout=30)

    def database(self) -> psycopg.Connection:
        """Apart from the ERP's own connections."""
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def cache(self) -> RedisClient:
        return RedisClient(port=self.redis.port, db=1, decode_responses=True)

    def subscribers(self, organization_id: str) -> int:
        with self.cache() as cache:
            return cache.pubsub_numsub(f"order-updates:{organization_id}")[0][1]

    def send_task(self, name: str, *arguments: str) -> None:
        """As another program would, without the ERP's code."""
        with Celery(broker=self.redis.url, set_as_current=False) as sender:
            sender.send_task(name, arguments, queue="default", ignore_result=True)

    def api_metrics(self) -> Samples:
        return parse(httpx.get(f"{self.api.url}/metrics").text)

    def worker_metrics(self) -> Samples:
        return parse(httpx.get(f"{self.worker.url}/metrics").text)


@pytest.fixture(scope="session")
def servers() -> Iterator[tuple[PostgreSql, Redis]]:
    started = PostgreSql(), Redis()
    try:
        for server in started:
            server.start()
        yield started
    finally:
        for server in started:
            server.remove()


@pytest.fixture(scope="session")
def erp(servers: tuple[PostgreSql, Redis], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erp]:
    """API, worker and beat, migrated and ready."""
    postgresql, redis = servers
    logs = tmp_path_factory.mktemp("logs")
    sentry, elasticsearch = SentryServer(), ElasticsearchStandIn()
    environment = {
        "DATABASE_URL": postgresql.create_database("erp"),
        "REDIS_URL": redis.url,
        "ELASTICSEARCH_URL": elasticsearch.url,
        "SENTRY_DSN": sentry.dsn,
        "SENTRY_TRACES_SAMPLE_RATE": "1",
        "ENVIRONMENT": "test",
        "APP_VERSION": "1.2.3",
        "HEARTBEAT_SECONDS": str(HEARTBEAT_SECONDS),
        "DATABASE_STATEMENT_TIMEOUT_SECONDS": "5",
    }
    programs = [
        Program(logs / "migrate.log", ["alembic", "upgrade", "head"], {"SERVICE_NAME": "erp-migrate", **environment}),
        api := Api(logs / "api.log", environment),
        worker := Worker(logs / "worker.log", environment),
        beat := Beat(logs / "beat.log", environment),
    ]
    try:
        assert programs[0].process.wait(30) == 0, programs[0].log.read_text()
        api.wait(), worker.wait()
        wait_until(lambda: _ready(api), f"a heartbeat, see {logs}")
        yield Erp(environment, postgresql, redis, elasticsearch, sentry, api, worker, beat)
    finally:
        for program in programs:
            program.process.terminate()
        for program in programs:
            program.process.wait(30)
        sentry.close()
        elasticsearch.stop()
    for program in programs:
        assert program.lines(), f"{program.log} is empty"


@pytest.fixture
def organization(erp: Erp) -> str:
    """The id of a new one, with 1,000 of article `nail` in stock."""
    with erp.client() as client:
        id_ = client.post("/api/v1/organizations", json={"name": "Nails Ltd"}).raise_for_status().json()["id"]
        client.put("/api/v1/stock/nail", json={"quantity": 1000}, headers={"X-Organization-ID": id_}).raise_for_status()
    return id_


@pytest.fixture
def client(erp: Erp, organization: str) -> Iterator[httpx.Client]:
    """Of that organisation."""
    with erp.client(organization) as client:
        yield client


def _ready(api: Api) -> bool:
    return httpx.get(f"{api.url}/healthz/ready").json()["status"] == "ok"
