"""Settings of the ERP. Each comes from the environment variable with its name in upper case."""

import logging
import sys
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode
from sqlalchemy import URL, make_url

from app.core.identity import Identity
from app.core.logging_config import setup_logging
from app.core.secret_url import secret_url

Kind = TypeVar("Kind", bound=BaseSettings)

Share = Annotated[
    float,
    Field(
        ge=0,
        le=1,
        description="write a share between 0 and 1, such as 0.1, and 0 while OTEL_EXPORTER_OTLP_ENDPOINT is set",
    ),
]
Seconds = Annotated[float, Field(gt=0, description="write a number of seconds above 0")]
Count = Annotated[int, Field(ge=1, description="write a whole number of at least 1")]
RedisUrl = Annotated[
    SecretStr,
    AfterValidator(secret_url("redis", "rediss", database="numbered", needs_user=False)),
    Field(description="write redis://host:6379, with user and password before the host if there are any"),
]


class Settings(Identity):
    """Settings that a process of the ERP needs to run."""

    database_url: Annotated[
        SecretStr,
        AfterValidator(secret_url("postgresql", "postgres", database="named")),
        Field(description="write postgresql://host:5432/database, with user and password before the host"),
    ]
    redis_url: RedisUrl
    celery_broker_url: RedisUrl | None = Field(
        None, description="write redis://host:6379/0, with user and password before the host if there are any"
    )
    elasticsearch_url: Annotated[SecretStr, AfterValidator(secret_url("http", "https"))] | None = Field(
        None, description="write https://host:9200, or leave it out if there is no Elasticsearch"
    )

    otel_exporter_otlp_endpoint: Annotated[SecretStr, AfterValidator(secret_url("http", "https"))] | None = Field(
        None, description="write the base URL of a collector that receives OTLP over HTTP, such as http://host:4318"
    )

    sentry_dsn: SecretStr | None = Field(
        None, description="write the DSN of the Sentry project as Sentry shows it, or leave it out"
    )
    sentry_traces_sample_rate: Share = 0.1
    sentry_profiles_sample_rate: Share = 0.1
    sentry_cron_monitors: Annotated[
        bool, Field(description="write true if the Sentry project has a monitor for each entry of beat's schedule")
    ] = False

    celery_queues: Annotated[tuple[str, ...], NoDecode] = Field(
        ("default", "reports"), description="write the queues with commas between them, such as default,reports"
    )
    heartbeat_seconds: Seconds = 60
    due_reports_seconds: Seconds = 60
    readiness_cache_seconds: Seconds = 2
    metrics_port: Annotated[int, Field(ge=1, le=65535, description="write a port between 1 and 65535")] = 9000

    database_pool_size: Count = 5
    database_max_overflow: Annotated[int, Field(ge=0, description="write a whole number of at least 0")] = 5
    database_pool_timeout_seconds: Seconds = 3
    database_statement_timeout_seconds: Seconds = 10
    request_deadline_seconds: Seconds = 10
    stock_cache_seconds: Count = 60

    max_body_bytes: Count = 1_048_576
    body_timeout_seconds: Seconds = 10
    # Of each process.
    max_websockets: Count = 500
    max_websockets_per_user: Count = 20

    @model_validator(mode="before")
    @classmethod
    def _trace_once(cls, given: Any) -> Any:
        """Without a value, Sentry traces nothing while a collector gets the traces."""
        if isinstance(given, dict) and given.get("otel_exporter_otlp_endpoint"):
            return {"sentry_traces_sample_rate": 0, "sentry_profiles_sample_rate": 0, **given}
        return given

    @field_validator("sentry_traces_sample_rate", "sentry_profiles_sample_rate")
    @classmethod
    def _one_measures(cls, rate: float, earlier: ValidationInfo) -> float:
        if rate > 0 and earlier.data.get("otel_exporter_otlp_endpoint"):
            raise ValueError("must be 0 while OTEL_EXPORTER_OTLP_ENDPOINT is set: only one of both measures requests")
        return rate

    @field_validator("celery_queues", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value

    @field_validator("celery_queues")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("must name at least one queue")
        return value

    @property
    def database(self) -> URL:
        """With psycopg 3, which serves both the API's asyncio and the workers' threads."""
        return make_url(self.database_url.get_secret_value()).set(drivername="postgresql+psycopg")

    @property
    def broker_url(self) -> str:
        given = self.celery_broker_url
        return given.get_secret_value() if given else _redis_database(self.redis_url, 0)

    @property
    def cache_url(self) -> str:
        return _redis_database(self.redis_url, 1)


@cache
def settings() -> Settings:
    """The settings that every process of the ERP has."""
    return load(Settings)


def load(kind: type[Kind]) -> Kind:
    """Settings from the environment. If they are not valid, the process logs each fault and exits with code 1."""
    try:
        return kind()
    except ValidationError as error:
        setup_logging()
        for fault in error.errors():
            logging.getLogger(__name__).critical(_sentence(kind, fault))
        sys.exit(1)


def _sentence(kind: type[BaseSettings], fault: ErrorDetails) -> str:
    """A fault: variable, value (unless it may be a secret), rule and remedy."""
    name = str(fault["loc"][0])
    field = kind.model_fields[name]
    rule = fault["msg"].removeprefix("Value error, ")
    hidden = fault["type"] == "missing" or fault["input"] is None or "SecretStr" in str(field.annotation)
    shown = "" if hidden else f", got {fault['input']!r}"
    return f"{name.upper()}: {rule}{shown}; {field.description}"


def _redis_database(url: SecretStr, number: int) -> str:
    return make_url(url.get_secret_value()).set(database=str(number)).render_as_string(hide_password=False)
