"""A request has one name: its metrics, its log line and its events in Sentry have the same route."""

import socket
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.processes import Api


@pytest.mark.parametrize(
    ("path", "template"),
    [("/at-once", "/at-once"), ("/warehouse/parts/0", "/warehouse/parts/{number}")],
)
def test_metric_line_and_event_name_the_same_route(
    erp: Erp, api_with_test_routes: Api, path: str, template: str
) -> None:
    request_id = uuid4().hex
    before = _responses(api_with_test_routes, template, "500")
    assert http.get(api_with_test_routes.url + path, headers={"X-Request-ID": request_id}).status_code == 500
    assert erp.sentry.wait_for("event", request_id)["transaction"] == template
    assert _responses(api_with_test_routes, template, "500") - before == 1
    assert _line(api_with_test_routes, request_id)["route"] == template
    erp.sentry.no_more_than_one(request_id)


@pytest.mark.parametrize("path", ["/warehouse/nowhere", "/nowhere", "/warehouse/parts/1/2"])
def test_what_no_route_answers_is_unmatched_also_in_a_mounted_application(api_with_test_routes: Api, path: str) -> None:
    request_id, before = uuid4().hex, _responses(api_with_test_routes, "unmatched", "404")
    assert http.get(api_with_test_routes.url + path, headers={"X-Request-ID": request_id}).status_code == 404
    assert _responses(api_with_test_routes, "unmatched", "404") - before == 1
    assert _line(api_with_test_routes, request_id)["route"] == "unmatched"


def test_a_failed_websocket_has_its_route_in_sentry(erp: Erp, api_with_test_routes: Api) -> None:
    request_id = uuid4().hex
    url = api_with_test_routes.url.replace("http", "ws") + "/followers/3"
    with (
        connect(url, additional_headers={"X-Request-ID": request_id}) as websocket,
        pytest.raises(ConnectionClosedError),
    ):
        websocket.recv(5)
    assert erp.sentry.wait_for("event", request_id)["transaction"] == "/followers/{number}"
    errors = [line["exc_info"] for line in api_with_test_routes.lines_of(request_id) if line["level"] == "ERROR"]
    assert [error.splitlines()[-1] for error in errors] == ["ValueError: nobody handles this"]


def test_a_caller_who_leaves_while_sending_is_no_failure(erp: Erp, api_with_test_routes: Api) -> None:
    request_id = uuid4().hex
    before = _responses(api_with_test_routes, "/upload", "500")
    with socket.create_connection(("127.0.0.1", api_with_test_routes.port)) as caller:
        head = f"POST /upload HTTP/1.1\r\nHost: erp\r\nX-Request-ID: {request_id}\r\nContent-Length: 9\r\n\r\n"
        caller.sendall(head.encode() + b"half")
        wait_until(lambda: _in_progress(api_with_test_routes, "/upload") == 1, "the request")
    line = _line(api_with_test_routes, request_id)
    assert (line["status"], line["level"]) == (499, "INFO")
    assert _responses(api_with_test_routes, "/upload", "499") == 1
    assert _responses(api_with_test_routes, "/upload", "500") == before
    assert _in_progress(api_with_test_routes, "/upload") == 0
    exceptions = api_with_test_routes.metrics().labels_of("starlette_exceptions_total")
    assert "ClientDisconnect" not in {series["exception_type"] for series in exceptions}
    assert erp.sentry.of("event", request_id) == []


def _responses(api: Api, template: str, status: str) -> float:
    metrics = api.metrics()
    method = "POST" if template == "/upload" else "GET"
    return metrics.value("starlette_responses_total", method=method, path_template=template, status_code=status)


def _in_progress(api: Api, template: str) -> float:
    metrics = api.metrics()
    return metrics.value("starlette_requests_in_progress", method="POST", path_template=template)


def _line(api: Api, request_id: str) -> dict:
    wait_until(lambda: api.lines_of(request_id) != [], "its line")
    (line,) = api.lines_of(request_id)
    return line
