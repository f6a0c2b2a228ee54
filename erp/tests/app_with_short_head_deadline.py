"""An application whose clients have 2 seconds for a request head. It answers at once, at `/slow` after 3 seconds."""

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from app.core import request_heads

request_heads.HEAD_SECONDS = 2


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        if scope["path"] == "/slow":
            await asyncio.sleep(3)
        await PlainTextResponse("answered")(scope, receive, send)
    elif scope["type"] == "websocket":
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        await websocket.send_text(await websocket.receive_text())
