"""`npm run erp`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from local.servers import free_port, wait_until
from tests.debugger import Debugger
from tests.http_client import http
from tests.processes import ERP


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory for the data of servers that run as another user, who cannot read pytest's directories."""
    place = Path(tempfile.mkdtemp(prefix="erp-run-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def test_everything_starts_with_one_command_and_ends_with_ctrl_c(place: Path, tmp_path: Path) -> None:
    port, worker_port, debug_port, log = free_port(), free_port(), free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "local.run", "--port", str(port), "--worker-port", str(worker_port),
               "--debug", str(debug_port)]  # fmt: skip
    environment = {**os.environ, "TMPDIR": str(place), "HEARTBEAT_SECONDS": "0.5"}
    with log.open("wb") as out, subprocess.Popen(command, cwd=ERP, env=environment, stdout=out, stderr=out) as run:
        try:
            wait_until(lambda: _ready(port) and "Press Ctrl-C" in log.read_text(), f"the ERP, see {log}")
            assert http.get(f"http://127.0.0.1:{worker_port}/healthz/live").status_code == 200
            _call_with_a_printed_token(f"http://127.0.0.1:{port}/api/v1/organizations", log.read_text())
            _stop_in_a_request(f"http://127.0.0.1:{port}/healthz/live", debug_port)
            children = _children(run.pid)
        finally:
            run.send_signal(signal.SIGINT)
    assert (run.returncode, len(children)) == (0, 5)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert list(place.iterdir()) == []


def test_ports_that_are_taken_are_told_before_anything_starts(tmp_path: Path, erp) -> None:
    command = [sys.executable, "-m", "local.run", "--port", str(erp.api.port), "--worker-port", str(erp.worker.port)]
    ended = subprocess.run(command, cwd=ERP, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [
        f"port {port} is in use: choose other ports with --port, --worker-port, --redis-port and --debug"
        for port in (erp.api.port, erp.worker.port)
    ]


def _call_with_a_printed_token(url: str, output: str) -> None:
    """Gets a token with the command that the output contains, but without npm."""
    (key_file,) = re.findall(r"TRAFFIC_SIGNING_KEY_FILE=(\S+) npm run --silent erp -- token", output)
    assert Path(key_file).stat().st_mode & 0o077 == 0 or Path(key_file).parent.stat().st_mode & 0o077 == 0
    command = [sys.executable, "-m", "local.run", "token", "--roles", "organizations"]
    environment = os.environ | {"TRAFFIC_SIGNING_KEY_FILE": key_file}
    token = subprocess.run(command, cwd=ERP, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    created = http.post(url, json={"name": "Nails Ltd"}, headers={"Authorization": f"Bearer {token}"})
    assert created.status_code == 201


def _stop_in_a_request(url: str, debug_port: int) -> None:
    """Stops a request at a breakpoint, as an editor does, reads its place, and lets it continue."""
    source = ERP / "app" / "features" / "health" / "router.py"
    line = source.read_text().splitlines().index('    return {"status": "ok"}') + 1
    with Debugger(debug_port) as debugger, ThreadPoolExecutor(1) as user:
        debugger.attach(source, line)
        answer = user.submit(http.get, url)
        thread = debugger.event("stopped")["threadId"]
        (frame, *_) = debugger.request("stackTrace", threadId=thread)["stackFrames"]
        assert (frame["name"], frame["line"], answer.done()) == ("live", line, False)
        debugger.request("disconnect")
        assert answer.result().status_code == 200


def _ready(port: int) -> bool:
    try:
        return http.get(f"http://127.0.0.1:{port}/healthz/ready").json()["status"] == "ok"
    except httpx.TransportError:
        return False


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
