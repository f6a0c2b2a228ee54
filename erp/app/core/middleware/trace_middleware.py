"""Records a span for each request."""

from opentelemetry.trace import StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.http_methods import METHODS
from app.core.middleware.access_log_middleware import UNLOGGED_ROUTES
from app.core.middleware.outcome import is_failure, reported_status
from app.core.request_context import current, extend
from app.core.route_template import UNMATCHED, current_route_template
from app.core.tracing.tracer import Tracer, fail, ids


class TraceMiddleware:
    """
    Names the span after the route template, and records neither path, query, headers nor the user. The ids of the span
    are part of the log lines of the request, also of its last one, which is written when the span has ended.

    Probes and scrapes have no span, and neither have WebSockets, which last for hours.
    """

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self._app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = current_route_template() or UNMATCHED
        if scope["type"] != "http" or route in UNLOGGED_ROUTES:
            await self._app(scope, receive, send)
            return
        # https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        name = f"{method.replace('_OTHER', 'HTTP')} {route}"
        with self._tracer.request_span(name, {"http.request.method": method, "http.route": route}) as span:
            extend(ids(span))
            sent: int | None = None

            async def watched(message: Message) -> None:
                nonlocal sent
                if message["type"] == "http.response.start":
                    sent = message["status"]
                await send(message)

            failure: BaseException | None = None
            try:
                await self._app(scope, receive, watched)
            except BaseException as error:
                failure = error
                raise
            finally:
                status = reported_status(sent, failure)
                span.set_attribute("http.response.status_code", status)
                # Known since the token was verified.
                if organization := current().get("organization_id"):
                    span.set_attribute("organization.id", organization)
                if is_failure(failure):
                    fail(span, failure)
                elif status >= 500:
                    span.set_attribute("error.type", str(status))
                    span.set_status(StatusCode.ERROR)
