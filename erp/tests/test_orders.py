"""What the ERP does, with all servers that it depends on."""

import json
from datetime import UTC, datetime

import httpx

from local.servers import wait_until
from tests.erp_in_operation import Erp

NAILS = {"sku": "nail", "quantity": 3, "unit_price": "0.50", "reference": "for the barn"}


def test_an_order_takes_from_the_stock_also_from_its_cached_value(client: httpx.Client) -> None:
    assert client.get("/api/v1/stock/nail").json() == {"quantity": 1000}
    assert client.post("/api/v1/orders", json=NAILS).status_code == 201
    assert client.get("/api/v1/stock/nail").json() == {"quantity": 997}


def test_stock_is_cached_in_database_1_with_an_expiry(erp: Erp, client: httpx.Client, organization: str) -> None:
    client.get("/api/v1/stock/nail")
    with erp.cache() as cache:
        assert cache.get(f"stock:{organization}:nail") == "1000"
        assert 0 < cache.ttl(f"stock:{organization}:nail") <= 60


def test_an_order_beyond_the_stock_is_refused(client: httpx.Client) -> None:
    refused = client.post("/api/v1/orders", json=NAILS | {"quantity": 1001})
    assert (refused.status_code, refused.json()) == (409, {"detail": "there is not enough stock"})


def test_an_organization_sees_its_own_orders_only(erp: Erp, client: httpx.Client) -> None:
    order = client.post("/api/v1/orders", json=NAILS).json()
    with erp.client("00000000-0000-4000-8000-000000000000") as stranger:
        assert stranger.get(f"/api/v1/orders/{order['id']}").status_code == 404
        assert stranger.get("/api/v1/orders").json() == []
    assert [found["id"] for found in client.get("/api/v1/orders").json()] == [order["id"]]


def test_search_finds_orders_by_a_word_of_their_reference(client: httpx.Client) -> None:
    order = client.post("/api/v1/orders", json=NAILS | {"reference": "for the lighthouse"}).json()
    client.post("/api/v1/orders", json=NAILS)
    found = client.get("/api/v1/orders/search", params={"text": "lighthouse"}).json()
    assert [result["id"] for result in found] == [order["id"]]


def test_the_database_searches_when_something_else_answers_for_elasticsearch(erp: Erp, client: httpx.Client) -> None:
    order = client.post("/api/v1/orders", json=NAILS | {"reference": "for the watermill"}).raise_for_status().json()
    organization = erp.elasticsearch.documents[order["id"]]["organization_id"]
    erp.elasticsearch.documents["no id of an order"] = {"organization_id": organization, "reference": "watermill"}
    try:
        found = client.get("/api/v1/orders/search", params={"text": "watermill"})
    finally:
        del erp.elasticsearch.documents["no id of an order"]
    assert [match["id"] for match in found.raise_for_status().json()] == [order["id"]]


def test_without_elasticsearch_the_database_searches(erp: Erp, client: httpx.Client) -> None:
    erp.elasticsearch.stop()
    try:
        order = client.post("/api/v1/orders", json=NAILS | {"reference": "for the windmill"}).json()
        found = client.get("/api/v1/orders/search", params={"text": "windmill"}).json()
    finally:
        erp.elasticsearch.start()
    assert [result["id"] for result in found] == [order["id"]]


def test_a_worker_invoices_each_order_once(erp: Erp, client: httpx.Client) -> None:
    order = client.post("/api/v1/orders", json=NAILS).json()
    with erp.database() as database:
        totals = "SELECT total::text FROM invoices WHERE order_id = %s"
        wait_until(lambda: database.execute(totals, [order["id"]]).fetchone() is not None, "the invoice")
        again = erp.send_task("erp.invoices.create_invoice", order["id"])
        wait_until(lambda: f"[{again}] succeeded" in erp.worker.log.read_text(), "the second task")
        assert database.execute(totals, [order["id"]]).fetchall() == [("1.50",)]


def test_a_report_adds_up_the_orders_of_its_day(erp: Erp, client: httpx.Client) -> None:
    client.post("/api/v1/orders", json=NAILS)
    path = f"/api/v1/reports/{datetime.now(UTC).date()}"
    assert client.post(path).status_code == 202
    wait_until(lambda: client.get(path).status_code == 200, "the report")
    with erp.database() as database:
        count = database.execute("SELECT count(*) FROM orders WHERE created_at >= date_trunc('day', now())").fetchone()
    assert 0 < client.get(path).json()["orders"] <= count[0]


def test_a_websocket_tells_of_an_order_and_of_its_invoice(erp: Erp, client: httpx.Client, organization: str) -> None:
    with erp.updates(organization) as updates:
        wait_until(lambda: erp.subscribers(organization) == 1, "the subscription")
        order = client.post("/api/v1/orders", json=NAILS).json()
        assert json.loads(updates.recv(10)) == {"order_id": order["id"], "event": "created"}
        assert json.loads(updates.recv(10)) == {"order_id": order["id"], "event": "invoiced"}
