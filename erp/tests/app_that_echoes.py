"""An application that returns the body of each request: as little as a server needs to be observed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(await Request(scope, receive).body())(scope, receive, send)
