import asyncio
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, WebSocket, WebSocketDisconnect, status
from redis.exceptions import RedisError

from app.core.dependencies import DatabaseSession, OrganizationId
from app.core.metrics import ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE
from app.features.orders import service, updates
from app.features.orders.model import Order
from app.features.orders.schemas import NewOrder, OrderOut

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])


@router.post("", status_code=201, response_model=OrderOut)
async def create(new: NewOrder, organization_id: OrganizationId, session: DatabaseSession) -> Order:
    order = await service.create_order(session, organization_id, new)
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
    text: Annotated[str, Query(min_length=1, max_length=200)],
    organization_id: OrganizationId,
    session: DatabaseSession,
) -> Sequence[Order]:
    return await service.search_orders(session, organization_id, text)


@router.get("/{order_id}", response_model=OrderOut)
async def read(order_id: UUID, organization_id: OrganizationId, session: DatabaseSession) -> Order:
    order = await service.get_order(session, organization_id, order_id)
    if order is None:
        raise HTTPException(404, "there is no such order")
    return order


@router.websocket("/updates")
async def follow(websocket: WebSocket, organization_id: OrganizationId) -> None:
    """Sends each update of the organisation's orders until either side disconnects."""
    await websocket.accept()
    with ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE.track_inprogress():
        sides = {asyncio.create_task(_forward(websocket, organization_id)), asyncio.create_task(_left(websocket))}
        try:
            ended, _ = await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)
    for side in ended:
        side.result()


async def _forward(websocket: WebSocket, organization_id: UUID) -> None:
    try:
        async for update in updates.listen(organization_id):
            await websocket.send_text(update)
    except WebSocketDisconnect:
        return
    except RedisError:
        await websocket.close(status.WS_1013_TRY_AGAIN_LATER)


async def _left(websocket: WebSocket) -> None:
    """Ignores everything that the client sends: updates go one way."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
