import re
from uuid import uuid4

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.test_orders import NAILS

MADE = r"[0-9a-f]{32}"


def test_an_id_that_a_caller_brings_is_kept(client: httpx.Client) -> None:
    response = client.get("/api/v1/orders", headers={"X-Request-ID": "gateway-0123.4_5"})
    assert response.headers.get_list("X-Request-ID") == ["gateway-0123.4_5"]


@pytest.mark.parametrize("brought", ["short", "x" * 129, "has a space", 'quote"quote"', "<script>", ""])
def test_an_id_that_could_forge_a_line_is_replaced(client: httpx.Client, brought: str) -> None:
    response = client.get("/api/v1/orders", headers={"X-Request-ID": brought})
    assert re.fullmatch(MADE, response.headers["X-Request-ID"])


def test_every_request_gets_an_id_of_its_own(client: httpx.Client) -> None:
    ids = {client.get("/api/v1/orders").headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3 and all(re.fullmatch(MADE, made) for made in ids)


def test_answers_to_unknown_paths_and_to_failures_carry_the_id(erp: Erp, client: httpx.Client) -> None:
    with erp.without_table("orders"):
        failed = client.get("/api/v1/orders", headers={"X-Request-ID": "failing-request"})
    unknown = client.get("/nowhere", headers={"X-Request-ID": "unknown-request"})
    assert (failed.status_code, failed.headers["X-Request-ID"]) == (500, "failing-request")
    assert (unknown.status_code, unknown.headers["X-Request-ID"]) == (404, "unknown-request")


def test_one_id_goes_through_api_task_log_and_sentry(erp: Erp, organization: str) -> None:
    request_id = uuid4().hex
    with erp.without_table("invoices"), erp.client(organization, **{"X-Request-ID": request_id}) as client:
        assert client.post("/api/v1/orders", json=NAILS).headers["X-Request-ID"] == request_id
        event = erp.sentry.wait_for("event", request_id)
    assert event["transaction"] == "erp.invoices.create_invoice"
    assert (event["tags"]["organization_id"], event["release"]) == (organization, "1.2.3")
    assert event["user"] == {"id": "u-17"}
    for program, name in ((erp.api, "erp.access"), (erp.worker, "celery.app.trace")):
        written = (name, request_id, "u-17", organization)
        wait_until(lambda: written in _written(program), f"the request in {program.log}")  # noqa: B023


def test_a_task_without_a_request_gets_an_id_of_its_own(erp: Erp) -> None:
    heartbeats = [line for line in erp.worker.lines() if line.get("task_name") == "erp.heartbeat"]
    ids = [line["request_id"] for line in heartbeats if "succeeded" in line["message"]]
    assert len(set(ids)) == len(ids) > 0


def _written(program) -> set[tuple[str | None, ...]]:
    names = ("logger", "request_id", "user_id", "organization_id")
    return {tuple(line.get(name) for name in names) for line in program.lines()}
