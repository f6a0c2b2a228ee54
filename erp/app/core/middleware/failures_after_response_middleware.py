"""Counts failures that happen when the response can no longer become a 500."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.metrics import FailureKind, count_failure_after_response


class FailuresAfterResponseMiddleware:
    """
    A background task that fails, and a stream that ends before its last byte, leave the status as it was sent: no
    metric of HTTP shows them.

    Must be inside starlette-prometheus: the response that `BaseHTTPMiddleware` passes on ends properly even where the
    stream behind it broke off. A caller who leaves is not a failure.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        failing: FailureKind | None = None

        async def watched(message: Message) -> None:
            nonlocal failing
            await send(message)
            if message["type"] == "http.response.start":
                failing = "stream"
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                failing = "background_task"

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if failing and not isinstance(error, ClientDisconnect):
                count_failure_after_response(failing)
            raise
