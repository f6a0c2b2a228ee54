"""Health, with each dependency stopped and started again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from psycopg import Connection
from websockets.exceptions import ConnectionClosedError

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.test_orders import NAILS

UP = {"status": "up"}


def test_readiness_lists_each_check(erp: Erp) -> None:
    wait_until(lambda: _ready(erp).json()["status"] == "ok", "readiness")
    body = _ready(erp).json()
    assert body == {"status": "ok", "checks": {"postgresql": UP, "redis": UP, "elasticsearch": UP, "celery": UP}}
    for dependency in body["checks"]:
        assert erp.api_metrics().value("erp_dependency_up", dependency=dependency) == 1


def test_without_postgresql_the_pod_is_unready_and_alive(erp: Erp) -> None:
    dependency = "postgresql"
    with _stopped(erp.postgresql):
        wait_until(lambda: _ready(erp).status_code == 503, "unreadiness")
        assert _ready(erp).json()["status"] == "failed"
        assert _ready(erp).json()["checks"][dependency]["status"] == "down"
        assert http.get(f"{erp.api.url}/healthz/live").status_code == 200
        assert http.get(f"{erp.worker.url}/healthz/live").status_code == 200
        assert erp.api_metrics().value("erp_dependency_up", dependency=dependency) == 0
    wait_until(lambda: _ready(erp).json()["checks"][dependency] == UP, "readiness again")
    assert _ready(erp).status_code == 200
    assert erp.api_metrics().value("erp_dependency_up", dependency=dependency) == 1


def test_a_restart_of_the_database_fails_no_request_after_it(erp: Erp, client: httpx.Client, organization: str) -> None:
    with erp.waiting_requests(organization, 5):
        pass  # five connections are open now
    with _stopped(erp.postgresql):
        pass
    assert [client.get("/api/v1/orders").status_code for _ in range(6)] == [200] * 6


def test_a_database_that_became_a_standby_is_unavailable_for_changes(
    erp: Erp, client: httpx.Client, organization: str
) -> None:
    with erp.database() as database, _read_only(database):
        wait_until(lambda: client.post("/api/v1/orders", json=NAILS).status_code == 503, "the refusal of changes")
        refused = client.post("/api/v1/orders", json=NAILS)
        assert (refused.status_code, refused.headers.get("Retry-After")) == (503, "5")
        assert client.get("/api/v1/orders").status_code == 200
    wait_until(lambda: client.post("/api/v1/orders", json=NAILS).status_code == 201, "orders again")


def test_without_redis_the_pod_is_ready_but_degraded_and_accepts_orders(erp: Erp, client: httpx.Client) -> None:
    with _stopped(erp.redis):
        wait_until(lambda: _ready(erp).json()["checks"]["redis"]["status"] == "down", "degradation")
        assert (_ready(erp).status_code, _ready(erp).json()["status"]) == (200, "degraded")
        assert http.get(f"{erp.api.url}/healthz/live").status_code == 200
        assert http.get(f"{erp.worker.url}/healthz/live").status_code == 200
        assert erp.api_metrics().value("erp_dependency_up", dependency="redis") == 0
        assert client.post("/api/v1/orders", json=NAILS).status_code == 201
    wait_until(lambda: _ready(erp).json()["status"] == "ok", "readiness again")


def test_without_elasticsearch_the_pod_is_ready_but_degraded(erp: Erp) -> None:
    with _stopped(erp.elasticsearch):
        wait_until(lambda: _ready(erp).json()["status"] == "degraded", "degradation")
        assert _ready(erp).status_code == 200
        assert _ready(erp).json()["checks"]["elasticsearch"] == {"status": "down", "reason": "ConnectError"}
    wait_until(lambda: _ready(erp).json()["status"] == "ok", "readiness again")


def test_a_red_elasticsearch_is_down(erp: Erp) -> None:
    erp.elasticsearch.health = "red"
    try:
        reason = {"status": "down", "reason": "the cluster is red"}
        wait_until(lambda: _ready(erp).json()["checks"]["elasticsearch"] == reason, "the red cluster")
    finally:
        erp.elasticsearch.health = "yellow"
    wait_until(lambda: _ready(erp).json()["checks"]["elasticsearch"] == UP, "the yellow cluster")


def test_without_heartbeats_of_a_worker_the_pod_is_ready_but_degraded(erp: Erp) -> None:
    with _stopped(erp.worker):
        reason = {"status": "down", "reason": "no worker has run a heartbeat task recently"}
        wait_until(lambda: _ready(erp).json()["checks"]["celery"] == reason, "missing heartbeats")
        assert (_ready(erp).status_code, _ready(erp).json()["status"]) == (200, "degraded")
    wait_until(lambda: _ready(erp).json()["status"] == "ok", "a heartbeat")


def test_an_exhausted_pool_does_not_make_a_pod_unready(erp: Erp, organization: str) -> None:
    with erp.waiting_requests(organization, 10):
        time.sleep(0.3)  # until the cached result of an earlier probe expires
        assert _ready(erp).json()["checks"]["postgresql"] == UP


def test_a_failing_readiness_check_is_no_error_in_sentry_and_one_warning_in_the_log(erp: Erp) -> None:
    before, lines = len(erp.sentry.items), len(erp.api.lines())
    with _stopped(erp.redis):
        wait_until(lambda: _ready(erp).json()["checks"]["redis"] != UP, "the failing check")
        for _ in range(5):
            _ready(erp)
    wait_until(lambda: _ready(erp).json()["checks"]["redis"] == UP, "readiness again")
    assert [item for kind, item in erp.sentry.items[before:] if kind == "event" and "/healthz" in str(item)] == []
    said = [
        line["message"]
        for line in erp.api.lines()[lines:]
        if line["logger"] == "erp.health" and "redis" in line["message"]
    ]
    assert [message.split(":")[0] for message in said] == ["redis is down", "redis is up again"]


def test_a_websocket_is_told_to_come_again_when_redis_ends_it(erp: Erp, organization: str) -> None:
    with erp.updates(organization) as updates:
        wait_until(lambda: erp.subscribers(organization) == 1, "the subscription")
        with _stopped(erp.redis), pytest.raises(ConnectionClosedError, match="1013"):
            updates.recv(60)
    wait_until(lambda: _ready(erp).json()["checks"]["redis"] == UP, "readiness again")


@contextmanager
def _stopped(server) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


def _ready(erp: Erp) -> httpx.Response:
    return http.get(f"{erp.api.url}/healthz/ready")


@contextmanager
def _read_only(database: Connection) -> Iterator[None]:
    """PostgreSQL refuses changes with the error of a standby."""
    database.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    database.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        database.execute("ALTER SYSTEM RESET default_transaction_read_only")
        database.execute("SELECT pg_reload_conf()")
