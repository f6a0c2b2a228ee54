"""Finds the route template of each request."""

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.route_template import UNMATCHED, RouteTemplates, bind_route_template


class RouteTemplateMiddleware:
    """
    Wraps everything that counts, logs or reports a request: metric, line and Sentry then have the same name for it, and
    a caller cannot invent names.
    """

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app = app
        self._templates = RouteTemplates(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            bind_route_template(self._templates.template_of(scope) or UNMATCHED)
        await self._app(scope, receive, send)
