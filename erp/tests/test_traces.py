"""What a collector receives, checked with a local server that decodes OTLP."""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics

from local.servers import free_port, wait_until
from tests.collector import ReceivedSpan
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.issuer import settings
from tests.processes import ERP
from tests.test_orders import NAILS
from tests.traced_erp import TracedErp, traced_erp

TRACER = "app.core.tracing.tracer"
CREATE_INVOICE = "erp.invoices.create_invoice"
PROCESS = f"process {CREATE_INVOICE}"

# As a caller sends it who wants to be sampled, or to join the trace of somebody else.
CHOSEN = "4" * 32
FOREIGN = {
    "traceparent": f"00-{CHOSEN}-{'2' * 16}-01",
    "tracestate": f"vendor={CHOSEN}",
    "baggage": f"user.id={CHOSEN}",
    "b3": f"{CHOSEN}-{'2' * 16}-1",
    "sentry-trace": f"{CHOSEN}-{'2' * 16}-1",
}


@pytest.fixture(scope="module")
def traced(erp: Erp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TracedErp]:
    with traced_erp(erp, tmp_path_factory.mktemp("traced")) as traced:
        yield traced


@pytest.fixture(scope="module")
def customer(traced: TracedErp) -> str:
    """The id of an organisation with articles."""
    with traced.client(None, "organizations") as operator:
        id_ = operator.post("/api/v1/organizations", json={"name": "Nails Ltd"}).raise_for_status().json()["id"]
    with traced.client(id_) as member:
        member.put("/api/v1/stock/nail", json={"quantity": 1000}).raise_for_status()
    return id_


def test_an_order_is_one_trace_through_api_database_broker_and_worker(traced: TracedErp, customer: str) -> None:
    spans = _order(traced, customer)
    assert len({span.trace_id for span in spans}) == 1
    (request,) = [span for span in spans if span.parent_id == ""]
    assert (request.name, request.kind) == ("POST /api/v1/orders", "server")
    (sending,) = [span for span in spans if span.kind == "producer"]
    (task,) = [span for span in spans if span.kind == "consumer"]
    assert (sending.name, sending.parent_id) == (f"send {CREATE_INVOICE}", request.span_id)
    assert (task.name, task.parent_id) == (PROCESS, sending.span_id)
    assert {span.name for span in spans if span.parent_id == request.span_id and span.kind == "client"} == {
        "UPDATE stock_items", "INSERT orders", "INSERT outbox_messages", "DEL", "PUBLISH", "index erp-orders",
    }  # fmt: skip
    assert {span.name for span in spans if span.parent_id == task.span_id} == {
        "SELECT orders", "INSERT invoices", "DELETE outbox_messages", "PUBLISH",
    }  # fmt: skip
    assert request.resource.items() >= {
        "service.name": "erp-api", "service.version": "1.2.3", "deployment.environment.name": "test",
        "k8s.pod.name": "pod-1", "service.namespace": "erp",
    }.items()  # fmt: skip
    assert task.resource["service.name"] == "erp-worker"


def test_spans_name_the_request_and_the_organization_and_no_person(traced: TracedErp, customer: str) -> None:
    spans = _order(traced, customer)
    for span in spans:
        if span.kind in ("server", "producer", "consumer"):
            assert span.attributes["request.id"]
            assert span.attributes["organization.id"] == customer
    assert not [span for span in spans if "u-17" in str(span)]


def test_a_request_has_its_route_method_and_status(traced: TracedErp, customer: str) -> None:
    span = _get_server_span(traced, customer, f"/api/v1/stock/{'x' * 60}?note=private")
    assert span.name == "GET /api/v1/stock/{sku}"
    assert span.attributes.pop("request.id")
    assert span.attributes == {
        "http.request.method": "GET", "http.route": "/api/v1/stock/{sku}", "http.response.status_code": 404,
        "organization.id": customer,
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/wp-login.php", f"/{uuid4()}/admin", "/api/v1/orders/"])
def test_paths_without_a_route_share_one_name(traced: TracedErp, customer: str, path: str) -> None:
    span = _get_server_span(traced, customer, path)
    assert (span.name, span.attributes["http.route"]) == ("GET unmatched", "unmatched")


def test_methods_that_no_api_uses_share_one_name(traced: TracedErp) -> None:
    request_id = uuid4().hex
    http.request("PROPFIND", f"{traced.api.url}/pot", headers={"X-Request-ID": request_id})
    (span,) = traced.collector.wait_for(request_id, "HTTP unmatched")
    assert span.attributes["http.request.method"] == "_OTHER"


def test_probes_scrapes_and_work_of_no_request_have_no_spans(traced: TracedErp, customer: str) -> None:
    for path in ("/healthz/live", "/healthz/ready", "/metrics"):
        http.get(traced.api.url + path)
    heartbeat = traced.send_task("erp.heartbeat")
    # The relay asks the database every half second.
    time.sleep(1)
    _order(traced, customer)
    roots = {span.name for span in traced.collector.spans if not span.parent_id}
    assert roots
    assert not [name for name in roots if "healthz" in name or "metrics" in name or "heartbeat" in name]
    assert {span.kind for span in traced.collector.spans if not span.parent_id} <= {"server", "consumer"}
    assert heartbeat not in str(traced.collector.spans)


def test_a_caller_neither_chooses_nor_joins_a_trace(traced: TracedErp, customer: str) -> None:
    not_sampled = FOREIGN | {"traceparent": FOREIGN["traceparent"].removesuffix("1") + "0"}
    for headers in (FOREIGN, not_sampled, {"traceparent": "00-x"}, {"traceparent": "é" * 500}):
        spans = _order(traced, customer, {name: value.encode() for name, value in headers.items()})
        assert len([span for span in spans if span.parent_id == ""]) == 1
        assert CHOSEN not in str(spans)


def test_no_personal_data_no_secret_and_no_sql_is_exported(traced: TracedErp, customer: str) -> None:
    planted = ["Zebulon", "jane.doe@example.com", "4111111111111111", "GB29NWBK60161331926819", "hunter2hunter2"]
    order = NAILS | {"reference": " ".join(planted[:4])}
    request_id = uuid4().hex
    headers = {"X-Note": planted[0], "X-Request-ID": request_id, "User-Agent": planted[0]}
    with traced.client(customer, **headers) as client:
        planted.append(client.headers["Authorization"].removeprefix("Bearer "))
        with traced.refused_orders():
            client.post("/api/v1/orders", json=order, params={"token": planted[4], "note": planted[0]})
        client.get("/api/v1/orders/search", params={"text": planted[0]})
        client.get(f"/api/v1/orders/{planted[1]}")
    spans = traced.collector.wait_for(request_id, "INSERT orders", "search erp-orders", "GET /api/v1/orders/{order_id}")
    (failed,) = [span for span in spans if span.name == "INSERT orders"]
    assert failed.failed and failed.attributes["error.type"] == "CheckViolation"
    ((_, exception),) = failed.events
    assert "violates check constraint" in exception["exception.message"]
    assert "DETAIL:  [redacted]" in exception["exception.message"]
    exported = b"".join(traced.collector.bodies)
    assert not [secret for secret in [*planted, "nail", "VALUES"] if secret.encode() in exported]


def test_a_failed_request_is_a_failed_span(traced: TracedErp, customer: str) -> None:
    with traced.without_table("orders"):
        spans = _get(traced, customer, "/api/v1/orders")
    (request,) = [span for span in spans if span.kind == "server"]
    assert request.failed and request.attributes["error.type"] == "ProgrammingError"
    assert request.attributes["http.response.status_code"] == 500


def test_a_statement_that_is_cancelled_ends_its_span(traced: TracedErp, customer: str) -> None:
    with traced.locked_table("orders"):
        spans = _get(traced, customer, "/api/v1/orders")
    (statement,) = [span for span in spans if span.kind == "client"]
    assert statement.failed and 0.5 < statement.seconds < 4


def test_an_attempt_after_a_failed_one_is_a_trace_of_its_own_with_a_link(traced: TracedErp, customer: str) -> None:
    request_id = uuid4().hex
    with traced.client(customer, **{"X-Request-ID": request_id}) as client, traced.locked_table("invoices"):
        client.post("/api/v1/orders", json=NAILS).raise_for_status()
        traced.collector.wait_for(request_id, PROCESS)
    wait_until(lambda: _attempts(traced, request_id)[-1].failed is False, "the invoice")
    first, second, *_ = _attempts(traced, request_id)
    assert (first.failed, first.attributes["error.type"]) == (True, "OperationalError")
    assert second.links == [(first.trace_id, first.span_id)]
    assert second.parent_id == "" and second.trace_id != first.trace_id
    assert second.attributes["celery.retries"] == 1


def test_lines_of_api_and_worker_have_the_ids_of_their_spans(traced: TracedErp, customer: str) -> None:
    request_id = uuid4().hex
    spans = _order(traced, customer, {"X-Request-ID": request_id})
    for program, kind in ((traced.api, "server"), (traced.worker, "consumer")):
        (span,) = [span for span in spans if span.kind == kind]
        lines = program.wait_for_lines_of(request_id)
        assert {(line["trace_id"], line["span_id"]) for line in lines} == {(span.trace_id, span.span_id)}


def test_an_error_in_sentry_has_the_ids_of_request_and_trace(traced: TracedErp, customer: str) -> None:
    """Of an API that fails, and of a task that fails."""
    failed_request, failed_task = uuid4().hex, uuid4().hex
    with traced.client(customer) as client:
        with traced.without_table("orders"):
            client.get("/api/v1/orders", headers={"X-Request-ID": failed_request})
        with traced.without_table("invoices"):
            client.post("/api/v1/orders", json=NAILS, headers={"X-Request-ID": failed_task}).raise_for_status()
            traced.sentry.wait_for("event", failed_task)
    for request_id, name in ((failed_request, "GET /api/v1/orders"), (failed_task, PROCESS)):
        spans = traced.collector.wait_for(request_id, name)
        (span,) = [span for span in spans if span.name == name]
        event = traced.sentry.wait_for("event", request_id)
        assert event["contexts"]["trace"]["trace_id"] == span.trace_id
        assert event["contexts"]["trace"]["span_id"] == span.span_id
        assert event["tags"]["request_id"] == request_id
    # The ERP of other tests sends transactions to the same receiver.
    own = {failed_request, failed_task}
    transactions = [item for kind, item in traced.sentry.items if kind == "transaction"]
    assert not [item for item in transactions if item["tags"].get("request_id") in own]


def test_exemplars_of_durations_name_the_trace(traced: TracedErp, customer: str) -> None:
    request_id = uuid4().hex
    span = _get_server_span(traced, customer, "/api/v1/stock/screw", request_id)
    found = {}
    for family in openmetrics(http.get(f"{traced.api.url}/metrics", headers=OPENMETRICS).text):
        for sample in family.samples:
            if sample.exemplar and sample.exemplar.labels.get("trace_id") == span.trace_id:
                found[family.name] = sample.exemplar.labels
    assert found == {
        "starlette_requests_processing_time_seconds": {"request_id": request_id, "trace_id": span.trace_id},
        "erp_service_function_duration_seconds": {"trace_id": span.trace_id},
    }


OPENMETRICS = {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"}


def test_the_longest_request_id_leaves_room_for_the_trace(traced: TracedErp, customer: str) -> None:
    span = _get_server_span(traced, customer, "/api/v1/stock/screw", "x" * 128)
    text = http.get(f"{traced.api.url}/metrics", headers=OPENMETRICS).text
    assert f'# {{trace_id="{span.trace_id}"}}' in text
    assert "x" * 20 not in text


@pytest.mark.parametrize("disturbance", ["away", "hanging", "refusing"])
def test_a_collector_that_fails_slows_and_fails_no_request(traced: TracedErp, customer: str, disturbance: str) -> None:
    disturbed = {
        "away": traced.collector.away,
        "hanging": traced.collector.hanging,
        "refusing": lambda: traced.collector.refusing(500),
    }[disturbance]
    with traced.client(customer) as client:
        usual = _slowest(client)
        with disturbed():
            assert _slowest(client) < usual + 0.5
    request_id = uuid4().hex
    _get(traced, customer, "/api/v1/stock/nail", request_id)


def test_spans_that_a_collector_refuses_are_counted_and_logged_once(traced: TracedErp, customer: str) -> None:
    def lines() -> list[dict[str, Any]]:
        return [line for line in traced.api.lines() if line["logger"] == "erp.tracing"][known:]

    known = 0
    known = len(lines())
    before = traced.dropped("export_failed")
    with traced.collector.refusing(500), traced.client(customer) as client:
        for number in range(1, 4):
            client.get("/api/v1/stock/nail")
            wait_until(lambda lost=before + number: traced.dropped("export_failed") >= lost, "dropped spans")
    _get(traced, customer, "/api/v1/stock/nail")
    # The collector has the span before the exporter writes its line.
    wait_until(lambda: len(lines()) >= 2, "a line about the export")
    assert [line["level"] for line in lines()] == ["WARNING", "INFO"]
    assert "500" in lines()[0]["message"]


def test_programs_end_in_time_while_the_collector_hangs_and_otherwise_export_what_waits(
    traced: TracedErp, customer: str
) -> None:
    programs = traced.api, traced.worker
    with traced.collector.hanging():
        with traced.client(customer) as client:
            client.post("/api/v1/orders", json=NAILS).raise_for_status()
        wait_until(lambda: "invoice created" in traced.worker.log.read_text(), "a task")
        start = time.monotonic()
        for program in programs:
            program.stop()
        # The exporter would wait 20 s for an answer. Celery itself needs some seconds.
        assert time.monotonic() - start < 15
    for program in programs:
        # No batch is exported before the end.
        program.set("OTEL_BSP_SCHEDULE_DELAY", "600000")
        program.start()
    for program in programs:
        program.wait()
    request_id = uuid4().hex
    with traced.client(customer, **{"X-Request-ID": request_id}) as client:
        client.post("/api/v1/orders", json=NAILS).raise_for_status()
    traced.worker.wait_for_lines_of(request_id)
    for program in programs:
        program.stop()
    assert {span.name for span in traced.collector.of(request_id)} >= {"POST /api/v1/orders", PROCESS}


def test_without_a_collector_neither_sdk_nor_exporter_is_imported(erp: Erp) -> None:
    """FastAPI imports the API of OpenTelemetry, and redis-py the metrics of the SDK, whatever the ERP does."""
    code = "import sys, app.main, app.worker; app.worker._start_threads(); print('\\n'.join(sys.modules))"
    environment = {**erp.environment, **settings, "METRICS_PORT": str(free_port())}
    run = subprocess.run([sys.executable, "-c", code], cwd=ERP, env=environment, capture_output=True, text=True)
    modules = run.stdout.split()
    assert "app.worker" in modules, run.stderr
    of_tracing = ("opentelemetry.sdk.trace", "opentelemetry.exporter", "google.protobuf", "requests", TRACER)
    assert not [name for name in modules if name.startswith(of_tracing)]


def _order(traced: TracedErp, customer: str, headers: dict | None = None) -> list[ReceivedSpan]:
    """The spans of an order and of its invoice."""
    own = {"X-Request-ID": uuid4().hex} | (headers or {})
    with traced.client(customer) as client:
        client.post("/api/v1/orders", json=NAILS, headers=own).raise_for_status()
    return traced.collector.wait_for(own["X-Request-ID"], "POST /api/v1/orders", f"send {CREATE_INVOICE}", PROCESS)


def _get(traced: TracedErp, customer: str, path: str, request_id: str | None = None) -> list[ReceivedSpan]:
    request_id = request_id or uuid4().hex
    with traced.client(customer) as client:
        client.get(path, headers={"X-Request-ID": request_id})
    wait_until(lambda: any(span.kind == "server" for span in traced.collector.of(request_id)), f"span of {path}")
    return traced.collector.of(request_id)


def _get_server_span(traced: TracedErp, customer: str, path: str, request_id: str | None = None) -> ReceivedSpan:
    (span,) = [span for span in _get(traced, customer, path, request_id) if span.kind == "server"]
    return span


def _attempts(traced: TracedErp, request_id: str) -> list[ReceivedSpan]:
    spans = [span for span in traced.collector.of(request_id) if span.name == PROCESS]
    return sorted(spans, key=lambda span: span.attributes["celery.retries"])


def _slowest(client: httpx.Client) -> float:
    durations = []
    for _ in range(50):
        start = time.monotonic()
        client.get("/api/v1/stock/nail").raise_for_status()
        durations.append(time.monotonic() - start)
    return max(durations)
