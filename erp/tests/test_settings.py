import json
import subprocess
import sys

import pytest
from pydantic import SecretStr

from app.core.config import Settings
from tests.processes import ERP
from tests.record_schema import record

VALID = {"DATABASE_URL": "postgresql://erp:hunter2@db/erp", "REDIS_URL": "rediss://user:hunter2@cache:6380"}


def test_all_faults_are_told_at_once_each_with_its_variable_and_remedy() -> None:
    code, lines = _start({"REDIS_URL": "http://cache", "SENTRY_TRACES_SAMPLE_RATE": "7", "METRICS_PORT": "no"})
    assert code == 1
    assert sorted(line["message"] for line in lines) == [
        "DATABASE_URL: Field required; write postgresql://host:5432/database, with user and password before the host",
        "METRICS_PORT: Input should be a valid integer, unable to parse string as an integer, got 'no'; "
        "write a port between 1 and 65535",
        "REDIS_URL: must be a URL of redis:// or rediss:// with a host; "
        "write redis://host:6379, with user and password before the host if there are any",
        "SENTRY_TRACES_SAMPLE_RATE: Input should be less than or equal to 1, got '7'; "
        "write a share between 0 and 1, such as 0.1",
    ]


def test_a_fault_in_a_secret_does_not_tell_the_secret() -> None:
    _, lines = _start(VALID | {"DATABASE_URL": "mysql://erp:hunter2@db/erp", "SENTRY_DSN": "hunter2"})
    assert len(lines) == 2
    assert "hunter2" not in str(lines)


def test_broker_and_cache_are_databases_of_the_same_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(monkeypatch, VALID)
    assert settings.broker_url == "rediss://user:hunter2@cache:6380/0"
    assert settings.cache_url == "rediss://user:hunter2@cache:6380/1"


def test_a_broker_of_its_own_is_used_as_given(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(monkeypatch, VALID | {"CELERY_BROKER_URL": "redis://broker:6379/5"})
    assert settings.broker_url == "redis://broker:6379/5"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(monkeypatch, VALID | {"SENTRY_DSN": "", "ELASTICSEARCH_URL": "", "ENVIRONMENT": ""})
    assert (settings.sentry_dsn, settings.elasticsearch_url, settings.environment) == (None, None, "local")


def test_a_dsn_without_a_dotted_host_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(monkeypatch, VALID | {"SENTRY_DSN": "http://key@sentry-relay:9000/1"})
    assert settings.sentry_dsn == SecretStr("http://key@sentry-relay:9000/1")


def test_queues_are_read_from_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _settings(monkeypatch, VALID | {"CELERY_QUEUES": "default, slow"}).celery_queues == ("default", "slow")


def _settings(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


def _start(environment: dict[str, str]) -> tuple[int, list[dict]]:
    """Exit code and log of an API that exits at once. A stack trace would not be a valid line."""
    ended = subprocess.run(
        [sys.executable, "-m", "uvicorn", "app.main:app"], cwd=ERP, env=environment, capture_output=True, text=True
    )
    lines = [json.loads(line) for line in (ended.stdout + ended.stderr).splitlines()]
    for line in lines:
        record.validate(line)
    return ended.returncode, lines
