from collections.abc import Iterator

import httpx
import pytest

from local.servers import PostgreSql, Redis, started_servers, wait_until
from tests.elasticsearch_stand_in import ElasticsearchStandIn
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.processes import Api, Beat, Program, Worker
from tests.sentry_server import SentryServer


@pytest.fixture(scope="session")
def servers() -> Iterator[tuple[PostgreSql, Redis]]:
    servers = PostgreSql(), Redis()
    with started_servers(*servers):
        yield servers


@pytest.fixture(scope="session")
def erp(servers: tuple[PostgreSql, Redis], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erp]:
    """API, worker and beat, migrated and ready. At the end, each line of their logs is checked against the schema."""
    postgresql, redis = servers
    logs = tmp_path_factory.mktemp("logs")
    sentry, elasticsearch = SentryServer(), ElasticsearchStandIn()
    environment = {
        "DATABASE_URL": postgresql.create_database("erp"),
        "REDIS_URL": redis.url,
        "ELASTICSEARCH_URL": elasticsearch.url,
        "SENTRY_DSN": sentry.dsn,
        "SENTRY_TRACES_SAMPLE_RATE": "0",
        "ENVIRONMENT": "test",
        "FORWARDED_ALLOW_IPS": "127.0.0.2/32",
        "APP_VERSION": "1.2.3",
        "HEARTBEAT_SECONDS": "0.5",
        "DUE_REPORTS_SECONDS": "2",
        "READINESS_CACHE_SECONDS": "0.2",
        "DATABASE_STATEMENT_TIMEOUT_SECONDS": "5",
        "REQUEST_DEADLINE_SECONDS": "5",
        "BODY_TIMEOUT_SECONDS": "2",
    }
    programs = [
        Program(logs / "migrate.log", ["alembic", "upgrade", "head"], {"SERVICE_NAME": "erp-migrate", **environment}),
        api := Api(logs / "api.log", environment),
        worker := Worker(logs / "worker.log", environment),
        beat := Beat(logs / "beat.log", environment),
    ]
    try:
        assert programs[0].wait_for_end() == 0, programs[0].log.read_text()
        api.wait(), worker.wait()
        wait_until(lambda: _ready(api), f"a heartbeat, see {logs}")
        yield Erp(environment, postgresql, redis, elasticsearch, sentry, api, worker, beat)
    finally:
        for program in programs:
            program.process.terminate()
        for program in programs:
            program.wait_for_end()
        sentry.close()
        elasticsearch.stop()
    for program in programs:
        assert program.lines(), f"{program.log} is empty"


@pytest.fixture(scope="session")
def api_with_test_routes(erp: Erp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Another API, with the routes of `tests.app_with_test_routes`."""
    api = Api(tmp_path_factory.mktemp("test_routes") / "log", erp.environment, "tests.app_with_test_routes")
    api.wait()
    yield api
    api.stop()
    assert api.lines()


@pytest.fixture(scope="module")
def no_errors_in_the_log(erp: Erp) -> Iterator[None]:
    """Fails if the API logs an error while the tests of a module run."""
    before = len(erp.api.lines())
    yield
    assert [line for line in erp.api.lines()[before:] if line["level"] in ("ERROR", "CRITICAL")] == []


@pytest.fixture
def organization(erp: Erp) -> str:
    """The id of a new one, with 1,000 of article `nail` in stock."""
    with erp.client(None, "organizations") as operator:
        id_ = operator.post("/api/v1/organizations", json={"name": "Nails Ltd"}).raise_for_status().json()["id"]
    with erp.client(id_) as member:
        member.put("/api/v1/stock/nail", json={"quantity": 1000}).raise_for_status()
    return id_


@pytest.fixture
def client(erp: Erp, organization: str) -> Iterator[httpx.Client]:
    """A client of a member of that organisation with all roles."""
    with erp.client(organization, "organizations", "reports") as client:
        yield client


def _ready(api: Api) -> bool:
    return http.get(f"{api.url}/healthz/ready").json()["status"] == "ok"
