"""Limits the size of request bodies, and the time that a client may take to send them."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The rest of the body would arrive before the next request.
_end = {"Connection": "close"}


class BodyLimitMiddleware:
    """
    Raises 413 or 408 where the application reads the body, so that the answer has the route's log line and metrics. A
    body that is declared too long is not read at all, and nothing is read past the limit.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        size, complete = int(Headers(scope=scope).get("Content-Length", 0)), False
        received = 0
        deadline = asyncio.get_running_loop().time() + self._seconds

        async def limited() -> Message:
            nonlocal received, complete
            if complete:
                return await receive()
            self._check(size)
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, f"the body took longer than {self._seconds:g} s", _end) from None
            received += len(message.get("body", b""))
            self._check(received)
            complete = not message.get("more_body", False)
            return message

        await self._app(scope, limited, send)

    def _check(self, size: int) -> None:
        if size > self._most_bytes:
            raise HTTPException(413, f"the body has more than {self._most_bytes} bytes", _end)
