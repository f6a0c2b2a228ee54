import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Header, HTTPException, Query, WebSocket, WebSocketDisconnect, status
from fastapi.exceptions import RequestValidationError
from redis.exceptions import RedisError

from app.core.auth_dependencies import SUBPROTOCOL, CurrentUser, OrganizationId
from app.core.dependencies import DatabaseSession
from app.core.errors import OF_BODIES, errors
from app.core.inputs import Line
from app.core.routing import api_router
from app.core.websocket_limits import TooManyWebSockets, open_websocket
from app.features.orders import service, updates
from app.features.orders.idempotency import KeyOfAnotherOrder
from app.features.orders.model import Order
from app.features.orders.schemas import NewOrder, OrderOut

router = api_router("orders")

IDEMPOTENCY_KEY = Header(
    alias="Idempotency-Key",
    pattern="^[!-~]{1,255}$",
    description="Requests of an organisation with the same key make one order. Each answer contains this order. "
    "The ERP keeps a key for 24 hours.",
)


@router.post("", status_code=201, response_model=OrderOut, responses=errors(409, *OF_BODIES))
async def create(
    new: NewOrder,
    organization_id: OrganizationId,
    session: DatabaseSession,
    key: Annotated[str | None, IDEMPOTENCY_KEY] = None,
) -> Order:
    try:
        order = await service.create_order(session, organization_id, new, key)
    except KeyOfAnotherOrder:
        fault = {"type": "idempotency_key", "loc": ("header", "Idempotency-Key"), "msg": "was used with another body"}
        raise RequestValidationError([fault]) from None
    if order is None:
        raise HTTPException(409, "there is not enough stock")
    return order


@router.get("", response_model=list[OrderOut])
async def newest(
    organization_id: OrganizationId, session: DatabaseSession, limit: Annotated[int, Query(ge=1, le=100)] = 50
) -> Sequence[Order]:
    return await service.list_orders(session, organization_id, limit)


@router.get("/search", response_model=list[OrderOut])
async def search(
    text: Annotated[Line, Query(min_length=1, max_length=200)],
    organization_id: OrganizationId,
    session: DatabaseSession,
) -> Sequence[Order]:
    return await service.search_orders(session, organization_id, text)


@router.get("/{order_id}", response_model=OrderOut, responses=errors(404))
async def read(order_id: UUID, organization_id: OrganizationId, session: DatabaseSession) -> Order:
    order = await service.get_order(session, organization_id, order_id)
    if order is None:
        raise HTTPException(404, "there is no such order")
    return order


@router.websocket("/updates")
async def follow(websocket: WebSocket, user: CurrentUser) -> None:
    """Sends each update of the organisation's orders until either side disconnects, or the token expires."""
    await websocket.accept(SUBPROTOCOL)
    valid_seconds = max(0, user.expires_at - time.time())
    try:
        with open_websocket(user.id):
            async with updates.subscription(user.organization_id) as texts:
                expired = not await _one_ends(valid_seconds, _forward(websocket, texts), _left(websocket))
    except WebSocketDisconnect:
        return
    except TooManyWebSockets:
        await websocket.close(status.WS_1013_TRY_AGAIN_LATER, "too many connections are open")
        return
    except RedisError:
        await websocket.close(status.WS_1013_TRY_AGAIN_LATER)
        return
    if expired:
        await websocket.close(status.WS_1008_POLICY_VIOLATION, "the token has expired")


async def _one_ends(seconds: float, *coroutines: Coroutine[None, None, None]) -> bool:
    """Runs all until one ends; false if none does within this time."""
    sides = {asyncio.create_task(coroutine) for coroutine in coroutines}
    try:
        ended, _ = await asyncio.wait(sides, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for side in sides:
            side.cancel()
        await asyncio.gather(*sides, return_exceptions=True)
    for side in ended:
        side.result()
    return bool(ended)


async def _forward(websocket: WebSocket, texts: AsyncIterator[str]) -> None:
    async for text in texts:
        await websocket.send_text(text)


async def _left(websocket: WebSocket) -> None:
    """Ignores everything that the client sends: updates go one way."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
