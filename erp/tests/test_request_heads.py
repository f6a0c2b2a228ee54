"""Request heads that are too long or too slow, sent to a real uvicorn."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import repeat

import httpx
import pytest
from websockets.sync.client import connect

from local.servers import answers, free_port, wait_until
from tests.http_client import http
from tests.processes import Program

GET = b"GET / HTTP/1.1\r\nHost: erp\r\n"
CHUNKED = b"POST /slow HTTP/1.1\r\nHost: erp\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
MUCH = b"x" * 1_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    port = free_port()
    command = ["uvicorn", "tests.app_with_short_head_deadline:app", "--port", str(port), "--timeout-keep-alive", "75"]
    server = Program(tmp_path_factory.mktemp("heads") / "log", command, {})
    server.port = port
    wait_until(lambda: answers(port), f"uvicorn, see {server.log}")
    yield server
    server.stop()
    assert [line for line in server.lines() if line["level"] in ("ERROR", "CRITICAL")] == []


@pytest.mark.parametrize(
    ("start", "status"),
    [
        (b"GET /", b"400"),
        (b"GET /?", b"400"),
        (GET + b"X: ", b"400"),
        (GET, b"400"),
        # The response to the first request is still due, so that there can be no other.
        (GET.replace(b"/", b"/slow", 1) + b"\r\n" + GET + b"X: ", b""),
        (CHUNKED + b"0\r\nX: ", b""),
        (CHUNKED + b"1;", b""),
    ],
    ids=["path", "query", "header", "headers", "pipelined header", "trailer", "chunk extension"],
)
def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(
    server: Program, start: bytes, status: bytes
) -> None:
    before = server.most_memory()
    part = b"X: y\r\n" * 100_000 if start == GET else MUCH
    with ThreadPoolExecutor(1) as others:
        live = others.submit(lambda: [http.get(f"http://127.0.0.1:{server.port}/") for _ in range(20)])
        answer, sent = _send(server, start, repeat(part, 100))
    assert answer.split(b" ")[1:2] == ([status] if status else [])
    # What the buffers of both sockets take.
    assert sent < 20_000_000
    assert server.most_memory() - before < 10_000_000
    assert max(answer.elapsed.total_seconds() for answer in live.result()) < 2


@pytest.mark.parametrize(("length", "status"), [(65_000, b"200"), (66_000, b"400"), (200_000, b"400")])
@pytest.mark.parametrize("start", [b"GET /", GET + b"X: "], ids=["path", "header"])
def test_the_limit_is_64_kib_however_a_head_arrives(server: Program, start: bytes, length: int, status: bytes) -> None:
    rest = b"x" * length + (b"\r\n\r\n" if b"X:" in start else b" HTTP/1.1\r\nHost: erp\r\n\r\n")
    for parts in ([rest], [rest[:30_000], rest[30_000:]]):
        assert _send(server, start, iter(parts))[0].split(b" ")[1] == status


def test_a_body_may_be_longer_than_a_head(server: Program) -> None:
    url = f"http://127.0.0.1:{server.port}/"
    with httpx.Client(verify=False) as client:
        for body in (MUCH, iter([MUCH, MUCH])):
            assert client.post(url, content=body).status_code == 200


def test_a_head_that_does_not_arrive_in_time_ends_the_connection(server: Program) -> None:
    started = time.monotonic()
    with ExitStack() as open_:
        silent, partial, dripping, blank, second, idle, slow = (
            open_.enter_context(socket.create_connection(("127.0.0.1", server.port), 60)) for _ in range(7)
        )
        websocket = open_.enter_context(connect(f"ws://127.0.0.1:{server.port}/"))
        slow.sendall(GET.replace(b"/", b"/slow", 1) + b"\r\n" + GET)
        for connection in (second, idle):
            connection.sendall(GET + b"\r\n")
            assert b"200 OK" in _answer(connection)
        partial.sendall(GET)
        second.sendall(GET)
        dripping.sendall(GET + b"X: ")
        with ThreadPoolExecutor(2) as drops:
            drips = drops.map(_drip, (dripping, blank), (b"x", b"\r\n"))
            assert [connection.recv(1) for connection in (silent, partial, second)] == [b"", b"", b""]
            assert list(drips) == [True, True]

        # The keep-alive timeout would end these connections after 75 s.
        assert time.monotonic() - started < 30

        # It waits for its response, which is complete; the second head is late.
        assert _answer(slow).endswith(b"answered") and slow.recv(1) == b""
        # Neither an idle connection nor a WebSocket waits for a head.
        idle.sendall(GET + b"\r\n")
        assert b"200 OK" in _answer(idle)
        websocket.send("still open")
        assert websocket.recv(60) == "still open"


def _send(server: Program, start: bytes, parts: Iterator[bytes]) -> tuple[bytes, int]:
    """Sends until the server closes the connection or answers. Returns the answer and the number of bytes sent."""
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), 60) as connection:
        try:
            for part in (start, *parts):
                connection.sendall(part)
                sent += len(part)
        except ConnectionError:
            pass  # The answer can still be read.
        try:
            return _answer(connection), sent
        except ConnectionError:
            return b"", sent


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith((b"answered", b"received.", b"long.")) and (received := connection.recv(65536)):
        answer += received
    return answer


def _drip(connection: socket.socket, drop: bytes) -> bool:
    """Sends a drop every 0.1 s, until the server closes the connection."""
    connection.settimeout(0.1)
    for _ in range(600):
        try:
            connection.sendall(drop)
            if connection.recv(1) == b"":
                return True
        except TimeoutError:
            continue
        except ConnectionError:
            return True
    return False
