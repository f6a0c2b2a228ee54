"""
Starts PostgreSQL as its exporter finds it in operation: `python -m local.observed_postgresql EXPORTER PORT`.

The server archives; it has the ERP's schema, a replica, slots that nobody reads, and a session that waits for a lock.
The exporter answers at the port once all of this is there. Everything ends at SIGTERM or Ctrl-C.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import psycopg

from local.servers import PostgreSql, as_user, binary, wait_until

ERP = Path(__file__).parents[1]


class Primary(PostgreSql):
    def command(self) -> list[str]:
        return [*super().command(), "--archive_mode=on", "--archive_command=true", "--wal_level=logical"]


class Replica(PostgreSql):
    """A replica that reads from the primary through its own slot."""

    def __init__(self, primary: Primary) -> None:
        super().__init__()
        self._primary = primary

    def prepare(self) -> None:
        self.own_directory()
        source = ["--dbname", self._primary.url("postgres"), "--create-slot", "--slot", "replica"]
        command = [
            binary("pg_basebackup"),
            *source,
            "--pgdata",
            self._data,
            "--write-recovery-conf",
            "--checkpoint=fast",
        ]
        subprocess.run(command, check=True, capture_output=True, **as_user(self.user()))


def main() -> None:
    exporter, port, *options = sys.argv[1:]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as running:
        primary = Primary()
        replica = Replica(primary)
        for server in (primary, replica):
            running.callback(server.remove)
        primary.start()
        url = primary.create_database("erp")
        _migrate(url)
        replica.start()
        _occupy(url, running)
        source = f"{url.replace('erp@', 'exporter@')}?sslmode=disable"
        environment = {**os.environ, "DATA_SOURCE_NAME": source, "PGAPPNAME": "postgresql-exporter"}
        command = [exporter, f"--web.listen-address=127.0.0.1:{port}", "--log.level=error", *options]
        observer = subprocess.Popen(command, env=environment, process_group=0)
        running.callback(observer.wait)
        running.callback(observer.terminate)
        try:
            observer.wait()
        except KeyboardInterrupt:
            return


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1", "SERVICE_NAME": "erp-migrate"}
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, cwd=ERP, env=environment, check=True, capture_output=True)


def _occupy(url: str, running: ExitStack) -> None:
    """Creates what a scrape must find, with the rights that the exporter has in an environment."""
    observer = _session(url, "postgresql-exporter", running)
    observer.execute("CREATE ROLE exporter LOGIN IN ROLE pg_monitor")
    observer.execute("SELECT pg_create_physical_replication_slot('forgotten', true)")
    observer.execute("SELECT pg_create_logical_replication_slot('changes', 'pgoutput')")
    # Creates log segments, which are archived and which the slot retains.
    for _ in range(2):
        observer.execute("INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Nails Ltd')")
        observer.execute("SELECT pg_switch_wal()")
    holder, waiter = (_session(url, name, running) for name in ("erp-api", "erp-worker"))
    holder.autocommit = False
    # The exporter asks for sizes, and must not wait.
    holder.execute("LOCK TABLE orders IN SHARE MODE")
    Thread(target=_wait_for_lock, args=[waiter], daemon=True).start()
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    wait_until(lambda: observer.execute(waiting).fetchone() == (1,), "a session that waits for a lock")
    observer.execute("SELECT 1")


def _wait_for_lock(session: psycopg.Connection) -> None:
    try:
        session.execute("UPDATE orders SET quantity = quantity")
    except psycopg.Error:
        """The server is stopped before the lock is released."""


def _session(url: str, program: str, running: ExitStack) -> psycopg.Connection:
    session = psycopg.connect(url, application_name=program, autocommit=True)
    running.callback(session.close)
    return session


if __name__ == "__main__":
    main()
