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

    assert Program(tmp_path / "migrate.log", ["alembic", "upgrade", "head"], environment).process.wait(30) == 0
    assert waiting.process.wait(10) == 0
    wait_until(lambda: http.get(f"{api.url}/healthz/ready").status_code == 200, "readiness")
    api.stop()
    assert [line["message"] for line in waiting.lines()] == [
        "waiting: the schema is not migrated",
        "the schema is migrated",
    ]


def test_of_two_migrations_at_once_one_does_it_and_the_other_finds_it_done(environment: dict, tmp_path: Path) -> None:
    both = [Program(tmp_path / f"{number}.log", ["alembic", "upgrade", "head"], environment) for number in range(2)]
    assert [program.process.wait(30) for program in both] == [0, 0]
    upgrades = [line["message"] for program in both for line in program.lines() if "upgrade" in line["message"]]
    revisions = list((ERP / "migrations" / "versions").glob("*.py"))
    assert len(upgrades) == len(set(upgrades)) == len(revisions)


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
    assert migration.process.wait(30) == 0


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
    wait_until(lambda: "cannot be reached" in waiting.log.read_text(), "the reason")
    assert waiting.stop() == 143
    assert waiting.lines()[0]["message"] == "waiting: the database cannot be reached (OperationalError)"
