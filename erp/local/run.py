"""Starts PostgreSQL, Redis, API, worker and beat on this machine. Ctrl-C stops all programs and deletes the data."""

import argparse
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from app import sign_token
from local.containers import PostgreSqlContainer, RedisContainer, engine_works
from local.key_pair import ISSUER, KeyPair
from local.servers import PostgreSql, Redis, answers, binary, started_servers, wait_until

ERP = Path(__file__).parents[1]


def main() -> None:
    if sys.argv[1:2] == ["token"]:
        os.environ.update(ISSUER)
        sign_token.main(sys.argv[2:], "npm run erp -- token")
        return
    given = _arguments()
    # Both signals end the block below in order. A shell ignores Ctrl-C for programs in the background.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with ExitStack() as running:
        try:
            keys = KeyPair()
            running.callback(keys.remove)
            programs = _start(given, keys, running)
            print(f"API: http://127.0.0.1:{given.port}/docs   worker: http://127.0.0.1:{given.worker_port}/metrics")
            print(f"Token: TRAFFIC_SIGNING_KEY_FILE={keys.private_key} npm run --silent erp -- token")
            if given.debug:
                print(f"Debugger of the API: port {given.debug}. Attach with VS Code, or another client of debugpy.")
            print("Press Ctrl-C to stop all programs.", flush=True)
            while all(program.poll() is None for program in programs.values()):
                time.sleep(0.5)
            ended = ", ".join(name for name, program in programs.items() if program.poll() is not None)
            sys.exit(f"{ended} stopped unexpectedly: the last lines above contain the reason")
        except KeyboardInterrupt:
            print("stopping", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="npm run erp --", description=__doc__, epilog="`npm run erp -- token --help` describes how to get a token."
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the API (default 8000)")
    parser.add_argument("--worker-port", type=int, default=9000, help="port of the worker's metrics (default 9000)")
    parser.add_argument("--redis-port", type=int, help="port of Redis (default: a free port)")
    parser.add_argument(
        "--debug", type=int, nargs="?", const=5678, metavar="PORT",
        help="run the API in debugpy, so that a debugger can attach at this port (default 5678)",
    )  # fmt: skip
    parser.add_argument("--traffic", type=float, metavar="RATE", help="also send this many requests per second")
    given = parser.parse_args()
    taken = [port for port in (given.port, given.worker_port, given.redis_port, given.debug) if port and answers(port)]
    if taken:
        options = "--port, --worker-port, --redis-port and --debug"
        sys.exit("\n".join(f"port {port} is in use: choose other ports with {options}" for port in taken))
    return given


def _start(given: argparse.Namespace, keys: KeyPair, running: ExitStack) -> dict[str, subprocess.Popen[bytes]]:
    postgresql, redis = _servers()
    redis.port = given.redis_port or redis.port
    running.enter_context(started_servers(postgresql, redis))
    settings = {
        "DATABASE_URL": postgresql.create_database("erp"),
        "REDIS_URL": redis.url,
        "METRICS_PORT": str(given.worker_port),
    }
    migrate = _command("app.run", "alembic", "upgrade", "head")
    subprocess.run(migrate, cwd=ERP, env=_environment("erp-migrate", settings), check=True)

    celery = ("app.run", "celery", "--quiet", "--app", "app.worker")
    debugger = ("debugpy", "--listen", f"127.0.0.1:{given.debug}", "-m") if given.debug else ()
    schedule = str(redis.directory / "schedule")
    options = ("--no-access-log", "--timeout-keep-alive", "75", "--ws-max-size", "65536")
    commands = {
        "erp-worker": _command(*celery, "worker", "--pool", "threads", "--concurrency", "4", "--task-events"),
        "erp-beat": _command(*celery, "beat", "--schedule", schedule, "--pidfile", ""),
        "erp-api": _command(*debugger, "app.run", "uvicorn", "app.main:app", "--port", str(given.port), *options),
    }
    if given.traffic:
        url = f"http://127.0.0.1:{given.port}"
        commands["erp-traffic"] = _command("app.traffic", "--url", url, "--rate", str(given.traffic))
    tokens = {
        "erp-api": {**ISSUER, "OIDC_KEYS_FILE": str(keys.key_set)},
        "erp-traffic": {**ISSUER, "TRAFFIC_SIGNING_KEY_FILE": str(keys.private_key)},
    }
    programs = {}
    for name, command in commands.items():
        # In a process group of its own: Ctrl-C reaches only this process, which stops the others in order.
        environment = _environment(name, settings | tokens.get(name, {}))
        programs[name] = subprocess.Popen(command, cwd=ERP, env=environment, process_group=0)
        running.callback(_stop, programs[name])
    wait_until(lambda: answers(given.port) or programs["erp-api"].poll() is not None, "the API", 60)
    return programs


def _servers() -> tuple[PostgreSql, Redis]:
    """The machine's own servers, or containers if it has none."""
    try:
        for program in ("initdb", "postgres", "redis-server"):
            binary(program)
    except FileNotFoundError as missing:
        if engine_works():
            return PostgreSqlContainer(), RedisContainer()
        sys.exit(f"{missing}, and Docker is not running: install PostgreSQL and Redis, or start Docker")
    return PostgreSql(), Redis()


def _command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _environment(service: str, settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **settings, "SERVICE_NAME": service}


def _stop(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(30)
    except subprocess.TimeoutExpired:
        program.kill()


if __name__ == "__main__":
    main()
