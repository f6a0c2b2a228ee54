"""Gives every request an id, and records the user and organisation that it is made for."""

import re
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.request_context import bind

HEADER = "X-Request-ID"


class RequestIDMiddleware:
    """
    Wraps the whole application, so that answers to failed requests carry the id as well.

    A caller's `X-Request-ID` is kept if it has 8 to 128 letters, digits, `.`, `_` or `-`; others are replaced, as they
    could forge log lines. `X-User-ID` and `X-Organization-ID` are set by the gateway in front of the ERP, which has
    authenticated the caller and removes these headers from what callers send; up to 64 of the same characters.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _matching(r"[A-Za-z0-9._-]{8,128}", headers.get(HEADER)) or uuid4().hex
        bind(
            {
                "request_id": request_id,
                "user_id": _matching(_identifier, headers.get("X-User-ID")),
                "organization_id": _matching(_identifier, headers.get("X-Organization-ID")),
            }
        )

        async def send_with_id(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self._app(scope, receive, send_with_id)


_identifier = r"[A-Za-z0-9._-]{1,64}"


def _matching(pattern: str, value: str | None) -> str | None:
    return value if value is not None and re.fullmatch(pattern, value) else None
