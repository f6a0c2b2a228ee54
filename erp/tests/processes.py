"""The ERP's programs, as pods run them, on free ports of this machine."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from local.servers import free_port, wait_until
from tests.record_schema import record

ERP = Path(__file__).parents[1]


class Program:
    """A program of the ERP with its log; stopped as the kubelet stops it."""

    def __init__(self, log: Path, command: list[str], environment: dict[str, str]) -> None:
        self.log = log
        with open(log, "wb") as output:
            known = {**_inherited, **environment}
            command = [sys.executable, "-m", *command]
            self.process = subprocess.Popen(command, cwd=ERP, env=known, stdout=output, stderr=output)

    def lines(self) -> list[dict]:
        """Of its log so far. Fails where one is not as the schema says."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        for line in lines:
            record.validate(line)
        return lines

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Api(Program):
    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(self.port), "--no-access-log",
                   "--timeout-graceful-shutdown", "20"]  # fmt: skip
        super().__init__(log, command, {"SERVICE_NAME": "erp-api", **environment})

    def wait(self) -> "Api":
        wait_until(lambda: _answers(f"{self.url}/healthz/live"), f"the API, see {self.log}", 30)
        return self


class Worker(Program):
    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["celery", "--quiet", "--app", "app.worker", "worker", "--pool", "threads", "--concurrency", "4",
                   "--queues", "default,reports", "--task-events", "--hostname", "erp-worker@%h"]  # fmt: skip
        super().__init__(log, command, {"SERVICE_NAME": "erp-worker", "METRICS_PORT": str(self.port), **environment})

    def wait(self) -> "Worker":
        wait_until(lambda: "ready." in self.log.read_text(), f"the worker, see {self.log}", 30)
        return self


class Beat(Program):
    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        command = ["celery", "--quiet", "--app", "app.worker", "beat", "--schedule", str(log.with_suffix(".schedule")),
                   "--pidfile", ""]  # fmt: skip
        super().__init__(log, command, {"SERVICE_NAME": "erp-beat", **environment})


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


# What the ERP reads must come from the test alone.
_inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
