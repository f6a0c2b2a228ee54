"""The ERP behind a proxy, which is a real nginx."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from local.servers import answers, free_port, wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.nginx import Nginx
from tests.processes import Program
from tests.slow_link import SlowLink

CALLER = "127.0.0.9"


@pytest.mark.parametrize(
    ("server_seconds", "proxy_seconds", "closed_first", "status"), [(1, 60, "server", 502), (60, 1, "proxy", 200)]
)
def test_a_proxy_answers_502_if_the_server_is_the_first_to_close_idle_connections(
    tmp_path: Path, server_seconds: int, proxy_seconds: int, closed_first: str, status: int
) -> None:
    """In the same order as uvicorn's default of 5 seconds and our 75, with nginx's 60 between them."""
    port = free_port()
    command = ["uvicorn", "tests.app_that_echoes:app", "--port", str(port), "--timeout-keep-alive", str(server_seconds)]
    server = Program(tmp_path / "log", command, {})
    link = SlowLink(port)
    proxy = Nginx(link.port, proxy_seconds)
    try:
        wait_until(lambda: answers(port), "uvicorn")
        proxy.start()
        assert http.post(proxy.url, content=b"first").content == b"first"
        wait_until(lambda: link.closed_first is not None, "the end of the idle connection")
        assert link.closed_first == closed_first
        assert http.post(proxy.url, content=b"second").status_code == status
    finally:
        proxy.remove()
        link.close()
        server.stop()


@pytest.fixture(scope="module")
def nginx(erp: Erp) -> Iterator[Nginx]:
    """The proxy that the ERP trusts."""
    nginx = Nginx(erp.api.port)
    nginx.start()
    assert f"{nginx.address}/32" == erp.environment["FORWARDED_ALLOW_IPS"]
    yield nginx
    nginx.remove()


@pytest.fixture
def caller() -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=CALLER, verify=False)) as caller:
        yield caller


@pytest.mark.parametrize("forged", [{}, {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "127.0.0.2"}])
def test_the_line_of_a_request_has_the_address_that_the_trusted_proxy_saw(
    erp: Erp, nginx: Nginx, caller: httpx.Client, forged: dict[str, str]
) -> None:
    assert _logged(erp, caller, nginx.url, forged)["client"] == CALLER


def test_a_caller_cannot_state_its_own_address(erp: Erp, caller: httpx.Client) -> None:
    assert _logged(erp, caller, erp.api.url, {"X-Forwarded-For": "203.0.113.7"})["client"] == CALLER


def test_a_proxy_that_is_not_trusted_is_the_client(erp: Erp, caller: httpx.Client) -> None:
    stranger = Nginx(erp.api.port, address="127.0.0.3")
    try:
        stranger.start()
        assert _logged(erp, caller, stranger.url, {})["client"] == stranger.address
    finally:
        stranger.remove()


def test_no_answer_sends_a_caller_from_https_to_http(erp: Erp, nginx: Nginx, client: httpx.Client) -> None:
    for url in (nginx.url, erp.api.url):
        answer = client.get(f"{url}/api/v1/orders/", follow_redirects=False)
        assert (answer.status_code, answer.headers.get("Location")) == (404, None)


def _logged(erp: Erp, caller: httpx.Client, url: str, headers: dict[str, str]) -> dict:
    """The access line of a request."""
    request_id = uuid4().hex
    caller.get(f"{url}/api/v1/stock", headers={"X-Request-ID": request_id, **headers})
    (line,) = erp.api.wait_for_lines_of(request_id)
    return line
