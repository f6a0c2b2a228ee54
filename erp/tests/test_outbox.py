"""No acknowledged order stays without an invoice, whatever happens to the broker."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.exposition import Samples
from tests.processes import ERP, Worker
from tests.test_orders import NAILS

CREATE_INVOICE = "erp.invoices.create_invoice"


@pytest.fixture
def numbers(erp: Erp, organization: str) -> "Numbers":
    return Numbers(erp, organization)


def test_orders_taken_while_redis_was_away_are_invoiced_soon_after_it_is_back(
    erp: Erp, client: httpx.Client, numbers: "Numbers"
) -> None:
    erp.redis.stop()
    try:
        for _ in range(20):
            client.post("/api/v1/orders", json=NAILS).raise_for_status()
        wait_until(lambda: erp.worker_metrics().value("erp_outbox_waiting_messages") >= 20, "the waiting messages")
        young = _oldest_age(erp.worker_metrics())
        wait_until(lambda: _oldest_age(erp.worker_metrics()) > young + 1, "an age that grows")
    finally:
        erp.redis.start()
    wait_until(lambda: numbers.invoiced() == 20, "the invoices")
    wait_until(lambda: numbers.messages() == 0 and _oldest_age(erp.worker_metrics()) == 0, "an empty outbox")
    assert erp.worker_metrics().value("erp_outbox_waiting_messages") == 0


def test_a_worker_that_runs_a_task_continues_when_redis_ends_and_comes_back(
    erp: Erp, client: httpx.Client, numbers: "Numbers"
) -> None:
    worker = erp.worker.process
    with erp.locked_table("invoices"):
        client.post("/api/v1/orders", json=NAILS).raise_for_status()
        wait_until(lambda: _is_waiting_for_lock(erp), "a task that runs")
        lost = erp.worker.log.read_text().count("Connection to broker lost")
        erp.redis.stop()
        try:
            wait_until(lambda: erp.worker.log.read_text().count("Connection to broker lost") > lost, "the loss")
        finally:
            erp.redis.start()
    wait_until(lambda: numbers.invoiced() == 1 or worker.poll() is not None, "the invoice", 30)
    client.post("/api/v1/orders", json=NAILS).raise_for_status()
    wait_until(lambda: numbers.invoiced() == 2 or worker.poll() is not None, "the invoice of a later order", 30)
    assert worker.poll() is None


def test_an_invoice_task_keeps_the_request_and_its_caller_through_the_outbox(erp: Erp, organization: str) -> None:
    caller = {"X-Request-ID": uuid4().hex, "X-User-ID": "u-17"}
    with erp.client(organization, **caller) as client:
        client.post("/api/v1/orders", json=NAILS).raise_for_status()

    def lines() -> list[dict]:
        return [line for line in erp.worker.lines() if line["message"] == "invoice created"]

    wait_until(lambda: any(line["request_id"] == caller["X-Request-ID"] for line in lines()), "the invoice's line")
    (line,) = [line for line in lines() if line["request_id"] == caller["X-Request-ID"]]
    assert (line["user_id"], line["organization_id"]) == ("u-17", organization)


def test_two_relays_send_a_long_outbox_completely(
    erp: Erp, client: httpx.Client, numbers: "Numbers", tmp_path: Path
) -> None:
    with _paused(erp.worker):
        numbers.insert(500)
        with erp.database() as database:
            database.execute(
                """INSERT INTO outbox_messages (task, arguments, context)
                   SELECT %s, jsonb_build_array(id::text), '{}' FROM orders WHERE organization_id = %s""",
                [CREATE_INVOICE, numbers.organization],
            )
        other = Worker(tmp_path / "worker.log", erp.environment)
        wait_until(lambda: numbers.invoiced() == 500 and numbers.messages() == 0, "all invoices")
    assert other.stop() == 0
    assert other.lines()


def test_a_task_that_the_broker_lost_is_sent_again(erp: Erp, client: httpx.Client, numbers: "Numbers") -> None:
    order = client.post("/api/v1/orders", json=NAILS).raise_for_status().json()
    wait_until(lambda: numbers.invoiced() == 1, "the invoice")
    with erp.database() as database:
        # What the database contains when Redis has accepted the task and then lost its data.
        database.execute("DELETE FROM invoices WHERE order_id = %s", [order["id"]])
        database.execute(
            """INSERT INTO outbox_messages (task, arguments, context, times_sent, expected_at)
               VALUES (%s, jsonb_build_array(%s::text), '{}', 1, now() - interval '1 minute')""",
            [CREATE_INVOICE, order["id"]],
        )
    wait_until(lambda: numbers.invoiced() == 1 and numbers.messages() == 0, "the invoice again")
    assert f"{CREATE_INVOICE} is sent again, because it did not end" in erp.worker.log.read_text()


def test_orders_of_an_image_without_the_outbox_are_all_found_the_oldest_first(erp: Erp, numbers: "Numbers") -> None:
    with _paused(erp.worker):
        numbers.insert(1_200, age=timedelta(hours=2))
        numbers.insert(1)
        # Without a worker, whose relay would send the messages and whose tasks would delete them.
        run = "from app.features.invoices.tasks import request_missing_invoices; request_missing_invoices()"
        subprocess.run([sys.executable, "-c", run], cwd=ERP, env=erp.environment, check=True)
        with erp.database() as database:
            requested = database.execute(
                """SELECT orders.created_at FROM outbox_messages JOIN orders ON orders.id::text = arguments ->> 0
                   WHERE organization_id = %s ORDER BY outbox_messages.id""",
                [numbers.organization],
            ).fetchall()
            # 1,200 tasks would only keep the tests that follow waiting.
            database.execute("DELETE FROM outbox_messages")
            database.execute("DELETE FROM orders WHERE organization_id = %s", [numbers.organization])
    assert requested == sorted(requested) and len(requested) == 1_200


class Numbers:
    """Orders and invoices of one organisation in the database."""

    def __init__(self, erp: Erp, organization: str) -> None:
        self._erp = erp
        self.organization = organization

    def invoiced(self) -> int:
        return self._count("SELECT count(*) FROM invoices JOIN orders ON order_id = orders.id WHERE {}")

    def messages(self) -> int:
        """Messages about these orders."""
        of_order = "arguments = jsonb_build_array(orders.id::text)"
        return self._count(f"SELECT count(*) FROM outbox_messages JOIN orders ON {of_order} WHERE {{}}")

    def insert(self, number: int, age: timedelta = timedelta()) -> None:
        """Writes orders as an image without the outbox does, in no order of time."""
        with self._erp.database() as database:
            database.execute(
                """INSERT INTO orders (id, organization_id, sku, quantity, unit_price, reference, created_at)
                   SELECT gen_random_uuid(), %s, 'nail', 1, 1, '', now() - %s - random() * interval '1 second'
                   FROM generate_series(1, %s)""",
                [self.organization, age, number],
            )

    def _count(self, query: str) -> int:
        with self._erp.database() as database:
            return database.execute(query.format("organization_id = %s"), [self.organization]).fetchone()[0]


def _is_waiting_for_lock(erp: Erp) -> bool:
    with erp.database() as database:
        query = "SELECT 1 FROM pg_locks WHERE relation = 'invoices'::regclass AND NOT granted"
        return database.execute(query).fetchone() is not None


def _oldest_age(metrics: Samples) -> float:
    return metrics.value("erp_outbox_oldest_message_age_seconds")


@contextmanager
def _paused(worker: Worker) -> Iterator[None]:
    worker.stop()
    try:
        yield
    finally:
        worker.start()
        worker.wait()
