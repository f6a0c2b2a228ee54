"""Whatever a client sends, the API answers with a status below 500, logs no error, and uses little memory."""

import json
import socket
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.processes import Api
from tests.test_orders import NAILS

TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


pytestmark = pytest.mark.usefixtures("no_errors_in_the_log")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"name": "Nails Ltd"} {}',
        b'{"name": "Nails\x00Ltd"}',
        b'{"name": "\xff"}',
        b'{"name": "\xed\xa0\x80"}',
        b'\xef\xbb\xbf{"name": "Nails Ltd"}',
        '{"name": "Nails Ltd"}'.encode("utf-16"),
        '{"name": "Nails Ltd"}'.encode("utf-32"),
        b'{"name": "Nails Ltd", "name": "Screws Ltd"}',
        b'{"name": "Nails Ltd", "rank": NaN}',
        b'{"name": "Nails Ltd", "rank": -Infinity}',
        b'{"name": "Nails Ltd", "rank": 1e400}',
        b'{"name": "Nails Ltd", "rank": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"name":' * 50_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_body_that_is_not_json_is_refused(client: httpx.Client, body: bytes) -> None:
    refused = client.post("/api/v1/organizations", content=body, headers={"Content-Type": "application/json"})
    if body:
        assert (refused.status_code, refused.json()["detail"][:26]) == (400, "the body is not valid JSON")
    else:
        assert (refused.status_code, refused.json()["detail"][0]["type"]) == (422, "missing")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded", "\xff"]
)
def test_a_body_of_another_content_type_is_refused(client: httpx.Client, kind: str) -> None:
    headers = {"Content-Type": kind.encode("latin-1")}
    assert client.post("/api/v1/organizations", content=b'{"name": "Nails Ltd"}', headers=headers).status_code == 422


@pytest.mark.parametrize("text", ["\x00", "Nails\x00Ltd", "\ud800", "\udfff\ud800", "\x1b[31m", "\x7f", "\x85"])
def test_a_text_that_no_server_can_store_or_print_is_refused(client: httpx.Client, text: str) -> None:
    # `json.dumps` escapes these characters, as a client may.
    organization, order = json.dumps({"name": text}), json.dumps(NAILS | {"reference": text})
    for path, body in (("/api/v1/organizations", organization), ("/api/v1/orders", order)):
        refused = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (refused.status_code, refused.json()["detail"][0]["loc"][0]) == (422, "body")


def test_a_reference_may_have_lines_and_a_name_may_not(client: httpx.Client) -> None:
    order = client.post("/api/v1/orders", json=NAILS | {"reference": "for the barn\r\n\tand the gate 🛠"})
    assert (order.status_code, order.json()["reference"]) == (201, "for the barn\r\n\tand the gate 🛠")
    for name in ("Nails\nLtd", "Nails\u2028Ltd", "", "x" * 201):
        assert client.post("/api/v1/organizations", json={"name": name}).status_code == 422


@pytest.mark.parametrize(
    "price",
    ["NaN", "Infinity", "1e400", "1E+9", "0E-9999999", "0E+9999999", "-1", "-0", "1_0", " 1", "1\n", "\u0661", "1.",
     "0.001", "10000000000", "", 9.9, True, None, []],
)  # fmt: skip
def test_a_price_that_is_no_plain_amount_is_refused(client: httpx.Client, price: object) -> None:
    refused = client.post("/api/v1/orders", json=NAILS | {"unit_price": price})
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "unit_price"])


@pytest.mark.parametrize("price", ["0", "9.9", "9999999999.99"])
def test_a_price_is_stored_with_two_places(client: httpx.Client, price: str) -> None:
    order = client.post("/api/v1/orders", json=NAILS | {"unit_price": price}).raise_for_status().json()
    stored = client.get(f"/api/v1/orders/{order['id']}").json()
    assert order["unit_price"] == stored["unit_price"] == f"{float(price):.2f}"


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001, 10**30, 1.5, 1e300, "1", True, None, []])
def test_a_quantity_out_of_range_is_refused(client: httpx.Client, quantity: object) -> None:
    assert client.post("/api/v1/orders", json=NAILS | {"quantity": quantity}).status_code == 422


def test_orders_at_the_highest_price_have_a_report(client: httpx.Client) -> None:
    client.put("/api/v1/stock/nail", json={"quantity": 2_000_000}).raise_for_status()
    for _ in range(2):
        order = NAILS | {"quantity": 1_000_000, "unit_price": "9999999999.99"}
        client.post("/api/v1/orders", json=order).raise_for_status()
    path = f"/api/v1/reports/{datetime.now(UTC).date()}"
    client.post(path).raise_for_status()
    wait_until(lambda: float(client.get(path).json().get("revenue", 0)) > 1.9e16, "the report")


@pytest.mark.parametrize(
    "day",
    ["0000-01-01", "2026-02-30", "20260101", "2026-W01-1",
     "1700000000", "1e400", "NaN", "-1", "%D9%A1", "2026-01-01T00:00:00", "2026-01-01%00"],
)  # fmt: skip
def test_a_day_that_the_calendar_lacks_is_refused(client: httpx.Client, day: str) -> None:
    for method in ("GET", "POST"):
        refused = client.request(method, f"/api/v1/reports/{day}")
        assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["path", "day"])


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", str(TOMORROW), "9999-12-30", "9999-12-31"])
def test_a_day_that_cannot_have_a_report_is_not_found(client: httpx.Client, day: str) -> None:
    for method in ("GET", "POST"):
        assert client.request(method, f"/api/v1/reports/{day}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/orders/search?text=%00", 422),
        ("/api/v1/orders/search?text=" + "a" * 201, 422),
        # Python replaces bytes that are not UTF-8 in URLs.
        ("/api/v1/orders/search?text=%ed%a0%80", 200),
        ("/api/v1/orders?limit=1e400", 422),
        ("/api/v1/orders?limit=" + "9" * 5000, 422),
        ("/api/v1/orders/%00", 422),
        ("/api/v1/stock/%00", 422),
        ("/api/v1/stock/nail%0a", 422),
        ("/api/v1/stock/%ed%a0%80", 422),
        ("/api/v1/organizations/%ff", 422),
        ("/%00", 404),
        ("/%ed%a0%80", 404),
        ("/" + "a" * 60_000, 404),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_url_with_unusual_bytes_gets_an_answer(client: httpx.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("value", [b"\xff", b"\xed\xa0\x80", b"x" * 60_000], ids=["latin", "surrogate", "long"])
@pytest.mark.parametrize("name", ["X-Request-ID", "X-User-ID", "Accept", "Cookie", "traceparent", "sentry-trace"])
def test_a_header_with_unusual_bytes_changes_nothing(client: httpx.Client, name: str, value: bytes) -> None:
    assert client.get("/api/v1/stock/nail", headers={name: value}).status_code == 200


def test_an_error_does_not_repeat_the_input(client: httpx.Client) -> None:
    refused = client.post("/api/v1/orders", json=NAILS | {"reference": "x" * 100_000, "unit_price": "hunter2"})
    assert [fault.keys() for fault in refused.json()["detail"]] == [{"type", "loc", "msg"}] * 2
    assert "hunter2" not in refused.text and len(refused.content) < 1000


def test_a_body_above_the_limit_is_refused_before_it_is_read(erp: Erp) -> None:
    before = erp.api.most_memory()
    head, chunk = "POST /api/v1/organizations HTTP/1.1\r\nHost: erp\r\nContent-Type: application/json\r\n", b"x" * 65536
    declared = _send(erp, f"{head}Content-Length: 200000000\r\n\r\n".encode(), chunk)
    chunked = _send(erp, f"{head}Transfer-Encoding: chunked\r\n\r\n".encode(), b"10000\r\n" + chunk + b"\r\n")
    for answer, sent in (declared, chunked):
        assert answer.startswith(b"HTTP/1.1 413 ") and b"connection: close" in answer.lower()
        # The limit, and what the buffers of both sockets take.
        assert sent < 20_000_000
    assert erp.api.most_memory() - before < 30_000_000


def test_a_body_at_the_limit_is_read(client: httpx.Client) -> None:
    for size, status in ((1_048_576, 400), (1_048_577, 413)):
        sent = client.post("/api/v1/organizations", content=b"x" * size, headers={"Content-Type": "application/json"})
        assert sent.status_code == status


def test_a_body_that_does_not_arrive_in_time_is_given_up(erp: Erp) -> None:
    head = (
        b"POST /api/v1/organizations HTTP/1.1\r\nHost: erp\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
    )
    with socket.create_connection(("127.0.0.1", erp.api.port), 60) as slow:
        slow.sendall(head + b"\r\n{")
        assert _read(slow).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("path", ["/api/v1/orders", "/api/v1/stock/nail", "/healthz/live", "/metrics", "/openapi.json"])
def test_a_method_that_a_path_lacks_is_refused_with_the_methods_that_it_has(client: httpx.Client, path: str) -> None:
    described = client.get("/openapi.json").json()["paths"].get(path.replace("nail", "{sku}"), {"get": {}, "head": {}})
    for method in ("HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "DELETE", "PROPFIND"):
        if method.lower() in described:
            continue
        refused = client.request(method, path)
        assert refused.status_code == 405
        assert sorted(refused.headers["Allow"].lower().split(", ")) == sorted(described)


@pytest.mark.parametrize(
    "request_",
    [
        b"FOO / HTTP/1.1\r\nHost: erp\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: erp\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: erp\r\nX: \x00\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: erp\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: erp\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: erp\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: erp\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: erp\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=lambda request: repr(request[:40]),
)
def test_a_request_that_is_not_http_is_refused(erp: Erp, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", erp.api.port), 60) as connection:
        connection.sendall(request_)
        assert int(_read(connection).split()[1]) in (400, 404)


# https://www.rfc-editor.org/rfc/rfc6455#section-5.2 and section 7.4.1
@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\x81\xff" + (65_537).to_bytes(8) + b"0000" + b"0" * 65_537, 1009),
        (b"\x81\x81" + b"\x00" * 4 + b"\xff", 1007),
        (b"\x80\x80" + b"\x00" * 4, 1002),
        (b"\x91\x80" + b"\x00" * 4, 1002),
        (b"\x81\x01x", 1002),
    ],
    ids=["above the limit", "text that is not UTF-8", "continuation of nothing", "reserved bit", "not masked"],
)
def test_a_websocket_is_closed_at_an_invalid_frame(erp: Erp, organization: str, frame: bytes, code: int) -> None:
    with erp.updates(organization) as updates:
        updates.send("ignored")
        updates.socket.sendall(frame)
        with pytest.raises(ConnectionClosed) as closed:
            updates.recv(60)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == code


def test_a_websocket_of_nobody_is_refused(erp: Erp) -> None:
    with pytest.raises(InvalidStatus) as refused, erp.updates("nobody"):
        """Never connected."""
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("limit", "users"), [("MAX_WEBSOCKETS_PER_USER", ["user"] * 3), ("MAX_WEBSOCKETS", ["first", "second", "third"])]
)
def test_a_websocket_above_a_limit_is_told_to_come_later(
    erp: Erp, organization: str, tmp_path: Path, limit: str, users: list[str]
) -> None:
    api = Api(tmp_path / "api.log", erp.environment | {limit: "2"})
    try:
        api.wait()
        *within, above = users
        with ExitStack() as opened:
            first, _ = [opened.enter_context(erp.updates(organization, api, sub=user)) for user in within]
            wait_until(lambda: _open_websockets(api) == 2, "two open WebSockets")
            with erp.updates(organization, api, sub=above) as refused, pytest.raises(ConnectionClosed, match="1013"):
                refused.recv(60)
            first.close()
            wait_until(lambda: _open_websockets(api) == 1, "the end of the first WebSocket")
            opened.enter_context(erp.updates(organization, api, sub=above))
            wait_until(lambda: _open_websockets(api) == 2, "a WebSocket in the place of the first one")
    finally:
        api.stop()


def test_clients_that_leave_at_once_leave_nothing_behind(erp: Erp, organization: str) -> None:
    for _ in range(20):
        with erp.updates(organization):
            """Leaves while the API subscribes."""
    wait_until(lambda: erp.subscribers(organization) == 0, "the end of all subscriptions")
    wait_until(lambda: _open_websockets(erp.api) == 0, "the end of all connections")


def _open_websockets(api: Api) -> float:
    return api.metrics().value("erp_active_websocket_connections")


def _send(erp: Erp, head: bytes, chunk: bytes) -> tuple[bytes, int]:
    """Sends chunks until the API answers or closes the connection. Returns the answer and the number of sent bytes."""
    with socket.create_connection(("127.0.0.1", erp.api.port), 60) as connection:
        connection.sendall(head)
        sent = 0
        while sent < 200_000_000:
            readable, _, _ = select([connection], [], [], 0)
            if readable:
                break
            try:
                connection.sendall(chunk)
            except ConnectionError:
                break
            sent += len(chunk)
        return _read(connection), sent


def _read(connection: socket.socket) -> bytes:
    answer = b""
    while b"\r\n\r\n" not in answer and (received := connection.recv(65536)):
        answer += received
    return answer
