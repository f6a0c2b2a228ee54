from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from pydantic import BaseModel, Field

from app.core.dependencies import DatabaseSession, OrganizationId
from app.features.organizations.service import get_organization
from app.features.stock import service

router = APIRouter(prefix="/api/v1/stock", tags=["stock"])

Sku = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]


class Stock(BaseModel):
    quantity: int = Field(ge=0, le=1_000_000_000)


@router.get("/{sku}")
async def read(sku: Sku, organization_id: OrganizationId, session: DatabaseSession) -> Stock:
    quantity = await service.get_stock(session, organization_id, sku)
    if quantity is None:
        raise HTTPException(404, "there is no such article")
    return Stock(quantity=quantity)


@router.put("/{sku}")
async def write(sku: Sku, stock: Stock, organization_id: OrganizationId, session: DatabaseSession) -> Stock:
    if await get_organization(session, organization_id) is None:
        raise HTTPException(404, "there is no such organization")
    await service.set_stock(session, organization_id, sku, stock.quantity)
    return stock
