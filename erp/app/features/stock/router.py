from typing import Annotated

from fastapi import HTTPException, Path
from pydantic import BaseModel, Field

from app.core.auth_dependencies import OrganizationId
from app.core.dependencies import DatabaseSession
from app.core.errors import OF_BODIES, errors
from app.core.inputs import Whole
from app.core.routing import api_router
from app.features.organizations.service import get_organization
from app.features.stock import service

router = api_router("stock")

Sku = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]


class Stock(BaseModel):
    quantity: Whole = Field(ge=0, le=1_000_000_000)


@router.get("/{sku}", responses=errors(404))
async def read(sku: Sku, organization_id: OrganizationId, session: DatabaseSession) -> Stock:
    quantity = await service.get_stock(session, organization_id, sku)
    if quantity is None:
        raise HTTPException(404, "there is no such article")
    return Stock(quantity=quantity)


@router.put("/{sku}", responses=errors(404, *OF_BODIES))
async def write(sku: Sku, stock: Stock, organization_id: OrganizationId, session: DatabaseSession) -> Stock:
    if await get_organization(session, organization_id) is None:
        raise HTTPException(404, "there is no such organization")
    await service.set_stock(session, organization_id, sku, stock.quantity)
    return stock
