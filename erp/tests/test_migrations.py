import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.core.schema_revision import is_migrated
from local.servers import PostgreSql, Redis, wait_until
from tests.http_client import http
from tests.processes import ERP, Api, Program

Servers = tuple[PostgreSql, Redis]


@pytest.fixture
def environment(servers: Servers) -> Iterator[dict[str, str]]:
    """With an empty database."""
    postgresql, redis = servers
    yield {
        "DATABASE_URL": postgresql.create_database(f"empty_{uuid4().hex}"),
        "REDIS_URL": redis.url,
        "READINESS_CACHE_SECONDS": "0.2",
        "SERVICE_NAME": "erp-migrate",
    }


def test_an_api_starts_before_the_migration_and_is_ready_after_it(environment: dict, tmp_path: Path) -> None:
    api = Api(tmp_path / "api.log", environment)
    waiting = Program(tmp_path / "await.log", ["app.await_migrations"], environment)
    api.wait()
    unready = http.get(f"{api.url}/healthz/ready")
    assert unready.json()["checks"]["postgresql"] == {"status": "down", "reason": "the schema is not migrated"}
    assert (unready.status_code, waiting.process.poll()) == (503, None)

    assert Program(tmp_path / "migrate.log", ["alembic", "upgrade", "head"], environment).wait_for_end() == 0
    assert waiting.wait_for_end() == 0
    wait_until(lambda: http.get(f"{api.url}/healthz/ready").status_code == 200, "readiness")
    api.stop()
    assert [line["message"] for line in waiting.lines()] == [
        f'waiting: the schema of the database "{make_url(environment["DATABASE_URL"]).database}" is not migrated',
        "the schema is migrated",
    ]


def test_of_two_migrations_at_once_one_does_it_and_the_other_finds_it_done(environment: dict, tmp_path: Path) -> None:
    both = [Program(tmp_path / f"{number}.log", ["alembic", "upgrade", "head"], environment) for number in range(2)]
    assert [program.wait_for_end() for program in both] == [0, 0]
    upgrades = [line["message"] for program in both for line in program.lines() if "upgrade" in line["message"]]
    revisions = list((ERP / "migrations" / "versions").glob("*.py"))
    assert len(upgrades) == len(set(upgrades)) == len(revisions)


def test_a_migration_that_waits_for_a_long_transaction_does_not_hold_up_the_api(
    environment: dict, tmp_path: Path
) -> None:
    """`pg_dump` has such a transaction. A new message replaces the orders that the API accepts meanwhile."""
    url = environment["DATABASE_URL"]
    before = Program(tmp_path / "before.log", ["alembic", "upgrade", "0003"], environment)
    assert before.wait_for_end() == 0
    with psycopg.connect(url) as dump, psycopg.connect(url, autocommit=True) as api:
        dump.execute("SELECT * FROM outbox_messages")
        migration = Program(tmp_path / "migrate.log", ["alembic", "upgrade", "head"], environment)
        wait_until(lambda: api.execute(WAITING_FOR_OUTBOX).fetchone() is not None, "a migration that waits")
        api.execute("SET statement_timeout = '10s'")
        api.execute("INSERT INTO outbox_messages (task, arguments, context) VALUES ('of the API', '[]', '{}')")
    assert migration.wait_for_end() == 0
    assert "waiting: another transaction locks a table" in [line["message"] for line in migration.lines()]


WAITING_FOR_OUTBOX = "SELECT 1 FROM pg_locks WHERE relation = 'outbox_messages'::regclass AND NOT granted"


def test_a_migration_waits_for_a_database_that_is_still_starting(
    servers: Servers, environment: dict, tmp_path: Path
) -> None:
    postgresql, _ = servers
    postgresql.stop()
    try:
        migration = Program(tmp_path / "migrate.log", ["alembic", "upgrade", "head"], environment)
        wait_until(lambda: "waiting" in migration.log.read_text(), "a word that it waits")
    finally:
        postgresql.start()
    assert migration.wait_for_end() == 0


def test_the_models_are_what_the_migrations_make_and_can_be_undone(environment: dict) -> None:
    done = subprocess.run([sys.executable, "-c", UP_AND_DOWN], cwd=ERP, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    with psycopg.connect(environment["DATABASE_URL"]) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("alembic_version",)]


UP_AND_DOWN = """
from alembic import command, config
erp = config.Config("alembic.ini")
command.upgrade(erp, "head"), command.check(erp), command.downgrade(erp, "base")
"""


def test_an_image_serves_on_a_schema_that_a_newer_one_has_migrated(environment: dict) -> None:
    url = make_url(environment["DATABASE_URL"]).set(drivername="postgresql+psycopg")
    with create_engine(url, poolclass=NullPool).connect() as database:
        database.execute(text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
        assert not is_migrated(database)
        database.execute(text("INSERT INTO alembic_version VALUES ('of a newer image')"))
        assert is_migrated(database)


def test_waiting_for_a_database_that_is_away_ends_when_asked_to(environment: dict, tmp_path: Path) -> None:
    environment["DATABASE_URL"] = "postgresql://erp@127.0.0.1:1/erp"
    waiting = Program(tmp_path / "await.log", ["app.await_migrations"], environment)
    wait_until(lambda: "waiting" in waiting.log.read_text(), "the reason")
    assert waiting.stop() == 143
    assert waiting.lines()[0]["message"].startswith("waiting: nothing listens at this host and port (")


def test_a_wait_goes_on_when_the_database_hangs_during_a_query(
    servers: Servers, environment: dict, tmp_path: Path
) -> None:
    environment["DATABASE_STATEMENT_TIMEOUT_SECONDS"] = "5"
    query = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    url = environment["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as observer, psycopg.connect(url) as database:
        database.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        database.commit()
        database.execute("LOCK TABLE alembic_version")
        waiting = Program(tmp_path / "await.log", ["app.await_migrations"], environment)
        try:
            wait_until(lambda: observer.execute(query).fetchone() is not None, "the query")
            with servers[0].hanging():
                wait_until(lambda: "waiting" in waiting.log.read_text(), "the end of the query")
            database.rollback()
            wait_until(lambda: "is not migrated" in waiting.log.read_text(), "the next query")
        finally:
            assert waiting.stop() == 143
    assert waiting.lines()[0]["message"] == "waiting: no answer (wait timeout expired)"
