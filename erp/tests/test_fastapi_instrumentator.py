"""The profile `fastapi-instrumentator`: another instrumentor, on a current FastAPI."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from local.servers import answers, free_port, wait_until
from tests.exposition import parse
from tests.processes import ERP


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("profile") / "log"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [_python, "-m", "uvicorn", "app:app", "--port", str(port)],
            cwd=ERP / "profiles" / "fastapi_instrumentator", stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until(lambda: answers(port), f"the app, see {log}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_it_runs_on_a_fastapi_that_starlette_prometheus_cannot(url: str) -> None:
    version = 'from importlib.metadata import version; print(version("fastapi"))'
    printed = subprocess.run([_python, "-c", version], capture_output=True, text=True, check=True).stdout
    assert tuple(int(part) for part in printed.split(".")) >= (0, 137, 0)
    assert _get(f"{url}/openapi.json").status_code == 200


def test_finished_requests_are_counted_by_handler_and_class_of_status(url: str) -> None:
    _get(f"{url}/api/v1/invoices/100?parts=4").raise_for_status()
    assert _get(f"{url}/api/v1/invoices/100?parts=0").status_code == 500
    _get(f"{url}/nowhere")
    metrics, route = parse(_get(f"{url}/metrics").text), "/api/v1/invoices/{total}"
    for handler, status in ((route, "2xx"), (route, "5xx"), ("none", "4xx")):
        assert metrics.value("http_requests_total", method="GET", handler=handler, status=status) == 1


def test_durations_are_kept_by_handler_in_three_buckets_failures_included(url: str) -> None:
    metrics, labels = parse(_get(f"{url}/metrics").text), {"method": "GET", "handler": "/api/v1/invoices/{total}"}
    name = "http_request_duration_seconds"
    assert metrics.value(f"{name}_count", **labels) == 2
    bounds = {series["le"] for series in metrics.labels_of(f"{name}_bucket")}
    assert bounds == {"0.1", "0.5", "1.0", "+Inf"}


def test_requests_in_progress_are_not_counted(url: str) -> None:
    assert "http_requests_inprogress" not in _get(f"{url}/metrics").text


def _get(url: str) -> httpx.Response:
    """Uses a new connection: the server closes a connection on which the app failed."""
    return httpx.get(url, verify=False)


_python = Path(os.environ["PROFILE_ENVIRONMENT"]) / "bin" / "python"
