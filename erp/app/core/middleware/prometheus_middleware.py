"""starlette-prometheus, with labels that no caller can multiply."""

from starlette.middleware.base import RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette_prometheus import PrometheusMiddleware

UNMATCHED = "unmatched"

_methods = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class BoundedPrometheusMiddleware(PrometheusMiddleware):
    """
    Whatever no route answers in full (404, 405, redirects of slashes) is counted under one template, `unmatched`, and
    methods that HTTP does not know as `other`. Upstream takes the raw path there, about 20 series for each:
    https://github.com/perdy/starlette-prometheus/blob/v0.10.0/starlette_prometheus/middleware.py
    """

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.method not in _methods:
            # Only the labels are taken from it: what is called next has the request as it came.
            request = Request({**request.scope, "method": "other"})
        return await super().dispatch(request, call_next)

    @staticmethod
    def get_path_template(request: Request) -> tuple[str, bool]:
        template, is_handled = PrometheusMiddleware.get_path_template(request)
        return (template if is_handled else UNMATCHED), is_handled
