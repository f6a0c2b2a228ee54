"""Begins a trace of the ERP's own for each request."""

from starlette.types import ASGIApp, Receive, Scope, Send

# Of Sentry, and of https://www.w3.org/TR/trace-context/ and https://www.w3.org/TR/baggage/.
TRACE_HEADERS = frozenset({b"sentry-trace", b"baggage", b"traceparent", b"tracestate"})


class OwnTraceMiddleware:
    """
    Removes the headers with which a caller names a trace and decides that it is sampled. Libraries obey these headers
    whatever the configured rate is, so that anybody could fill the quota, or add requests to somebody else's trace.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope["headers"] = [header for header in scope["headers"] if header[0] not in TRACE_HEADERS]
        await self._app(scope, receive, send)
