"""HTTP metrics with the names, labels and buckets of starlette-prometheus."""

import time
from dataclasses import dataclass, field

from prometheus_client import Counter, Gauge, Histogram
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.http_methods import METHODS
from app.core.metrics import count_failure_after_response
from app.core.middleware.outcome import is_failure, reported_status
from app.core.request_context import Field, current
from app.core.route_template import UNMATCHED, RouteTemplates, current_route_template

_operation = ["method", "path_template"]
_requests = Counter("starlette_requests_total", "Total count of requests by method and path.", _operation)
_responses = Counter(
    "starlette_responses_total",
    "Total count of responses by method, path and status codes.",
    [*_operation, "status_code"],
)
_processing_time = Histogram(
    "starlette_requests_processing_time_seconds",
    "Histogram of requests processing time by path (in seconds)",
    _operation,
)
_exceptions = Counter(
    "starlette_exceptions_total",
    "Total count of exceptions raised by path and exception type",
    [*_operation, "exception_type"],
)
_in_progress = Gauge(
    "starlette_requests_in_progress",
    "Gauge of requests by method and path currently being processed",
    _operation,
)

# OpenMetrics allows 128 characters in the names and values of all labels of an exemplar.
_MOST_CHARACTERS_OF_AN_EXEMPLAR = 128
_IDS_OF_AN_EXEMPLAR: tuple[Field, ...] = ("trace_id", "request_id")


class PrometheusMiddleware:
    """
    Counts each request once. Its duration ends when its response starts. A failure after that is counted separately,
    because it leaves the status as it was sent.

    Wraps the application from outside, where the answer to an unhandled exception has its final form. Requests without
    a route are counted under one template, without durations; methods that HTTP does not define are `other`.
    """

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app = app
        self._operations: dict[tuple[str, str], _Operation] = {}
        # `increase()` ignores the first sample of a series, and a ratio without series has no value.
        for method, template in RouteTemplates(routes):
            _responses.labels(method, template, 500)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        operation = self._operation(scope["method"])
        operation.begin()
        start = time.perf_counter()
        status = seconds = None
        complete = False

        async def watched(message: Message) -> None:
            nonlocal status, seconds, complete
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - start
                # Whether an exception follows a 500 is not known yet: it is counted at the end.
                if status != 500:
                    operation.end(status, seconds)
            await send(message)
            complete = message["type"] == "http.response.body" and not message.get("more_body", False)

        failure = None
        try:
            await self._app(scope, receive, watched)
        except BaseException as error:
            failure = error
            raise
        finally:
            if status is None or status == 500:
                if is_failure(failure):
                    operation.count_exception(failure)
                operation.end(reported_status(status, failure), None if failure else seconds)
            elif isinstance(failure, Exception) and is_failure(failure):
                count_failure_after_response("background_task" if complete else "stream")

    def _operation(self, method: str) -> "_Operation":
        key = (method if method in METHODS else "other", current_route_template() or UNMATCHED)
        operation = self._operations.get(key)
        if operation is None:
            operation = self._operations[key] = _Operation(*key)
        return operation


@dataclass
class _Operation:
    """The series of one method and template, which are looked up once: a look-up costs more than to count."""

    method: str
    template: str
    _by_status: dict[int, Counter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = self.method, self.template
        self._requests = _requests.labels(*labels)
        self._has_route = self.template != UNMATCHED
        if self._has_route:
            self._in_progress = _in_progress.labels(*labels)
            self._processing_time = _processing_time.labels(*labels)

    def begin(self) -> None:
        self._requests.inc()
        if self._has_route:
            self._in_progress.inc()

    def end(self, status: int, seconds: float | None = None) -> None:
        responses = self._by_status.get(status)
        if responses is None:
            responses = self._by_status[status] = _responses.labels(self.method, self.template, status)
        responses.inc()
        if self._has_route:
            self._in_progress.dec()
            if seconds is not None:
                self._processing_time.observe(seconds, _exemplar())

    def count_exception(self, error: BaseException) -> None:
        _exceptions.labels(self.method, self.template, type(error).__name__).inc()


def _exemplar() -> dict[str, str] | None:
    """The ids of the trace, if there is one, and of the request, if both fit."""
    ids: dict[str, str] = {}
    left = _MOST_CHARACTERS_OF_AN_EXEMPLAR
    for name, value in ((name, current().get(name)) for name in _IDS_OF_AN_EXEMPLAR):
        if value and len(name) + len(value) <= left:
            ids[name] = value
            left -= len(name) + len(value)
    return ids or None
