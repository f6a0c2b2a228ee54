"""Log lines. After the programs end, the fixture checks every line of every program against the schema."""

import io
import json
import logging
from uuid import uuid4

import httpx
import pytest

from app.core.identity import Identity
from app.core.logging_config import FIELDS, CustomJsonFormatter
from app.core.redaction import LONGEST_TEXT
from app.core.request_context import bind
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.record_schema import record, schema
from tests.test_orders import NAILS


def test_the_schema_knows_exactly_the_fields_that_are_written() -> None:
    assert list(schema["properties"]) == list(FIELDS)


def test_a_request_is_one_line_with_its_route_status_duration_and_who_made_it(erp: Erp, organization: str) -> None:
    request_id, order = uuid4().hex, str(uuid4())
    forged = {"X-User-ID": "u-18", "X-Organization-ID": str(uuid4())}
    with erp.client(organization, **{"X-Request-ID": request_id} | forged) as client:
        client.get(f"/api/v1/orders/{order}?note=private")
    (line,) = erp.api.wait_for_lines_of(request_id)
    assert line.pop("duration_ms") > 0 and line.pop("timestamp")
    assert line == {
        "level": "INFO", "logger": "erp.access", "message": "GET /api/v1/orders/{order_id} 404",
        "service": "erp-api", "environment": "test", "version": "1.2.3",
        "request_id": request_id, "user_id": "u-17", "organization_id": organization,
        "client": "127.0.0.1",
        "method": "GET", "route": "/api/v1/orders/{order_id}", "path": f"/api/v1/orders/{order}", "status": 404,
    }  # fmt: skip


def test_probes_and_scrapes_are_not_logged(erp: Erp) -> None:
    paths = ("/healthz/live", "/healthz/ready", "/metrics")
    for path in paths:
        http.get(erp.api.url + path)
        http.get(erp.worker.url + path)
    for program in (erp.api, erp.worker):
        # Other tests send these paths other methods, which have no route.
        lines = [line for line in program.lines() if line.get("method", "GET") == "GET"]
        assert not [line for line in lines if line.get("path") in paths or line["message"].endswith(paths)]


def test_a_path_that_begins_like_one_of_a_probe_is_logged(erp: Erp) -> None:
    for path in ("/metrics-of-others", "/healthz/others"):
        request_id = uuid4().hex
        http.get(erp.api.url + path, headers={"X-Request-ID": request_id})
        _after_next_request(erp)
        assert [line["path"] for line in erp.api.wait_for_lines_of(request_id)] == [path]


def test_a_failed_request_is_one_line_with_its_traceback(erp: Erp, client: httpx.Client) -> None:
    request_id = uuid4().hex
    with erp.without_table("orders"):
        assert client.get("/api/v1/orders", headers={"X-Request-ID": request_id}).status_code == 500
    _after_next_request(erp)
    (line,) = erp.api.wait_for_lines_of(request_id)
    assert (line["level"], line["status"]) == ("ERROR", 500)
    assert line["exc_info"].startswith("Traceback") and 'relation "orders" does not exist' in line["exc_info"]
    assert "\n" in line["exc_info"]


def test_uvicorn_and_celery_write_the_same_lines(erp: Erp) -> None:
    assert "Application startup complete." in {
        line["message"] for line in erp.api.lines() if line["logger"] == "uvicorn.error"
    }
    assert any(
        line["message"].endswith("ready.") for line in erp.worker.lines() if line["logger"].startswith("celery.")
    )
    assert any("Sending due task" in line["message"] for line in erp.beat.lines() if line["logger"] == "celery.beat")


def test_planted_personal_data_and_secrets_reach_no_log(erp: Erp, client: httpx.Client) -> None:
    planted = ["Zebulon", "jane.doe@example.com", "4111 1111 1111 1111", "GB29NWBK60161331926819", "hunter2hunter2"]
    order = NAILS | {"reference": " ".join(planted[:4])}
    headers = {"X-Request-ID": uuid4().hex, "X-Note": planted[0]}
    planted.append(client.headers["Authorization"].removeprefix("Bearer "))
    client.post("/api/v1/orders", json=order, headers=headers).raise_for_status()
    with erp.refused_orders():
        assert client.post("/api/v1/orders", json=order, headers=headers).status_code == 500
    client.get(f"/api/v1/orders/{planted[1]}", params={"token": planted[4], "note": planted[0]})
    _after_next_request(erp)
    assert any(line.get("status") == 500 for line in erp.api.wait_for_lines_of(headers["X-Request-ID"]))
    text = erp.api.log.read_text() + erp.worker.log.read_text()
    assert not [secret for secret in planted if secret in text]


def test_sqlalchemy_writes_through_the_same_handler(line: "Line") -> None:
    logging.getLogger("sqlalchemy.pool").error("connection lost")
    assert line.read()["logger"] == "sqlalchemy.pool"


def test_fields_that_nobody_agreed_on_are_left_out(line: "Line") -> None:
    logging.getLogger("erp").info("paid", extra={"iban": "DE89", "status": 200, "trace_id": "0" * 32})
    assert {"iban", "status", "trace_id"} & line.read().keys() == {"status", "trace_id"}


def test_a_message_that_is_no_text_becomes_one(line: "Line") -> None:
    logging.getLogger("erp").info({"total": 3})
    assert line.read()["message"] == "{'total': 3}"


def test_an_endless_traceback_keeps_its_start_and_its_end(line: "Line") -> None:
    try:
        raise ValueError("x" * 100_000 + " at last")
    except ValueError:
        logging.getLogger("erp").exception("failed")
    text = line.read()["exc_info"]
    assert len(text) <= LONGEST_TEXT
    assert text.startswith("Traceback") and text.endswith("at last")


def test_a_line_break_cannot_forge_a_second_line(line: "Line") -> None:
    logging.getLogger("erp").info('one\n{"level": "ERROR"}')
    assert line.read()["message"] == 'one\n{"level": "ERROR"}'


def test_a_task_is_named_in_its_lines(line: "Line") -> None:
    bind({"request_id": "r" * 8, "task_id": "t-1", "task_name": "erp.heartbeat"})
    logging.getLogger("erp").info("done")
    bind({})
    assert record.is_valid(written := line.read())
    assert (written["task_id"], written["task_name"]) == ("t-1", "erp.heartbeat")


class Line:
    """The one line that was written."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    def read(self) -> dict:
        (text,) = self._stream.getvalue().splitlines()
        return json.loads(text)


@pytest.fixture
def line() -> "Line":
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(CustomJsonFormatter(Identity(service_name="erp-api")))
    root.addHandler(handler)
    root.setLevel("INFO")
    yield Line(stream)
    root.removeHandler(handler)
    root.setLevel(level)


def _after_next_request(erp: Erp) -> None:
    """Waits until the server has logged everything about earlier requests."""
    request_id = uuid4().hex
    http.get(f"{erp.api.url}/api/v1/orders", headers={"X-Request-ID": request_id})
    erp.api.wait_for_lines_of(request_id)
