"""No caller can make series: Prometheus would run out of memory."""

import socket
from uuid import uuid4

from tests.erp_in_operation import Erp
from tests.http_client import http


def test_10_000_random_paths_add_at_most_10_series_and_are_counted(erp: Erp) -> None:
    erp.api_metrics()  # a process's first scrape adds its own series to the next
    before = erp.api_metrics()
    _get_all(erp.api.port, [f"/{uuid4().hex}/{number}" for number in range(10_000)])
    after = erp.api_metrics()
    assert len(after) - len(before) <= 10
    labels = {"method": "GET", "path_template": "unmatched"}
    assert (
        after.value("starlette_requests_total", **labels) - before.value("starlette_requests_total", **labels) == 10_000
    )
    labels["status_code"] = "404"
    name = "starlette_responses_total"
    assert after.value(name, **labels) - before.value(name, **labels) == 10_000


def test_redirects_of_slashes_wrong_methods_and_strange_methods_are_unmatched(erp: Erp) -> None:
    with erp.client() as client:
        assert client.get("/api/v1/orders/").status_code == 307
        assert client.delete("/api/v1/orders").status_code == 405
        assert client.request("PROPFIND", "/api/v1/orders").status_code == 405
    metrics = erp.api_metrics()
    for method, status in {"GET": "307", "DELETE": "405", "other": "405"}.items():
        labels = {"method": method, "path_template": "unmatched", "status_code": status}
        assert metrics.value("starlette_responses_total", **labels) == 1


def test_every_template_is_a_route_or_unmatched(erp: Erp) -> None:
    routes = set(http.get(f"{erp.api.url}/openapi.json").json()["paths"])
    templates = {series["path_template"] for series in erp.api_metrics().labels_of("starlette_requests_total")}
    assert templates <= routes | {"unmatched", "/metrics", "/openapi.json"}


def _get_all(port: int, paths: list[str]) -> None:
    """Over one connection, a hundred at a time: a client library would take longer than the ERP."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection, connection.makefile("rb") as answers:
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
