"""Sends errors and traces to Sentry, with release, environment and request id, and without personal data."""

import logging
from collections.abc import Callable
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.httpx import HttpxIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.redis import RedisIntegration
from sentry_sdk.integrations.sqlalchemy import SqlalchemyIntegration
from sentry_sdk.scrubber import EventScrubber
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import BadDsn, Dsn
from starlette.requests import ClientDisconnect

from app.core.config import Settings
from app.core.redaction import redact, redact_user_id
from app.core.request_context import current, get_request_id
from app.core.route_template import current_route_template
from app.core.secret_url import url_faults

logger = logging.getLogger("erp.sentry")

# Written by the SDK: ids, which can look like card numbers by chance, versions, and lines of the source code.
OWN_TEXTS = {
    "event_id", "trace_id", "span_id", "parent_span_id", "timestamp", "start_timestamp",
    "environment", "release", "modules", "sdk", "stacktrace",
}  # fmt: skip


def configure_sentry(settings: Settings) -> None:
    """
    Does nothing without a DSN. An invalid DSN is no reason to stop: the ERP must serve without Sentry.
    """
    if settings.sentry_dsn is None:
        return
    if faults := dsn_faults(settings.sentry_dsn.get_secret_value()):
        remedy = Settings.model_fields["sentry_dsn"].description
        logger.error("SENTRY_DSN: %s; %s; nothing is sent to Sentry", ", and ".join(faults), remedy)
        return
    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        environment=settings.environment,
        release=settings.app_version,
        traces_sampler=_sampler(settings.sentry_traces_sample_rate),
        profiles_sample_rate=settings.sentry_profiles_sample_rate,
        send_default_pii=False,
        attach_stacktrace=True,
        max_request_body_size="never",
        include_local_variables=False,
        event_scrubber=EventScrubber(recursive=True),
        # A caller who left is no failure of the ERP.
        ignore_errors=[ClientDisconnect],
        before_send=_finish,
        before_send_transaction=_finish,
        shutdown_timeout=2,
        auto_enabling_integrations=False,
        integrations=[
            # For requests, `SentryMiddleware` takes the place of the integrations for Starlette and FastAPI.
            # Beat reports that it sends a task, and the worker that the task has ended.
            CeleryIntegration(monitor_beat_tasks=settings.sentry_cron_monitors),
            SqlalchemyIntegration(),
            RedisIntegration(),
            HttpxIntegration(),
            # An exception that is logged as well would become two events. Lines below WARNING are no breadcrumbs: the
            # log has them, by request id.
            LoggingIntegration(level=logging.WARNING, event_level=None, sentry_logs_level=None),
        ],
    )


def dsn_faults(dsn: str) -> list[str]:
    """The rules that a DSN breaks."""
    if faults := url_faults(dsn, "http", "https"):
        return faults
    try:
        Dsn(dsn)
    except BadDsn:  # its text may contain a part of the DSN
        return ["must contain a key before the host, and end with the number of a project"]
    return []


def trace_headers() -> dict[str, str]:
    """Headers with which a task continues the trace that this code belongs to, and follows its decision to sample."""
    if not sentry_sdk.is_initialized():
        return {}
    trace = sentry_sdk.get_traceparent()
    if trace and sentry_sdk.get_current_span() is None:
        # A request that was not sampled has no span.
        trace = f"{trace}-0"
    headers = {"sentry-trace": trace, "baggage": sentry_sdk.get_baggage()}
    return {name: value for name, value in headers.items() if value}


def _sampler(rate: float) -> Callable[[dict[str, Any]], float]:
    """A task follows the decision of its request, which `SentryMiddleware` makes."""

    def sample(context: dict[str, Any]) -> float:
        if context.get("celery_job", {}).get("task") == "erp.heartbeat":
            return 0
        parent = context["parent_sampled"]
        return rate if parent is None else float(parent)

    return sample


def _finish(event: Event, _hint: Hint) -> Event:
    """Adds the context here, where it is certain whichever scope the SDK uses."""
    if event.get("type") == "check_in":  # of a cron monitor: no request, no user, and ids that no rule may redact
        return event
    context = current()
    request = event.get("request", {})
    for part in ("query_string", "headers", "cookies", "data", "env"):
        request.pop(part, None)
    event = redact(event, kept=OWN_TEXTS)
    if "trace_id" in context:
        # While Sentry traces, it writes its own ids there.
        own: dict[str, object] = {"trace_id": context["trace_id"], "span_id": context["span_id"]}
        event["contexts"] = {**event.get("contexts", {}), "trace": own}
    if template := current_route_template():
        event["transaction"], event["transaction_info"] = template, {"source": "route"}
    tags = {"request_id": get_request_id(), "organization_id": context.get("organization_id")}
    event["tags"] = {**event.get("tags", {}), **{name: value for name, value in tags.items() if value}}
    if "user_id" in context:
        event["user"] = {"id": redact_user_id(context["user_id"])}
    return event
