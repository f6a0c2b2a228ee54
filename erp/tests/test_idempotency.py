"""The same `Idempotency-Key` means the same order."""

import threading
from concurrent.futures import ThreadPoolExecutor as Users
from uuid import uuid4

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.test_orders import NAILS


@pytest.fixture
def key() -> dict[str, str]:
    return {"Idempotency-Key": f'"{uuid4()}"'}


def test_fifty_concurrent_calls_with_one_key_make_one_order(
    erp: Erp, client: httpx.Client, key: dict[str, str]
) -> None:
    with Users(50) as users:
        answers = list(users.map(lambda _: client.post("/api/v1/orders", json=NAILS, headers=key), range(50)))
    made = [answer for answer in answers if answer.status_code == 201]
    # A busy machine may take longer than the deadline of some requests, which the client repeats then.
    assert made and {answer.status_code for answer in answers} <= {201, 503}
    made.append(client.post("/api/v1/orders", json=NAILS, headers=key))
    assert {answer.text for answer in made} == {made[0].text}
    assert [order["id"] for order in client.get("/api/v1/orders").json()] == [made[0].json()["id"]]
    assert client.get("/api/v1/stock/nail").json() == {"quantity": 997}


def test_a_key_that_was_used_with_another_body_is_refused(client: httpx.Client, key: dict[str, str]) -> None:
    client.post("/api/v1/orders", json=NAILS, headers=key).raise_for_status()
    other = client.post("/api/v1/orders", json=NAILS | {"quantity": 4}, headers=key)
    assert other.status_code == 422
    assert other.json()["detail"][0]["loc"] == ["header", "Idempotency-Key"]
    assert len(client.get("/api/v1/orders").json()) == 1


def test_two_organizations_may_use_the_same_key(erp: Erp, client: httpx.Client, key: dict[str, str]) -> None:
    client.post("/api/v1/orders", json=NAILS, headers=key).raise_for_status()
    other = _another_organization(erp)
    with erp.client(other) as stranger:
        assert stranger.post("/api/v1/orders", json=NAILS, headers=key).status_code == 409  # it has no nails
        assert stranger.get("/api/v1/orders").json() == []


def test_a_refused_order_does_not_use_up_its_key(client: httpx.Client, key: dict[str, str]) -> None:
    many = NAILS | {"quantity": 1001}
    assert client.post("/api/v1/orders", json=many, headers=key).status_code == 409
    client.put("/api/v1/stock/nail", json={"quantity": 1001}).raise_for_status()
    assert client.post("/api/v1/orders", json=many, headers=key).status_code == 201


def test_a_call_that_was_cut_off_and_its_repetition_make_one_order(
    erp: Erp, client: httpx.Client, organization: str, key: dict[str, str]
) -> None:
    with erp.locked_table("orders"):
        cut_off = threading.Thread(target=_give_up, args=[erp, organization, key])
        cut_off.start()
        wait_until(lambda: erp.checked_out() >= 1, "the call in the database")
        cut_off.join()
    again = client.post("/api/v1/orders", json=NAILS, headers=key)
    assert again.status_code == 201
    wait_until(lambda: erp.checked_out() == 0, "the end of both calls")
    assert [order["id"] for order in client.get("/api/v1/orders").json()] == [again.json()["id"]]


def test_keys_are_forgotten_after_a_day_however_many_they_are(
    erp: Erp, client: httpx.Client, organization: str, key: dict[str, str]
) -> None:
    first = client.post("/api/v1/orders", json=NAILS, headers=key).json()
    with erp.database() as database:
        database.execute(
            "UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = %s",
            [key["Idempotency-Key"]],
        )
        database.execute(
            """INSERT INTO idempotency_keys (organization_id, key, fingerprint, order_id, created_at)
               SELECT %s, number, '', gen_random_uuid(), now() - interval '25 hours'
               FROM generate_series(1, 20000) AS number""",
            [organization],
        )
        erp.send_task("erp.orders.forget_old_keys")
        old = "SELECT FROM idempotency_keys WHERE created_at < now() - interval '24 hours'"
        wait_until(lambda: not database.execute(old).fetchall(), "the end of the keys")
    assert client.post("/api/v1/orders", json=NAILS, headers=key).json()["id"] != first["id"]


def _give_up(erp: Erp, organization: str, key: dict[str, str]) -> None:
    with erp.client(organization) as client, pytest.raises(httpx.ReadTimeout):
        client.post("/api/v1/orders", json=NAILS, headers=key, timeout=1)


def _another_organization(erp: Erp) -> str:
    with erp.client(None, "organizations") as client:
        return client.post("/api/v1/organizations", json={"name": "Screws Ltd"}).raise_for_status().json()["id"]
