"""One log line per request, with the traceback if the request failed."""

import logging
import re
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("erp.access")

UNLOGGED_PREFIXES = ("/healthz/", "/metrics")


class AccessLogMiddleware:
    """
    Logs caller, method, route template, path (never its query), status and duration to the last byte.

    Wraps the application from outside, where the answer to an unhandled exception has its final form. The exception
    ends here once that answer is complete: the server would only log it again. What fails after the status was sent is
    an error as well, whatever that status is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNLOGGED_PREFIXES):
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status, complete = 500, False

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
                raise
        finally:
            _log(scope, status, time.perf_counter() - start, failure)


_ADDRESS = re.compile(r"[0-9A-Fa-f.:]{2,45}")


def _client(scope: Scope) -> str | None:
    """
    Address of the caller. Behind a proxy that `FORWARDED_ALLOW_IPS` lists, uvicorn takes it from `X-Forwarded-For`: the
    last address that is not a proxy's own, so that a caller cannot choose it.
    """
    address, _ = scope.get("client") or ("", 0)
    return address if _ADDRESS.fullmatch(address) else None


def _log(scope: Scope, status: int, seconds: float, failure: Exception | None) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")
    failed = status >= 500 or (failure is not None and not isinstance(failure, ClientDisconnect))
    logger.log(
        logging.ERROR if failed else logging.INFO,
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
