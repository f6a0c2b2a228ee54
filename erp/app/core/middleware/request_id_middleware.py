"""Gives every request an id."""

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
    could forge log lines. User and organisation come from the verified token: see `auth_dependencies.py`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        brought = Headers(scope=scope).get(HEADER, "")
        request_id = brought if re.fullmatch(r"[A-Za-z0-9._-]{8,128}", brought) else uuid4().hex
        bind({"request_id": request_id})

        async def send_with_id(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self._app(scope, receive, send_with_id)
