"""The ERP's API with routes that the ERP does not have: they fail late, wait for a body, or are mounted."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, BackgroundTasks, FastAPI, Request, WebSocket
from fastapi.responses import StreamingResponse

from app.main import api, app

__all__ = ["app"]


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


@api.post("/upload")
async def upload(request: Request) -> str:
    return str(len([chunk async for chunk in request.stream()]))


@api.websocket("/followers/{number}")
async def follow(websocket: WebSocket, number: int) -> None:
    await websocket.accept()
    await _fail()


mounted = APIRouter(prefix="/parts")


@mounted.get("/{number}")
async def part(number: int) -> int:
    return number if number else await _fail()


warehouse = FastAPI()
warehouse.include_router(mounted)
api.mount("/warehouse", warehouse)


async def _fail() -> str:
    raise ValueError("nobody handles this")


async def _chunks() -> AsyncIterator[str]:
    yield "first"
    await _fail()
