"""The route template of a request: the one name that its metrics, its log line and Sentry have for it."""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar

from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

UNMATCHED = "unmatched"

_current: ContextVar[str | None] = ContextVar("route_template", default=None)


def current_route_template() -> str | None:
    """`unmatched` for a request that no route answers in full (404, 405, redirects of slashes). None in a task."""
    return _current.get()


def bind_route_template(template: str | None) -> None:
    _current.set(template)


class RouteTemplates:
    """Templates of an application and of the applications that are mounted in it, where a route knows only its end."""

    def __init__(self, routes: list[BaseRoute]) -> None:
        self._routes = routes
        self._contexts: list[RouteContext] = []

    def template_of(self, scope: Scope) -> str | None:
        """Reads the routes at the first request: they must all be there by then."""
        self._contexts = self._contexts or list(iter_route_contexts(self._routes))
        return _template(self._contexts, scope)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Method and template of each operation."""
        return _operations(self._routes, "")


def _template(contexts: Iterable[RouteContext], scope: Scope) -> str | None:
    for context in contexts:
        match, child_scope = context.matches(scope)
        if match is not Match.FULL:
            continue
        mounted = getattr(context, "routes", None)
        if mounted is None:
            return context.path
        if not mounted:
            return context.path_format
        rest = _template(iter_route_contexts(mounted), {**scope, **child_scope})
        return rest and f"{context.path or ''}{rest}"
    return None


def _operations(routes: list[BaseRoute], prefix: str) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(routes):
        path = f"{prefix}{context.path or ''}"
        yield from _operations(getattr(context, "routes", []), path)
        yield from ((method, path) for method in getattr(context, "methods", None) or ())
