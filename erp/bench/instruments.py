"""What observes the ERP, and how each part of it is switched off."""

import logging
from collections.abc import Callable

from starlette.types import ASGIApp


def _without_middleware(name: str) -> Callable[[], None]:
    """The application is built from the names in `app.main`."""

    def switch_off() -> None:
        from app import main

        setattr(main, name, lambda app, *_: app)

    return switch_off


def _without_json() -> None:
    for handler in logging.getLogger().handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))


def _without_redaction() -> None:
    from app.core import logging_config

    logging_config.redact = lambda value, kept: value


def _without_service_measurements() -> None:
    from app.core import metrics

    metrics.measured = lambda _: lambda function: function


def _without_pool_metrics() -> None:
    from app.core.pool_metrics import MeasuredPool

    del MeasuredPool.connect


BEFORE_IMPORT: dict[str, Callable[[], None]] = {
    "service measurements": _without_service_measurements,
    "pool metrics": _without_pool_metrics,
}

AFTER_IMPORT: dict[str, Callable[[], None]] = {
    "HTTP metrics": _without_middleware("PrometheusMiddleware"),
    "access line": _without_middleware("AccessLogMiddleware"),
    "request id": _without_middleware("RequestIDMiddleware"),
    "route template": _without_middleware("RouteTemplateMiddleware"),
    "JSON and redaction": _without_json,
    "redaction": _without_redaction,
}

# Switched off by settings.
BY_SETTINGS: dict[str, dict[str, str]] = {
    "Sentry": {"SENTRY_DSN": ""},
    "traces": {"OTEL_EXPORTER_OTLP_ENDPOINT": ""},
}

INSTRUMENTS = (*BEFORE_IMPORT, *AFTER_IMPORT, *BY_SETTINGS)


def application(off: set[str]) -> ASGIApp:
    """The ERP's API without these instruments."""
    for name in BEFORE_IMPORT.keys() & off:
        BEFORE_IMPORT[name]()
    from app import main

    for name in AFTER_IMPORT.keys() & off:
        AFTER_IMPORT[name]()
    return main.observed(main.api)
