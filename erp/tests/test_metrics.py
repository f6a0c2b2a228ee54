"""What Prometheus finds at `/metrics`."""

import time
from uuid import uuid4

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.test_orders import NAILS

TYPES_OF_API = {
    "starlette_requests": "counter",
    "starlette_responses": "counter",
    "starlette_requests_processing_time_seconds": "histogram",
    "starlette_exceptions": "counter",
    "starlette_requests_in_progress": "gauge",
    "erp_entities_created": "counter",
    "erp_service_function_duration_seconds": "histogram",
    "erp_active_websocket_connections": "gauge",
    "erp_dependency_up": "gauge",
    "erp_db_pool_connections": "gauge",
    "erp_db_pool_max_connections": "gauge",
    "erp_db_pool_checkout_wait_seconds": "histogram",
    "erp_failures_after_response": "counter",
    "erp_tokens_accepted": "counter",
    "erp_tokens_rejected": "counter",
    "erp_identity_key_fetches": "counter",
    "erp_identity_keys_last_success_timestamp_seconds": "gauge",
    "erp_app_info": "gauge",
    "process_cpu_seconds": "counter",
}


def test_metrics_are_served_as_prometheus_reads_them(erp: Erp) -> None:
    response = http.get(f"{erp.api.url}/metrics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


@pytest.mark.parametrize("parameters", ["version=x.0.0", "version=1.0.0; escaping=x", "version", "=;==;version="])
def test_a_client_with_an_odd_accept_header_gets_metrics(erp: Erp, parameters: str) -> None:
    accept = {"Accept": f"application/openmetrics-text; {parameters}"}
    for program in (erp.api, erp.worker):
        assert http.get(f"{program.url}/metrics", headers=accept).status_code == 200


def test_a_client_that_accepts_openmetrics_gets_it_with_the_request_ids_of_durations(
    erp: Erp, client: httpx.Client
) -> None:
    request_id, longest = uuid4().hex, "x" * 128
    for given in (request_id, longest):
        path = f"/api/v1/orders/{uuid4()}" if given == request_id else "/api/v1/orders"
        client.get(path, headers={"X-Request-ID": given})
    accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"
    response = http.get(f"{erp.api.url}/metrics", headers={"Accept": accept})
    assert response.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0; charset=utf-8")
    exemplars = {
        sample.exemplar.labels["request_id"]
        for family in openmetrics(response.text)
        for sample in family.samples
        if sample.exemplar
    }
    assert request_id in exemplars
    assert longest not in exemplars


def test_every_metric_has_its_name_and_type(erp: Erp) -> None:
    types = erp.api_metrics().types
    assert {name: types.get(name) for name in TYPES_OF_API} == TYPES_OF_API


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("starlette_requests_total", {"method", "path_template"}),
        ("starlette_responses_total", {"method", "path_template", "status_code"}),
        ("starlette_requests_processing_time_seconds_bucket", {"method", "path_template", "le"}),
        ("starlette_requests_in_progress", {"method", "path_template"}),
        ("erp_entities_created_total", {"entity_type", "organization_id"}),
        ("erp_service_function_duration_seconds_bucket", {"service_name", "function_name", "le"}),
        ("erp_db_pool_connections", {"pool", "state"}),
        ("erp_dependency_up", {"dependency"}),
        ("erp_app_info", {"version", "environment"}),
    ],
)
def test_a_metric_has_exactly_its_labels(erp: Erp, client: httpx.Client, name: str, labels: set[str]) -> None:
    found = erp.api_metrics().labels_of(name)
    assert found
    assert {frozenset(series) for series in found} == {frozenset(labels)}


def test_requests_are_counted_by_route_template_and_status(erp: Erp, client: httpx.Client) -> None:
    before = erp.api_metrics()
    for _ in range(3):
        client.get(f"/api/v1/orders/{uuid4()}")
    after, labels = erp.api_metrics(), {"method": "GET", "path_template": "/api/v1/orders/{order_id}"}
    for name, more in {
        "starlette_requests_total": {},
        "starlette_responses_total": {"status_code": "404"},
        "starlette_requests_processing_time_seconds_count": {},
    }.items():
        assert after.value(name, **labels, **more) - before.value(name, **labels, **more) == 3


def test_failures_of_every_route_are_counted_from_zero(erp: Erp) -> None:
    counted = {
        (series["method"], series["path_template"])
        for series in erp.api_metrics().labels_of("starlette_responses_total")
        if series["status_code"] == "500"
    }
    routes = http.get(f"{erp.api.url}/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, methods in routes.items() for method in methods} <= counted


def test_the_latency_objective_is_a_bucket_of_routes_and_functions(erp: Erp, client: httpx.Client) -> None:
    metrics = erp.api_metrics()
    for name in ("starlette_requests_processing_time_seconds", "erp_service_function_duration_seconds"):
        assert "0.5" in {series["le"] for series in metrics.labels_of(f"{name}_bucket")}


def test_beyond_200_organizations_the_rest_is_counted_as_other(erp: Erp) -> None:
    with erp.client(None, "organizations") as operator:
        for number in range(201):
            operator.post("/api/v1/organizations", json={"name": f"Number {number}"}).raise_for_status()
    metrics = erp.api_metrics()
    named = {series["organization_id"] for series in metrics.labels_of("erp_entities_created_total")} - {"other"}
    assert len(named) == 200
    assert metrics.value("erp_entities_created_total", entity_type="organization", organization_id="other") >= 1


def test_what_workers_create_and_how_long_it_takes_is_scraped_from_them(erp: Erp, client: httpx.Client) -> None:
    name = "erp_service_function_duration_seconds_count"
    function = {"service_name": "invoices", "function_name": "create_invoice"}
    before = erp.worker_metrics()

    def counted_and_timed() -> bool:
        after = erp.worker_metrics()
        timed = after.value(name, **function) - before.value(name, **function)
        # Invoices for orders of other tests may still be counted.
        return 1 <= _sum(after, "invoice") - _sum(before, "invoice") == timed

    client.post("/api/v1/orders", json=NAILS).raise_for_status()
    # A worker that has just lost its database retries for up to half a minute.
    wait_until(counted_and_timed, "the invoice in the worker's metrics")
    assert erp.worker_metrics().value("erp_db_pool_max_connections", pool="worker") == 10


def test_an_order_counts_for_its_organization(erp: Erp, client: httpx.Client) -> None:
    before = _sum(erp.api_metrics(), "order")
    client.post("/api/v1/orders", json=NAILS).raise_for_status()
    assert _sum(erp.api_metrics(), "order") - before == 1


def test_open_websockets_are_counted(erp: Erp, organization: str) -> None:
    with erp.updates(organization):
        wait_until(lambda: erp.api_metrics().value("erp_active_websocket_connections") == 1, "an open WebSocket")
    wait_until(lambda: erp.api_metrics().value("erp_active_websocket_connections") == 0, "no open WebSocket")


def test_a_pool_that_waits_on_a_locked_table_shows_it(erp: Erp, organization: str) -> None:
    with erp.waiting_requests(organization, 3):
        assert erp.checked_out() == 3
        assert erp.api_metrics().value("erp_db_pool_max_connections", pool="api") == 10
    wait_until(lambda: erp.checked_out() == 0, "all connections to be idle again")


def test_an_exhausted_pool_shows_in_how_long_connections_are_waited_for(erp: Erp, organization: str) -> None:
    def waited() -> float:
        name, metrics = "erp_db_pool_checkout_wait_seconds", erp.api_metrics()
        return metrics.value(f"{name}_count", pool="api") - metrics.value(f"{name}_bucket", pool="api", le="1.0")

    def in_progress() -> float:
        labels = {"method": "GET", "path_template": "/api/v1/orders"}
        return erp.api_metrics().value("starlette_requests_in_progress", **labels)

    before = waited()
    with erp.waiting_requests(organization, 12):
        wait_until(lambda: in_progress() == 12, "the two that find no connection")
        # Less than the pool lets them wait, and more than a busy machine needs to open a connection.
        time.sleep(1.5)
    assert waited() - before == 2


def test_the_build_is_told(erp: Erp) -> None:
    labels = {"version": "1.2.3", "environment": "test"}
    assert erp.api_metrics().value("erp_app_info", **labels) == 1
    assert erp.worker_metrics().value("erp_app_info", **labels) == 1


def _sum(metrics, entity_type: str) -> float:
    return sum(
        value
        for (name, labels), value in metrics.items()
        if name == "erp_entities_created_total" and ("entity_type", entity_type) in labels
    )
