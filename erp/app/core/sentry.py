"""Sends errors and traces to Sentry, with release, environment and request id, and without personal data."""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.fastapi import FastApiIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.starlette import StarletteIntegration
from sentry_sdk.scrubber import EventScrubber

from app.core.config import Settings
from app.core.redaction import redact
from app.core.request_context import current


def configure_sentry(settings: Settings) -> None:
    """Does nothing without a DSN. Must run before the application object is created, because the SDK patches it."""
    if settings.sentry_dsn is None:
        return
    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        environment=settings.environment,
        release=settings.app_version,
        traces_sampler=_sampler(settings.sentry_traces_sample_rate),
        profiles_sample_rate=settings.sentry_profiles_sample_rate,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        event_scrubber=EventScrubber(recursive=True),
        before_send=_finish,
        before_send_transaction=_finish,
        shutdown_timeout=2,
        integrations=[
            # Both integrations need the same options: each has defaults of its own.
            StarletteIntegration(transaction_style="url"),
            FastApiIntegration(transaction_style="url"),
            CeleryIntegration(),
            # An exception that is logged as well would become two events.
            LoggingIntegration(event_level=None),
        ],
    )


def _sampler(rate: float):
    def sample(context: dict[str, Any]) -> float:
        path = context.get("asgi_scope", {}).get("path", "")
        task = context.get("celery_job", {}).get("task")
        if path.startswith(("/healthz/", "/metrics")) or task == "erp.heartbeat":
            return 0
        parent = context["parent_sampled"]
        return rate if parent is None else float(parent)

    return sample


def _finish(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any]:
    """Adds the context here, where it is certain whichever scope the SDK uses."""
    context = current()
    request = event.get("request", {})
    for part in ("query_string", "headers", "cookies", "data", "env"):
        request.pop(part, None)
    event = redact(event)
    tags = {name: context[name] for name in ("request_id", "organization_id") if name in context}
    event["tags"] = {**event.get("tags", {}), **tags}
    if "user_id" in context:
        event["user"] = {"id": context["user_id"]}
    return event
