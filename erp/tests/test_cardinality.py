"""No caller can create series: Prometheus would run out of memory."""

import socket
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.processes import Api


@pytest.fixture(scope="module")
def pod(erp: Erp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Starts another API that does not log the many requests of these tests."""
    environment = erp.environment | {"LOG_LEVEL": "WARNING", "SENTRY_DSN": ""}
    pod = Api(tmp_path_factory.mktemp("flooded") / "log", environment)
    pod.wait()
    yield pod
    pod.stop()


def test_10_000_random_paths_add_at_most_10_series_and_are_counted(pod: Api) -> None:
    pod.metrics()  # a process's first scrape adds its own series to the next
    before = pod.metrics()
    _get_all(pod.port, [f"/{uuid4().hex}/{number}" for number in range(10_000)])
    after = pod.metrics()
    assert len(after) - len(before) <= 10
    labels = {"method": "GET", "path_template": "unmatched"}
    assert after.value("starlette_requests_total", **labels) == 10_000
    assert after.value("starlette_responses_total", **labels, status_code="404") == 10_000


def test_wrong_methods_and_strange_methods_are_unmatched(pod: Api) -> None:
    for method, counted in {"DELETE": "DELETE", "PROPFIND": "other"}.items():
        assert http.request(method, f"{pod.url}/api/v1/orders").status_code == 405
        labels = {"method": counted, "path_template": "unmatched", "status_code": "405"}
        assert pod.metrics().value("starlette_responses_total", **labels) == 1


def test_every_template_is_a_route_or_unmatched(pod: Api, erp: Erp) -> None:
    routes = set(http.get(f"{pod.url}/openapi.json").json()["paths"])
    for metrics in (pod.metrics(), erp.api_metrics()):
        templates = {series["path_template"] for series in metrics.labels_of("starlette_requests_total")}
        assert templates <= routes | {"unmatched", "/metrics", "/openapi.json"}


def _get_all(port: int, paths: list[str]) -> None:
    """Sends requests over one connection, a hundred at a time: a client library would take longer than the ERP."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection, connection.makefile("rb") as answers:
        for start in range(0, len(paths), 100):
            requests = paths[start : start + 100]
            connection.sendall(b"".join(b"GET %b HTTP/1.1\r\nHost: erp\r\n\r\n" % path.encode() for path in requests))
            for _ in requests:
                assert answers.readline() == b"HTTP/1.1 404 Not Found\r\n"
                length = 0
                while (line := answers.readline()) != b"\r\n":
                    name, value = line.split(b":", 1)
                    length = int(value) if name.lower() == b"content-length" else length
                answers.read(length)
