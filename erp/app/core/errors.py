"""
Errors of the API. Each has a JSON body with `detail`: a text, or for 422 a list of faults as FastAPI documents it.
No error repeats the input, which may be large, secret or impossible to encode.
"""

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import sentry_sdk
from fastapi import Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from app.core.database import UNAVAILABLE
from app.core.http_methods import METHODS

logger = logging.getLogger("erp.database")

MOST_FAULTS = 20

# Errors of every route that reads a body.
OF_BODIES = (400, 408, 413)


class Error(BaseModel):
    detail: str


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declares errors in the OpenAPI document, for `responses` of routers and routes."""
    return {status: _declaration(status) for status in statuses}


def _declaration(status: int) -> dict[str, Any]:
    declared = {"model": Error, "description": HTTPStatus(status).phrase}
    if status not in (429, 503):
        return declared
    seconds = {"description": "Seconds until the next try.", "schema": {"type": "integer"}, "required": True}
    return declared | {"headers": {"Retry-After": seconds}}


async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    faults = [{key: fault[key] for key in ("type", "loc", "msg")} for fault in error.errors()[:MOST_FAULTS]]
    return JSONResponse({"detail": faults}, 422)


async def _method_not_allowed(request: Request, _: Exception) -> JSONResponse:
    """Starlette lists only the methods of the first route of a path."""
    routes = request.app.router.routes
    allowed = [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return JSONResponse({"detail": "Method Not Allowed"}, 405, {"Allow": ", ".join(allowed)})


async def _unhandled(*_: Any) -> JSONResponse:
    return JSONResponse({"detail": "Internal Server Error"}, 500)


async def _unavailable(_: Request, error: Exception) -> JSONResponse:
    """The database did not answer in time. No event for Sentry: an outage would become one for each request."""
    logger.warning("the database is unavailable: %s", type(error).__name__)
    return JSONResponse({"detail": "the database is unavailable"}, 503, {"Retry-After": "5"})


async def _refused(request: Request, error: HTTPException) -> Response:
    """A route that answers 5xx has failed, also if it did so on purpose: Sentry gets an event."""
    if error.status_code >= 500:
        sentry_sdk.capture_exception(error)
    return await http_exception_handler(request, error)


handlers: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    HTTPException: _refused,
    RequestValidationError: _invalid,
    405: _method_not_allowed,
    **dict.fromkeys((*UNAVAILABLE, TimeoutError), _unavailable),
    Exception: _unhandled,
}
