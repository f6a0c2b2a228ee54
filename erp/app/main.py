"""The ERP's API: `uvicorn app.main:app`, one process per pod."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from app.core.api_settings import api_settings
from app.core.auth_dependencies import fresh_keys, get_current_active_user, keys_are_unavailable
from app.core.cache import async_redis, optional_redis
from app.core.database import async_engine, probe_engine
from app.core.errors import handlers
from app.core.key_set import KeysUnavailable
from app.core.logging_config import setup_logging
from app.core.metrics import show_version
from app.core.metrics_view import metrics
from app.core.middleware.access_log_middleware import AccessLogMiddleware
from app.core.middleware.body_limit_middleware import BodyLimitMiddleware
from app.core.middleware.own_trace_middleware import OwnTraceMiddleware
from app.core.middleware.prometheus_middleware import PrometheusMiddleware
from app.core.middleware.request_id_middleware import RequestIDMiddleware
from app.core.middleware.route_template_middleware import RouteTemplateMiddleware
from app.core.middleware.sentry_middleware import SentryMiddleware
from app.core.sentry import configure_sentry
from app.core.tracing import spans
from app.features.health.router import router as health
from app.features.orders import search
from app.features.orders.router import router as orders
from app.features.organizations.router import router as organizations
from app.features.reports.router import router as reports
from app.features.stock.router import router as stock


def create_api() -> FastAPI:
    api = FastAPI(
        title=api_settings.app_name,
        version=api_settings.app_version,
        lifespan=_lifespan,
        # FastAPI's type lacks handlers of WebSockets.
        exception_handlers={**handlers, KeysUnavailable: keys_are_unavailable},  # type: ignore[dict-item]
        # Behind a proxy, a redirect for a slash too many would lead from https to http.
        redirect_slashes=False,
        # FastAPI's own spans would contain paths and queries. See docs/decisions/traces-of-the-erp.md.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    api.add_middleware(
        BodyLimitMiddleware, most_bytes=api_settings.max_body_bytes, seconds=api_settings.body_timeout_seconds
    )
    api.add_route("/metrics", metrics, include_in_schema=False)
    api.include_router(health)
    for router in (organizations, stock, orders, reports):
        # Also protects routes that do not use the user.
        api.include_router(router, dependencies=[Depends(get_current_active_user)])
    return api


def observed(api: FastAPI) -> ASGIApp:
    """The application with everything that identifies, counts and logs its requests, the outermost first."""
    counted = PrometheusMiddleware(api, api.routes)
    reported = SentryMiddleware(counted, api_settings.sentry_traces_sample_rate)
    logged = AccessLogMiddleware(_traced(reported))
    return RequestIDMiddleware(OwnTraceMiddleware(RouteTemplateMiddleware(logged, api.routes)))


def _traced(app: ASGIApp) -> ASGIApp:
    tracer = spans.tracer()
    if tracer is None:
        return app
    from app.core.middleware.trace_middleware import TraceMiddleware

    return TraceMiddleware(app, tracer)


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    # Exposes the pool from the first scrape on, before any request needs a connection.
    async_engine()
    async with fresh_keys():
        yield
    await async_engine().dispose()
    await probe_engine().dispose()
    await async_redis().aclose()
    await optional_redis().aclose()
    if elasticsearch := search.client():
        await elasticsearch.aclose()
    await asyncio.to_thread(spans.stop_tracing)


setup_logging(api_settings)
configure_sentry(api_settings)
spans.configure_tracing(api_settings)
show_version(api_settings)
api = create_api()
app = observed(api)
