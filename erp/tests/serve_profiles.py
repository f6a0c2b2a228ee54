"""
Starts the reference ERP's API once for each HTTP profile, with PostgreSQL and Redis, for the tests of `conformance/`.

    python -m tests.serve_profiles DIRECTORY SENTRY_DSN INSTRUMENTATOR

Prints a line of JSON with addresses, process ids and log files when both are ready. Ends at the end of its input.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from local.servers import PostgreSql, Redis, started_servers
from tests.processes import Api, Program

MODULES = {
    "starlette-prometheus": "tests.app_with_test_routes",
    "fastapi-instrumentator": "tests.app_on_instrumentator",
}


def main(directory: Path, sentry_dsn: str, instrumentator: str) -> None:
    with ExitStack() as running:
        postgresql, redis = PostgreSql(), Redis()
        running.enter_context(started_servers(postgresql, redis))
        environment = {
            "DATABASE_URL": postgresql.create_database("erp"),
            "REDIS_URL": redis.url,
            "SENTRY_DSN": sentry_dsn,
            "SENTRY_TRACES_SAMPLE_RATE": "0",
            "ENVIRONMENT": "test",
            "APP_VERSION": "1.2.3",
            "READINESS_CACHE_SECONDS": "0.2",
            "INSTRUMENTATOR": instrumentator,
        }
        migration = Program(directory / "migrate.log", ["alembic", "upgrade", "head"], environment)
        apis = {name: Api(directory / f"{name}.log", environment, module) for name, module in MODULES.items()}
        for api in apis.values():
            running.callback(api.process.kill)
        assert migration.wait_for_end() == 0, migration.log.read_text()
        for api in apis.values():
            api.wait()
        started = {name: {"url": api.url, "pid": api.process.pid, "log": str(api.log)} for name, api in apis.items()}
        (redis_process,) = redis.pids()
        print(json.dumps({"apis": started, "redis": redis_process}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
