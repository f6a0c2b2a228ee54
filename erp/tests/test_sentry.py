"""What Sentry receives, checked with a local server that implements its protocol."""

import json
from uuid import uuid4

import httpx

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.test_orders import NAILS

SAMPLED = {"sentry-trace": f"{'4' * 32}-{'2' * 16}-1"}


def test_a_failed_request_is_one_event_that_says_what_who_and_where(erp: Erp, organization: str) -> None:
    request_id = uuid4().hex
    with (
        erp.without_table("orders"),
        erp.client(organization, **{"X-Request-ID": request_id, "X-User-ID": "u-17"}) as client,
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


def test_no_personal_data_and_no_secret_is_sent(erp: Erp, client: httpx.Client) -> None:
    planted = ["Zebulon", "jane.doe@example.com", "4111111111111111", "GB29NWBK60161331926819", "hunter2hunter2"]
    order, query = NAILS | {"reference": " ".join(planted[:4])}, {"token": planted[4], "note": planted[0]}
    request_id = uuid4().hex
    headers = {"Authorization": f"Bearer {planted[4]}", "X-Note": planted[0], "X-Request-ID": request_id} | SAMPLED
    with erp.refused_orders():
        client.post("/api/v1/orders", json=order, params=query, headers=headers)
    assert "violates check constraint" in str(erp.sentry.wait_for("event", request_id)["exception"])
    for kind in ("event", "transaction"):
        sent = json.dumps(erp.sentry.wait_for(kind, request_id))
        assert not [secret for secret in planted if secret in sent]


def test_a_trace_has_the_route_for_its_name_and_the_request_id(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    client.get(f"/api/v1/orders/{uuid4()}", headers={"X-Request-ID": request_id} | SAMPLED)
    transaction = erp.sentry.wait_for("transaction", request_id)
    assert transaction["transaction"] == "/api/v1/orders/{order_id}"
    assert transaction["contexts"]["trace"]["trace_id"] == "4" * 32


def test_probes_and_scrapes_are_never_traced(erp: Erp, client: httpx.Client) -> None:
    for path in ("/healthz/live", "/healthz/ready", "/metrics"):
        client.get(path, headers=SAMPLED)
    after = uuid4().hex
    client.get("/api/v1/orders", headers={"X-Request-ID": after} | SAMPLED)
    erp.sentry.wait_for("transaction", after)
    names = {item["transaction"] for kind, item in erp.sentry.items if kind == "transaction"}
    assert "/api/v1/orders" in names
    assert not {name for name in names if "healthz" in name or "metrics" in name or name == "erp.heartbeat"}


def test_an_answer_of_503_that_was_decided_upon_is_one_event(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    erp.redis.stop()
    try:
        answer = client.post("/api/v1/reports/2026-01-01", headers={"X-Request-ID": request_id})
    finally:
        erp.redis.start()
    assert answer.status_code == 503
    erp.sentry.wait_for("event", request_id)
    erp.sentry.no_more_than_one(request_id)


def test_an_error_that_was_caught_and_logged_is_no_event(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    erp.elasticsearch.stop()
    try:
        client.post("/api/v1/orders", json=NAILS, headers={"X-Request-ID": request_id}).raise_for_status()
    finally:
        erp.elasticsearch.start()
    wait_until(lambda: "the order was not indexed" in erp.api.log.read_text(), "the warning")
    assert erp.sentry.of("event", request_id) == []
