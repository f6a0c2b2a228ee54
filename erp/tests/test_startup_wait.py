"""A program that starts while its database or its broker cannot be used, because of an outage or a wrong Secret."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import Redis as RedisClient
from redis import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.core import startup_wait
from app.core.connection_faults import broker_fault, connection_fault
from app.core.startup_wait import Obstacle, outage, wait_while
from local.servers import PostgreSql, Redis, free_port
from tests.processes import Program

Servers = tuple[PostgreSql, Redis]


class Clock:
    """The clock of a wait that finds one obstacle after the other, each for some seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *obstacles: tuple[float, Obstacle]) -> None:
        self.now = 1000.0
        self.start = self.now
        self._obstacles = obstacles
        monkeypatch.setattr(startup_wait, "time", self)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def find(self) -> Obstacle | None:
        passed = self.now - self.start
        for seconds, obstacle in self._obstacles:
            if passed < seconds:
                return obstacle
            passed -= seconds
        return None


logger = logging.getLogger("erp.migrations")
unmigrated = Obstacle("the schema is not migrated", 600)


def test_a_wait_ends_a_minute_after_the_outage_began(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock(monkeypatch, (300, unmigrated), (1000, outage("unknown host")))
    with caplog.at_level("INFO"), pytest.raises(SystemExit, match="1"):
        wait_while(clock.find, logger)
    assert 360 <= clock.now - clock.start <= 362
    assert caplog.messages[-1] == "gave up after 60 s: unknown host; the next start reads the Secrets again"
    assert caplog.records[-1].levelname == "ERROR"


def test_a_long_migration_is_awaited_although_the_database_is_away_for_a_moment(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock(monkeypatch, (590, unmigrated), (30, outage("no answer")), (500, unmigrated))
    with caplog.at_level("INFO"):
        wait_while(clock.find, logger)
    assert 1120 <= clock.now - clock.start <= 1122
    reasons = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert reasons == ["waiting: no answer"]


celery = ["app.run", "celery", "--quiet", "--app", "app.worker"]
database, broker = ("DATABASE_URL", "DATABASE_URL"), ("REDIS_URL", "the URL of the broker")


@pytest.mark.parametrize(
    ("secret", "command"),
    [
        (database, ["app.await_migrations"]),
        (database, ["app.run", "alembic", "upgrade", "head"]),
        (broker, [*celery, "worker", "--pool", "threads", "--concurrency", "1"]),
        (broker, [*celery, "beat", "--schedule", "{folder}/schedule", "--pidfile", ""]),
    ],
)
def test_a_wait_for_a_server_that_refuses_the_password_ends_with_the_reason(
    servers: Servers, passwords: None, tmp_path: Path, secret: tuple[str, str], command: list[str]
) -> None:
    variable, where = secret
    postgresql, redis = servers
    right = {
        "DATABASE_URL": postgresql.url("postgres").replace("erp@", "guarded:right@"),
        "REDIS_URL": f"redis://guarded:right@127.0.0.1:{redis.port}",
        "METRICS_PORT": str(free_port()),
    }
    wrong = right | {variable: right[variable].replace(":right@", ":sesame@")}
    arguments = [argument.format(folder=tmp_path) for argument in command]
    program = Program(tmp_path / "program.log", ["tests.impatient", *arguments], wrong)
    assert program.wait_for_end() == 1
    waiting, gave_up = (line for line in program.lines() if "wrong user or password" in line["message"])
    assert (waiting["level"], gave_up["level"]) == ("WARNING", "ERROR")
    assert waiting["message"].startswith(f"waiting: wrong user or password in {where} (")
    assert gave_up["message"].startswith(f"gave up after 1 s: wrong user or password in {where} (")
    assert gave_up["message"].endswith("; the next start reads the Secrets again")
    assert "sesame" not in program.log.read_text()


@pytest.fixture
def passwords(servers: Servers) -> Iterator[None]:
    """From users other than the tests' own, both servers require a password. The one of `guarded` is `right`."""
    postgresql, server = servers
    rules = postgresql.directory / "data" / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(postgresql.url("postgres"), autocommit=True) as administrator:
        administrator.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
        administrator.execute("CREATE ROLE banned LOGIN")
        rules.write_text(
            f"host all banned all reject\nhost all erp all trust\nhost all all all scram-sha-256\n{before}"
        )
        administrator.execute("SELECT pg_reload_conf()")
        with RedisClient.from_url(server.url) as redis:
            redis.acl_setuser(
                "guarded", enabled=True, passwords=["+right"], keys=["*"], channels=["*"], commands=["+@all"]
            )
            yield
            redis.acl_deluser("guarded")
        rules.write_text(before)
        administrator.execute("SELECT pg_reload_conf()")
        administrator.execute("DROP ROLE guarded, banned")


def test_the_reason_of_a_wait_for_postgresql_names_what_to_repair(servers: Servers, passwords: None) -> None:
    postgresql, _ = servers
    address = f"127.0.0.1:{postgresql.port}/postgres"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        reasons = {
            f"guarded:wrong@{address}": "wrong user or password in DATABASE_URL",
            f"nobody:right@{address}": "wrong user or password in DATABASE_URL",
            f"guarded@{address}": "wrong user or password in DATABASE_URL",
            f"banned:right@{address}": "the user may not connect",
            f"erp@127.0.0.1:{postgresql.port}/nowhere": "wrong database in DATABASE_URL",
            f"erp@{address}?sslmode=require": "no agreement about TLS",
            f"erp@{address}?sslmod=require": "wrong parameter in DATABASE_URL",
            "erp@127.0.0.1:1/erp": "nothing listens at this host and port",
            "erp@postgresql.invalid/erp": "unknown host",
            f"erp@127.0.0.1:{silent.getsockname()[1]}/erp": "no answer",
        }
        for rest, expected in reasons.items():
            text = _fault(f"postgresql+psycopg://{rest}", "SELECT 1")
            assert text.startswith(f"{expected} ("), text
            assert "wrong@" not in text and "right" not in text
    assert _fault(f"postgresql+psycopg://guarded:right@{address}", "SELECT * FROM pg_authid").startswith(
        "the user lacks a permission ("
    )


def _fault(url: str, query: str) -> str:
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 2})
    with pytest.raises(SQLAlchemyError) as raised, engine.connect() as connection:
        connection.execute(text(query))
    return connection_fault(raised.value)


def test_the_reason_of_a_wait_for_redis_names_what_to_repair(servers: Servers, passwords: None) -> None:
    address = f"127.0.0.1:{servers[1].port}"
    impatient: dict[str, Any] = {"socket_timeout": 0.5, "retry": None}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        reasons = {
            f"redis://guarded:sesame@{address}": "wrong user or password in the URL of the broker",
            f"redis://guarded:right@{address}/99": "wrong database in the URL of the broker",
            "redis://127.0.0.1:1": "nothing listens at this host and port",
            "redis://redis.invalid": "unknown host",
            f"redis://127.0.0.1:{silent.getsockname()[1]}": "no answer",
        }
        for url, expected in reasons.items():
            with pytest.raises(RedisError) as raised, RedisClient.from_url(url, **impatient) as client:
                client.ping()
            reason = broker_fault(raised.value)
            assert reason.startswith(f"{expected} ("), reason
            assert "sesame" not in reason and "right" not in reason
