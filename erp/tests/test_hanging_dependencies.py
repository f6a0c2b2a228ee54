"""Dependencies that hang: they accept connections and answer nothing, as a process that SIGSTOP has paused."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.test_orders import NAILS

# REQUEST_DEADLINE_SECONDS of conftest.py, and what a busy machine adds.
LONGEST = 5 + 4


@pytest.mark.parametrize("names", [("postgresql",), ("redis",), ("postgresql", "redis")])
def test_probes_are_answered_within_two_seconds_whatever_hangs(erp: Erp, names: Sequence[str]) -> None:
    with ExitStack() as hanging:
        for name in names:
            hanging.enter_context(getattr(erp, name).hanging())
        answers = []
        for _ in range(3):
            time.sleep(0.3)  # until the cached result expires
            answers.append(ready := http.get(f"{erp.api.url}/healthz/ready"))
            assert http.get(f"{erp.api.url}/healthz/live").status_code == 200
            assert http.get(f"{erp.worker.url}/healthz/live").status_code == 200
        # The fastest one, because a busy machine delays some.
        assert min(answer.elapsed.total_seconds() for answer in answers) < 2
        # Without Redis, the API still accepts orders.
        assert ready.status_code == (503 if "postgresql" in names else 200)
        assert {name for name, check in ready.json()["checks"].items() if check["status"] == "down"} >= set(names)
    wait_until(lambda: http.get(f"{erp.api.url}/healthz/ready").json()["status"] == "ok", "readiness again")


def test_while_postgresql_hangs_orders_fail_within_their_deadline_and_afterwards_none_is_missing(
    erp: Erp, client: httpx.Client, organization: str
) -> None:
    before = _orders(client, 10)  # their tasks run while the database hangs
    with erp.postgresql.hanging():
        task = erp.send_task("erp.invoices.create_invoice", before[0].json()["id"])
        answers = _orders(client, 30)
        wait_until(lambda: f"[{task}] retry" in erp.worker.log.read_text(), "the end of a task's attempt")
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    assert {answer.json()["detail"] for answer in answers} == {"the database is unavailable"}
    assert max(answer.elapsed.total_seconds() for answer in answers) < LONGEST
    wait_until(lambda: http.get(f"{erp.api.url}/healthz/ready").json()["status"] == "ok", "readiness again")
    after = _orders(client, 10)
    assert {answer.status_code for answer in after} == {201}
    _wait_for_invoices(erp, organization, before + after)


def test_while_redis_hangs_orders_are_accepted_without_a_delay_and_invoiced_afterwards(
    erp: Erp, client: httpx.Client, organization: str
) -> None:
    with erp.redis.hanging():
        # As many users as the pool has connections, so that no order waits for one on a busy machine.
        answers = _orders(client, 30, users=10)
        further = [client.post("/api/v1/orders", json=NAILS) for _ in range(3)]
    assert {answer.status_code for answer in answers + further} == {201}
    assert max(answer.elapsed.total_seconds() for answer in answers) < LONGEST
    # Less than a client of Redis waits: after a failure, requests do not try again for some seconds.
    assert min(answer.elapsed.total_seconds() for answer in further) < 1
    _wait_for_invoices(erp, organization, answers + further)


def _orders(client: httpx.Client, number: int, users: int | None = None) -> list[httpx.Response]:
    """Orders of this many users at once; without a number, one user for each order."""
    with ThreadPoolExecutor(users or number) as pool:
        return list(pool.map(lambda _: client.post("/api/v1/orders", json=NAILS), range(number)))


def _wait_for_invoices(erp: Erp, organization: str, answers: Sequence[httpx.Response]) -> None:
    """For the orders that were acknowledged."""
    ordered = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    query = "SELECT order_id::text FROM invoices JOIN orders ON order_id = orders.id WHERE organization_id = %s"

    def invoiced() -> set[str]:
        with erp.database() as database:
            return {order for (order,) in database.execute(query, [organization]).fetchall()}

    wait_until(lambda: ordered <= invoiced(), "the invoices")
