"""The ERP's API with routes that fail after their status was sent. The ERP itself has no such route."""

from collections.abc import AsyncIterator

from fastapi import BackgroundTasks
from fastapi.responses import StreamingResponse

from app.main import app

# Inside the middlewares that wrap it.
api = app._app._app


@api.get("/background")
async def background(tasks: BackgroundTasks) -> str:
    tasks.add_task(_fail)
    return "accepted"


@api.get("/stream")
async def stream() -> StreamingResponse:
    return StreamingResponse(_chunks())


@api.get("/at-once")
async def at_once() -> str:
    return await _fail()


async def _fail() -> str:
    raise ValueError("nobody handles this")


async def _chunks() -> AsyncIterator[str]:
    yield "first"
    await _fail()
