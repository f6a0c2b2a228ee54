"""
Routers of the API: they refuse requests without a valid token, read bodies as strict JSON, and declare the errors that
each of their routes can answer.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.params import Depends
from fastapi.routing import APIRoute

from app.core.auth_dependencies import identify
from app.core.errors import errors


def api_router(name: str, *dependencies: Depends) -> APIRouter:
    """A router all of whose routes have these dependencies."""
    return APIRouter(
        prefix=f"/api/v1/{name}",
        tags=[name],
        dependencies=dependencies,
        route_class=_ProtectedRoute,
        responses=errors(401, 403, 503),
    )


class _StrictRequest(Request):
    """Python also accepts UTF-16, `NaN`, numbers beyond every float, and objects with two values for one name."""

    async def json(self) -> Any:
        try:
            text = (await self.body()).decode()
            return json.loads(text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_unique)
        except (ValueError, RecursionError) as error:
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
            raise HTTPException(400, f"the body is not valid JSON: {reason}") from None


class _ProtectedRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def protected(request: Request) -> Response:
            strict = _StrictRequest(request.scope, request.receive)
            # What a client sends is always read, within its limits: otherwise it would arrive before the next request.
            await strict.body()
            await identify(strict)
            return await handle(strict)

        return protected


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


def _finite(number: str) -> float:
    if abs(value := float(number)) == float("inf"):
        raise ValueError("a number is out of range")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("an object has two values for one name")
    return value
