"""What Sentry receives, checked with a local server that implements its protocol."""

import json
import signal
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.issuer import bearer
from tests.processes import Api
from tests.test_orders import NAILS

# As a caller sends it who wants to be sampled, in the forms of Sentry and of W3C. Sentry decides by `sample_rand`.
CHOSEN = "4" * 32
SAMPLED = {
    "sentry-trace": f"{CHOSEN}-{'2' * 16}-1",
    "baggage": f"sentry-trace_id={CHOSEN},sentry-sampled=true,sentry-sample_rate=1,sentry-sample_rand=0.000001",
    "traceparent": f"00-{CHOSEN}-{'2' * 16}-01",
}


@pytest.fixture(scope="module")
def traced(erp: Erp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Another API, which samples every request. The worker samples no task by itself."""
    api = Api(tmp_path_factory.mktemp("traced") / "log", erp.environment | {"SENTRY_TRACES_SAMPLE_RATE": "1"})
    api.wait()
    yield api
    api.stop()


def test_a_failed_request_is_one_event_that_says_what_who_and_where(erp: Erp, organization: str) -> None:
    request_id = uuid4().hex
    with (
        erp.without_table("orders"),
        erp.client(organization, **{"X-Request-ID": request_id, "X-User-ID": "u-18"}) as client,
    ):
        client.get("/api/v1/orders")
    event = erp.sentry.wait_for("event", request_id)
    assert event["exception"]["values"][-1]["type"] == "ProgrammingError"
    assert (event["transaction"], event["release"], event["environment"]) == ("/api/v1/orders", "1.2.3", "test")
    assert event["tags"] == {"request_id": request_id, "organization_id": organization}
    assert event["user"] == {"id": "u-17"}
    erp.sentry.no_more_than_one(request_id)


def test_a_failed_task_is_one_event(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    with erp.without_table("invoices"):
        client.post("/api/v1/orders", json=NAILS, headers={"X-Request-ID": request_id}).raise_for_status()
        erp.sentry.wait_for("event", request_id)
    erp.sentry.no_more_than_one(request_id)


def test_no_personal_data_and_no_secret_is_sent(erp: Erp, traced: Api, organization: str) -> None:
    planted = ["Zebulon", "jane.doe@example.com", "4111111111111111", "GB29NWBK60161331926819", "hunter2hunter2"]
    order, query = NAILS | {"reference": " ".join(planted[:4])}, {"token": planted[4], "note": planted[0]}
    request_id = uuid4().hex
    headers = bearer(organization) | {"X-Note": planted[0], "X-Request-ID": request_id}
    planted.append(headers["Authorization"].removeprefix("Bearer "))
    with erp.refused_orders():
        http.post(f"{traced.url}/api/v1/orders", json=order, params=query, headers=headers)
    assert "violates check constraint" in str(erp.sentry.wait_for("event", request_id)["exception"])
    for kind in ("event", "transaction"):
        sent = json.dumps(erp.sentry.wait_for(kind, request_id))
        assert not [secret for secret in planted if secret in sent]


def test_a_trace_has_the_route_for_its_name_and_the_request_id(erp: Erp, traced: Api, organization: str) -> None:
    transaction = _traced(erp, traced, f"/api/v1/orders/{uuid4()}", organization)
    assert transaction["transaction"] == "/api/v1/orders/{order_id}"


@pytest.mark.parametrize("path", ["/wp-login.php", f"/{uuid4()}/admin", "/api/v1/orders/"])
def test_paths_without_a_route_share_one_name(erp: Erp, traced: Api, organization: str, path: str) -> None:
    assert _traced(erp, traced, path, organization)["transaction"] == "unmatched"


def test_a_caller_does_not_choose_the_trace(erp: Erp, traced: Api, organization: str) -> None:
    transaction = _traced(erp, traced, "/api/v1/orders", organization, SAMPLED)
    assert CHOSEN not in json.dumps(transaction)
    assert transaction["contexts"]["trace"]["parent_span_id"] is None


def test_a_caller_does_not_decide_what_is_sampled(erp: Erp, traced: Api, organization: str) -> None:
    """At rate 0, neither the request nor its task is sampled. At rate 1, both are, and the task continues the trace."""
    refused, request_id = uuid4().hex, uuid4().hex
    with erp.client(organization, **SAMPLED, **{"X-Request-ID": refused}) as client:
        client.post("/api/v1/orders", json=NAILS).raise_for_status()
    wait_until(lambda: "invoice created" in _messages(erp, refused), "the first invoice")
    unsampled = {"sentry-trace": SAMPLED["sentry-trace"].removesuffix("1") + "0"}
    headers = bearer(organization) | {"X-Request-ID": request_id} | unsampled
    http.post(f"{traced.url}/api/v1/orders", json=NAILS, headers=headers).raise_for_status()

    wait_until(lambda: len(erp.sentry.of("transaction", request_id)) == 2, "the traces of a request and its task")
    task, request = sorted(erp.sentry.of("transaction", request_id), key=lambda item: "/" in item["transaction"])
    assert (task["transaction"], request["transaction"]) == ("erp.invoices.create_invoice", "/api/v1/orders")
    assert task["contexts"]["trace"]["trace_id"] == request["contexts"]["trace"]["trace_id"]
    assert erp.sentry.of("transaction", refused) == []


def test_a_request_that_is_not_sampled_decides_so_for_its_tasks(erp: Erp, client: httpx.Client) -> None:
    """Otherwise, each task would decide again, and most traces would lack their request."""
    erp.worker.process.send_signal(signal.SIGSTOP)
    try:
        client.post("/api/v1/orders", json=NAILS).raise_for_status()
        with erp.database() as database:
            traces = database.execute("SELECT trace->>'sentry-trace' FROM outbox_messages").fetchall()
    finally:
        erp.worker.process.send_signal(signal.SIGCONT)
    assert traces
    assert {trace[-2:] for (trace,) in traces} == {"-0"}


def test_a_request_sees_nothing_of_the_user_of_another(
    erp: Erp, api_with_test_routes: Api, client: httpx.Client
) -> None:
    client.get(f"{api_with_test_routes.url}/api/v1/orders").raise_for_status()
    request_id = uuid4().hex
    http.get(f"{api_with_test_routes.url}/at-once", headers={"X-Request-ID": request_id})
    event = erp.sentry.wait_for("event", request_id)
    assert (event["tags"], event.get("user")) == ({"request_id": request_id}, None)
    assert event["request"] == {"method": "GET", "url": "/at-once"}


def test_probes_and_scrapes_are_never_traced(erp: Erp, traced: Api, organization: str) -> None:
    for path in ("/healthz/live", "/healthz/ready", "/metrics"):
        http.get(traced.url + path)
    _traced(erp, traced, "/api/v1/orders", organization)
    names = {item["transaction"] for kind, item in erp.sentry.items if kind == "transaction"}
    assert "/api/v1/orders" in names
    assert not {name for name in names if "healthz" in name or "metrics" in name or name == "erp.heartbeat"}


def test_an_unavailable_database_is_no_event(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    erp.postgresql.stop()
    try:
        answer = client.get("/api/v1/orders", headers={"X-Request-ID": request_id})
    finally:
        erp.postgresql.start()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    time.sleep(0.5)
    assert erp.sentry.of("event", request_id) == []


def test_an_error_that_was_caught_and_logged_is_no_event(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    erp.elasticsearch.stop()
    try:
        client.post("/api/v1/orders", json=NAILS, headers={"X-Request-ID": request_id}).raise_for_status()
    finally:
        erp.elasticsearch.start()
    wait_until(lambda: "the order was not indexed" in erp.api.log.read_text(), "the warning")
    assert erp.sentry.of("event", request_id) == []


def _traced(erp: Erp, api: Api, path: str, organization: str, headers: dict[str, str] | None = None) -> dict:
    """The transaction of a request."""
    own = bearer(organization) | {"X-Request-ID": uuid4().hex}
    http.get(api.url + path, headers=own | (headers or {}))
    return erp.sentry.wait_for("transaction", own["X-Request-ID"])


def _messages(erp: Erp, request_id: str) -> list[str]:
    """Messages that the worker has logged for a request."""
    return [line["message"] for line in erp.worker.lines() if line.get("request_id") == request_id]
