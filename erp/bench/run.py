"""
Compares the ERP's API with itself without instruments: CPU time per request, and the 99th percentile of the latency.
Called by `npm run bench:erp`.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx

from app.core.token_signer import TokenSigner
from bench.instruments import BY_SETTINGS, INSTRUMENTS
from bench.load import send
from local.key_pair import ISSUER, KeyPair
from local.servers import PostgreSql, Redis, answers, free_port, started_servers, wait_until
from tests.collector import Collector
from tests.sentry_server import SentryServer

ERP = Path(__file__).parents[1]
NOBODY = UUID(int=0)
CONNECTIONS = 16
REQUESTS = 320
BARE, EVERYTHING = "bare", "everything"


@dataclass
class Variant:
    name: str
    off: tuple[str, ...]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    cpu: list[float] = field(default_factory=list)
    """Milliseconds per request, of each round."""
    p99: list[float] = field(default_factory=list)

    def start(self, environment: dict[str, str], log: Path) -> None:
        settings = environment | {"BENCH_OFF": ",".join(self.off)}
        for name in self.off:
            settings |= BY_SETTINGS.get(name, {})
        command = [sys.executable, "-m", "app.run", "uvicorn", "bench.app:app", "--host", "127.0.0.1", "--port",
                   str(self.port), "--no-access-log"]  # fmt: skip
        with open(log, "wb") as output:
            self.process = subprocess.Popen(command, cwd=ERP, env=settings, stdout=output, stderr=output)

    def cpu_seconds(self) -> float:
        """Of all threads that live now, which includes those that work."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def measure(self, request: bytes) -> None:
        before = self.cpu_seconds()
        seconds = asyncio.run(send(self.port, request, CONNECTIONS, REQUESTS // CONNECTIONS))
        self.cpu.append((self.cpu_seconds() - before) / len(seconds) * 1000)
        self.p99.append(statistics.quantiles(seconds, n=100)[98] * 1000)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--only", choices=INSTRUMENTS, action="append")
    arguments = parser.parse_args()
    names = arguments.only or INSTRUMENTS
    variants = [
        Variant(BARE, INSTRUMENTS), Variant(EVERYTHING, ()), *(Variant(f"without {name}", (name,)) for name in names)
    ]  # fmt: skip
    with _started(variants) as request:
        for variant in variants:
            variant.measure(request)
            variant.cpu.clear(), variant.p99.clear()
        for number in range(1, arguments.rounds + 1):
            # Each round begins with another variant: what disturbs the machine regularly then disturbs all alike.
            first = number % len(variants)
            for variant in variants[first:] + variants[:first]:
                variant.measure(request)
            print(f"round {number} of {arguments.rounds}", file=sys.stderr, flush=True)
    print(_table(variants))


@contextmanager
def _started(variants: list[Variant]) -> Iterator[bytes]:
    """Starts all variants with one database and one Redis, and returns the request that all can answer."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="erp-bench-")))
        keys = KeyPair()
        stack.callback(keys.remove)
        sentry = SentryServer()
        stack.callback(sentry.close)
        collector = Collector()
        stack.callback(collector.stop)
        postgresql, redis = PostgreSql(), Redis()
        stack.enter_context(started_servers(postgresql, redis))
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DATABASE_URL": postgresql.create_database("erp"),
            "REDIS_URL": redis.url,
            **ISSUER,
            "OIDC_KEYS_FILE": str(keys.key_set),
            "SENTRY_DSN": sentry.dsn,
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "SENTRY_TRACES_SAMPLE_RATE": "0",
            "SENTRY_PROFILES_SAMPLE_RATE": "0",
            "ENVIRONMENT": "production",
            # The value must stay in the cache: a read from the database would be a second kind of request.
            "STOCK_CACHE_SECONDS": "3600",
        }
        migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(migrate, cwd=ERP, env=environment, check=True, stdout=subprocess.DEVNULL)
        for variant in variants:
            variant.start(environment, directory / f"{variant.port}.log")
            stack.callback(variant.process.wait)
            stack.callback(variant.process.terminate)
        for variant in variants:
            wait_until(lambda port=variant.port: answers(port), f"{variant.name}, see {directory}", 300)
        yield _request(variants[0].port, keys)


def _request(port: int, keys: KeyPair) -> bytes:
    """Stores an article and returns the bytes of a request that reads it, with headers as a proxy adds them."""
    signer = TokenSigner(keys.private_key.read_bytes(), ISSUER["OIDC_ISSUER"], ISSUER["OIDC_AUDIENCE"])

    def authorization(organization: UUID, *roles: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {signer.sign('u-17', organization, roles, seconds=3600)}"}

    with httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=False) as client:
        new = client.post(
            "/api/v1/organizations", json={"name": "Nails"}, headers=authorization(NOBODY, "organizations")
        )
        headers = authorization(UUID(new.raise_for_status().json()["id"]))
        client.put("/api/v1/stock/nail", json={"quantity": 1000}, headers=headers).raise_for_status()
    headers |= {"Host": "erp.example.com", "Accept": "*/*", "User-Agent": "bench", "X-Forwarded-For": "192.0.2.1"}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["GET /api/v1/stock/nail HTTP/1.1", *lines, "", ""]).encode()


def _table(variants: list[Variant]) -> str:
    """Ratios are medians over the rounds, in each of which the load of the machine is about the same for all."""
    bare = variants[0]
    lines = ["| instruments | CPU per request | to bare | p99 of 16 connections | to bare |", "|---|---|---|---|---|"]
    for variant in variants:
        cpu, p99 = statistics.median(variant.cpu), statistics.median(variant.p99)
        lines.append(
            f"| {variant.name} | {cpu:.2f} ms | {_ratio(variant.cpu, bare.cpu):.2f} "
            f"| {p99:.1f} ms | {_ratio(variant.p99, bare.p99):.2f} |"
        )
    return "\n".join(lines)


def _ratio(ones: list[float], others: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


if __name__ == "__main__":
    main()
