"""starlette-prometheus, with label values that a caller cannot multiply."""

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.middleware.base import RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette_prometheus import PrometheusMiddleware
from starlette_prometheus.middleware import REQUESTS, RESPONSES

UNMATCHED = "unmatched"

_methods = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class BoundedPrometheusMiddleware(PrometheusMiddleware):
    """
    Requests that no route answers in full (404, 405, redirects of slashes) are counted under the one template
    `unmatched`, and methods that HTTP does not know as `other`; their durations are not kept. Upstream takes the raw
    path there, with about 20 series for each, or, with `filter_unhandled_paths`, counts nothing:
    https://github.com/perdy/starlette-prometheus/blob/v0.10.0/starlette_prometheus/middleware.py
    """

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        _, is_handled = self.get_path_template(request)
        if is_handled:
            return await super().dispatch(request, call_next)
        method = request.method if request.method in _methods else "other"
        REQUESTS.labels(method, UNMATCHED).inc()
        response = await call_next(request)
        RESPONSES.labels(method, UNMATCHED, response.status_code).inc()
        return response


def count_failures_from_zero(routes: Iterable[BaseRoute]) -> None:
    """`increase()` ignores the first sample of a series, and a ratio without series has no value."""
    for route in routes:
        if isinstance(route, APIRoute):
            for method in route.methods:
                RESPONSES.labels(method, route.path, 500)
