"""One log line per request, with the traceback if the request failed."""

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.middleware.outcome import is_failure, reported_status
from app.core.route_template import UNMATCHED, current_route_template

logger = logging.getLogger("erp.access")

# Templates, not beginnings of paths: a caller could otherwise choose a path that leaves no line.
UNLOGGED_ROUTES = ("/healthz/live", "/healthz/ready", "/metrics")


class AccessLogMiddleware:
    """
    Logs caller, method, route template, path (never its query), status and duration to the last byte.

    Wraps the application from outside, where the answer to an unhandled exception has its final form. The exception
    ends here once that answer is complete: the server would only log it again. What fails after the status was sent is
    an error as well, whatever that status is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        logging.getLogger("uvicorn.error").addFilter(_is_news)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or current_route_template() in UNLOGGED_ROUTES:
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status, complete = None, False

        async def watched(message: Message) -> None:
            nonlocal status, complete
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)
            complete = message["type"] == "http.response.body" and not message.get("more_body", False)

        failure = None
        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            failure = error
            if not complete:
                # The server closes the connection, so that the caller does not take what it has for everything.
                error.is_logged = True  # type: ignore[attr-defined]
                raise
        finally:
            _log(scope, reported_status(status, failure), time.perf_counter() - start, failure)


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and getattr(record.exc_info[1], "is_logged", False))


_ADDRESS = re.compile(r"[0-9A-Fa-f.:]{2,45}")


def _client(scope: Scope) -> str | None:
    """
    Address of the caller. Behind a proxy that `FORWARDED_ALLOW_IPS` lists, uvicorn takes it from `X-Forwarded-For`: the
    last address that is not a proxy's own, so that a caller cannot choose it.
    """
    address, _ = scope.get("client") or ("", 0)
    return address if _ADDRESS.fullmatch(address) else None


def _log(scope: Scope, status: int, seconds: float, failure: Exception | None) -> None:
    route = current_route_template() or UNMATCHED
    logger.log(
        logging.ERROR if status >= 500 or is_failure(failure) else logging.INFO,
        "%s %s %d",
        scope["method"],
        route,
        status,
        exc_info=failure,
        extra={
            "client": _client(scope),
            "method": scope["method"],
            "route": route,
            "path": scope["path"][:512],
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
        },
    )
