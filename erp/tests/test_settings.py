import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr, ValidationError
from redis import Redis

from app.core.config import Settings
from app.core.sentry import dsn_faults
from tests.processes import ERP, Api
from tests.record_schema import record

IDENTITY = {"OIDC_ISSUER": "https://issuer.example", "OIDC_AUDIENCE": "erp"}
KEYS = "write where the JWK set of the issuer is: its URL in OIDC_KEYS_URI, or a path in OIDC_KEYS_FILE"
VALID = IDENTITY | {"DATABASE_URL": "postgresql://erp:hunter2@db/erp", "REDIS_URL": "rediss://user:hunter2@cache:6380"}


def test_all_faults_are_told_at_once_each_with_its_variable_and_remedy() -> None:
    code, lines = _start(
        {"OIDC_ISSUER": "erp ", "REDIS_URL": "http://cache", "SENTRY_TRACES_SAMPLE_RATE": "7", "METRICS_PORT": "no"}
    )
    assert code == 1
    assert sorted(line["message"] for line in lines) == [
        "DATABASE_URL: Field required; write postgresql://host:5432/database, with user and password before the host",
        "METRICS_PORT: Input should be a valid integer, unable to parse string as an integer, got 'no'; "
        "write a port between 1 and 65535",
        "OIDC_AUDIENCE: Field required; write what the claim `aud` of tokens for this ERP contains, such as erp",
        "OIDC_ISSUER: String should match pattern '^\\S(.*\\S)?$', got 'erp '; "
        "write the issuer exactly as the claim `iss` of its tokens has it",
        f"OIDC_KEYS_FILE: exactly one of OIDC_KEYS_URI and OIDC_KEYS_FILE must be set; {KEYS}",
        "REDIS_URL: must start with redis:// or rediss://; "
        "write redis://host:6379, with user and password before the host if there are any",
        "SENTRY_TRACES_SAMPLE_RATE: Input should be less than or equal to 1, got '7'; "
        "write a share between 0 and 1, such as 0.1, and 0 while OTEL_EXPORTER_OTLP_ENDPOINT is set",
    ]


def test_a_fault_in_a_secret_does_not_tell_the_secret() -> None:
    _, lines = _start(
        VALID
        | {"OIDC_KEYS_URI": "https://issuer.example"}
        | {"DATABASE_URL": "mysql://erp:hunter2@db/erp", "REDIS_URL": "redis://:hun#ter2@cache"}
    )
    assert len(lines) == 2
    assert not [line for line in lines if "hun" in str(line) or "ter2" in str(line)]


def test_only_one_of_both_measures_requests() -> None:
    collector = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}
    rates = {"SENTRY_TRACES_SAMPLE_RATE": "0.5", "SENTRY_PROFILES_SAMPLE_RATE": "1"}
    code, lines = _start(VALID | {"OIDC_KEYS_URI": "https://issuer.example"} | collector | rates)
    assert code == 1
    assert sorted(line["message"] for line in lines) == [
        f"{name}: must be 0 while OTEL_EXPORTER_OTLP_ENDPOINT is set: only one of both measures requests, "
        f"got '{rate}'; "
        "write a share between 0 and 1, such as 0.1, and 0 while OTEL_EXPORTER_OTLP_ENDPOINT is set"
        for name, rate in sorted(rates.items())
    ]


@pytest.mark.parametrize(("collector", "rate"), [("http://collector:4318", 0), (None, 0.1)])
def test_sentry_traces_by_default_unless_a_collector_gets_the_traces(collector: str | None, rate: float) -> None:
    urls = {"database_url": "postgresql://db/erp", "redis_url": "redis://cache"}
    found = Settings(**urls, otel_exporter_otlp_endpoint=collector)
    assert (found.sentry_traces_sample_rate, found.sentry_profiles_sample_rate) == (rate, rate)


KEY_AND_PROJECT = "must contain a key before the host, and end with the number of a project"
WHITE_SPACE = "must not start or end with white space, such as the line break that `echo` adds"


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("DATABASE_URL", "postgresql://erp:hunter2@db/erp\n", WHITE_SPACE),
        ("DATABASE_URL", " postgresql://erp:hunter2@db/erp", WHITE_SPACE),
        ("DATABASE_URL", "postgresql://erp:hunter2@db\n\n", f"{WHITE_SPACE}, and must end with the name of a database"),
        ("DATABASE_URL", "postgresql://erp:hun ter2@db/erp", "must not contain white space"),
        ("DATABASE_URL", "postgresql://erp:hun%ter2@db/erp", "must contain `%` as `%25` in user and password"),
        ("DATABASE_URL", "postgresql://erp:hun@ter2@db/erp", "must contain `@` as `%40` in user and password"),
        ("DATABASE_URL", "postgresql://erp:hun#ter2@db/erp", "must contain `#` as `%23` in user and password"),
        ("DATABASE_URL", "postgresql://erp:hun/ter2@db/erp", "must contain `/` as `%2F` in user and password"),
        ("DATABASE_URL", "postgresql://erp:hun?ter2@db/erp", "must contain `?` as `%3F` in user and password"),
        ("DATABASE_URL", "postgresql://erp:hun[ter2@db/erp", "must contain `[` as `%5B` in user and password"),
        (
            "DATABASE_URL",
            "postgresql://erp:h@n%t#r2@db/erp",
            "must contain `#` as `%23` and `%` as `%25` and `@` as `%40` in user and password",
        ),
        ("DATABASE_URL", "postgresql://erp:hunter2@/erp", "must contain a host"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db:0/erp", "must have a port between 1 and 65535"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db:543x/erp", "must have a port between 1 and 65535"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db:/erp", "must have a port between 1 and 65535"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db:70000/erp", "must have a port between 1 and 65535"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db:5432", "must end with the name of a database"),
        ("DATABASE_URL", "postgresql://erp:hunter2@db?sslmode=require", "must end with the name of a database"),
        ("DATABASE_URL", "postgresql://erp:@db/erp", "must not have an empty password before the host"),
        ("DATABASE_URL", "postgresql://:hunter2@db/erp", "must not have an empty user before the host"),
        ("DATABASE_URL", "mysql://erp:hunter2@db/erp", "must start with postgresql:// or postgres://"),
        ("DATABASE_URL", "hunter2", "must start with postgresql:// or postgres://"),
        ("REDIS_URL", "redis://:hunter2@cache\r\n", WHITE_SPACE),
        ("REDIS_URL", "redis://:hun#ter2@cache:6379", "must contain `#` as `%23` in user and password"),
        ("REDIS_URL", "redis://:@cache", "must not have an empty password before the host"),
        ("REDIS_URL", "redis://@cache", "must not have an empty password before the host"),
        ("REDIS_URL", "redis://:hunter2@cache/erp", "must have a number as its database"),
        ("CELERY_BROKER_URL", "redis://:hun%ter2@cache", "must contain `%` as `%25` in user and password"),
        ("CELERY_BROKER_URL", "amqp://hunter2@queue", "must start with redis:// or rediss://"),
        ("ELASTICSEARCH_URL", "https://erp:hun@ter2@search", "must contain `@` as `%40` in user and password"),
        ("ELASTICSEARCH_URL", "https://erp:hunter2@search:https", "must have a port between 1 and 65535"),
    ],
)
def test_a_fault_in_a_secret_states_the_rule_and_not_the_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, rule: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        _settings(monkeypatch, VALID | {name: value})
    (fault,) = refused.value.errors()
    assert (fault["loc"], fault["msg"]) == ((name.lower(),), f"Value error, {rule}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://erp:hun%23t%40r%252@db.example:5432/erp?sslmode=require&application_name=a@b"),
        ("DATABASE_URL", "postgresql://erp:hun:ter2@[fd00::1]:5432/erp"),
        ("DATABASE_URL", "postgresql://erp@db/erp"),
        ("DATABASE_URL", "postgresql://db/erp"),
        ("REDIS_URL", "redis://cache"),
        ("REDIS_URL", "rediss://user:hunter2@cache:6380/3"),
        ("REDIS_URL", "redis://:hunter2@cache/"),
        ("ELASTICSEARCH_URL", "http://search:9200/prefix"),
    ],
)
def test_a_url_without_faults_is_accepted(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    settings = _settings(monkeypatch, VALID | {name: value})
    assert getattr(settings, name.lower()).get_secret_value() == value


def test_the_password_of_an_accepted_url_is_what_was_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    password = "h#n%t@r/2?[ +é"
    escaped = quote(password, safe="")
    given = {"DATABASE_URL": f"postgresql://erp:{escaped}@db/erp", "REDIS_URL": f"redis://:{escaped}@cache"}
    settings = _settings(monkeypatch, given)
    assert settings.database.password == password
    for url in (settings.broker_url, settings.cache_url):
        assert Redis.from_url(url).connection_pool.connection_kwargs["password"] == password


@pytest.mark.parametrize(
    ("dsn", "rule"),
    [
        ("https://sentry.example/1", KEY_AND_PROJECT),
        ("https://hunter2@sentry.example", KEY_AND_PROJECT),
        ("https://hunter2@sentry.example/erp", KEY_AND_PROJECT),
        ("https://hunter2@sentry.example/1\n", WHITE_SPACE),
        ("hunter2", "must start with http:// or https://"),
    ],
)
def test_a_fault_in_a_dsn_states_the_rule_and_not_the_dsn(dsn: str, rule: str) -> None:
    assert dsn_faults(dsn) == [rule]


def test_without_a_usable_dsn_the_erp_serves_and_states_it_in_one_line(tmp_path: Path) -> None:
    """Others write the Secret with the DSN. Errors that nobody can report must not become an outage."""
    api = Api(tmp_path / "api.log", VALID | {"SENTRY_DSN": "https://hunter2@sentry.example"})
    try:
        api.wait()
    finally:
        api.stop()
    assert [line["message"] for line in api.lines() if line["level"] != "INFO"] == [
        f"SENTRY_DSN: {KEY_AND_PROJECT}; write the DSN of the Sentry project as Sentry shows it, "
        "or leave it out; nothing is sent to Sentry"
    ]
    assert "hunter2" not in api.log.read_text()


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (
            {"OIDC_KEYS_URI": "http://issuer.example/keys"},
            "OIDC_KEYS_URI: must be a URL of https://, or of http:// to this machine, got 'http://issuer.example/keys'",
        ),
        (
            {"OIDC_KEYS_URI": "https://issuer.example:99999/keys"},
            "OIDC_KEYS_URI: must be a URL of https://, or of http:// to this machine, "
            "got 'https://issuer.example:99999/keys'",
        ),
        (
            {"OIDC_KEYS_URI": "https:///keys"},
            "OIDC_KEYS_URI: must be a URL of https://, or of http:// to this machine, got 'https:///keys'",
        ),
        (
            {"OIDC_KEYS_URI": "https://issuer.example/keys", "OIDC_KEYS_FILE": "alembic.ini"},
            "OIDC_KEYS_FILE: exactly one of OIDC_KEYS_URI and OIDC_KEYS_FILE must be set, got 'alembic.ini'",
        ),
        (
            {"OIDC_KEYS_FILE": "absent.json"},
            "OIDC_KEYS_FILE: cannot be read (No such file or directory), got 'absent.json'",
        ),
        ({"OIDC_KEYS_FILE": "alembic.ini"}, "OIDC_KEYS_FILE: is not a JWK set with a usable key, got 'alembic.ini'"),
    ],
)
def test_keys_that_cannot_be_used_are_told_at_the_start(keys: dict[str, str], fault: str) -> None:
    code, lines = _start(VALID | keys)
    assert (code, [line["message"] for line in lines]) == (1, [f"{fault}; {KEYS}"])


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
