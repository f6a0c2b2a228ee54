"""Runs the ERP's programs as pods do, on free ports of this machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx

from local.servers import free_port, wait_until
from tests import issuer
from tests.exposition import Samples, parse
from tests.http_client import http
from tests.record_schema import record

ERP = Path(__file__).parents[1]


class Program:
    """A program of the ERP with its log. A test can start and stop it repeatedly, as the kubelet does."""

    def __init__(self, log: Path, command: list[str], environment: dict[str, str]) -> None:
        self.log = log
        launcher = [] if command[0].startswith(("app.", "tests.")) else ["app.run"]
        self._command = [sys.executable, "-m", *launcher, *command]
        self._environment = _inherited | environment
        self._lines: list[dict] = []
        self._read = 0
        self.start()

    def start(self) -> None:
        with open(self.log, "ab") as output:
            # The log also contains the lines of earlier starts.
            self._started_at = output.tell()
            self.process = subprocess.Popen(self._command, cwd=ERP, env=self._environment, stdout=output, stderr=output)

    def set(self, variable: str, value: str) -> None:
        """For the next start."""
        self._environment = self._environment | {variable: value}

    def stop(self) -> int:
        """Waits until the program ends by itself, and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_for_end()

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Fails at once if the program ends before."""
        wait_until(lambda: is_ready() or self.process.poll() is not None, f"{self._command}, see {self.log}")
        assert self.process.poll() is None, self.log.read_text()

    def wait_for_end(self) -> int:
        """Waits until the program ends, and returns its exit code."""
        return self.process.wait(120)

    def lines(self) -> list[dict]:
        """Lines of the log so far. Fails if a line does not match the schema."""
        with open(self.log) as log:
            log.seek(self._read)
            new = log.read()
        complete = new[: new.rfind("\n") + 1]
        self._read += len(complete.encode())
        for line in map(json.loads, complete.splitlines()):
            record.validate(line)
            self._lines.append(line)
        return self._lines

    def lines_of(self, request_id: str) -> list[dict]:
        """Lines of a request so far, and of the tasks that it requested."""
        return [line for line in self.lines() if line.get("request_id") == request_id]

    def wait_for_lines_of(self, request_id: str) -> list[dict]:
        """Waits for a complete line: the program may have written only a part of it."""
        wait_until(lambda: self.lines_of(request_id) != [], f"request {request_id} in {self.log}")
        return self.lines_of(request_id)

    def most_memory(self) -> int:
        """Most memory that it has used, in bytes: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html"""
        with open(f"/proc/{self.process.pid}/status") as status:
            (line,) = [line for line in status if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024


class ObservedProgram(Program):
    """A program that exposes metrics at its port."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def metrics(self) -> Samples:
        return parse(http.get(f"{self.url}/metrics").text)


class Api(ObservedProgram):
    def __init__(self, log: Path, environment: dict[str, str], module: str = "app.main") -> None:
        self.port = free_port()
        command = ["uvicorn", f"{module}:app", "--host", "127.0.0.1", "--port", str(self.port), "--no-access-log",
                   "--timeout-keep-alive", "75", "--timeout-graceful-shutdown", "20",
                   "--ws-max-size", "65536"]  # fmt: skip
        super().__init__(log, command, {"SERVICE_NAME": "erp-api", **issuer.settings, **environment})

    def wait(self) -> None:
        self.wait_until(lambda: _answers(f"{self.url}/healthz/live"))


class Worker(ObservedProgram):
    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        command = ["celery", "--quiet", "--app", "app.worker", "worker", "--pool", "threads", "--concurrency", "4",
                   "--queues", "default,reports", "--task-events", "--hostname", "erp-worker@%h"]  # fmt: skip
        metrics = {"SERVICE_NAME": "erp-worker", "METRICS_PORT": str(self.port)}
        super().__init__(log, command, metrics | environment)

    def wait(self) -> None:
        self.wait_until(lambda: b"ready." in self.log.read_bytes()[self._started_at :])


class Beat(Program):
    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        command = ["celery", "--quiet", "--app", "app.worker", "beat", "--schedule", str(log.with_suffix(".schedule")),
                   "--pidfile", ""]  # fmt: skip
        super().__init__(log, command, {"SERVICE_NAME": "erp-beat", **environment})


def _answers(url: str) -> bool:
    try:
        return http.get(url).is_success
    except httpx.TransportError:
        return False


# The ERP must read only the settings of the test.
_inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
