from uuid import UUID

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from app.core.dependencies import DatabaseSession
from app.features.organizations import service
from app.features.organizations.model import Organization

router = APIRouter(prefix="/api/v1/organizations", tags=["organizations"])


class NewOrganization(BaseModel):
    name: str = Field(min_length=1, max_length=200)


class OrganizationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


@router.post("", status_code=201, response_model=OrganizationOut)
async def create(new: NewOrganization, session: DatabaseSession) -> Organization:
    return await service.create_organization(session, new.name)


@router.get("/{organization_id}", response_model=OrganizationOut)
async def read(organization_id: UUID, session: DatabaseSession) -> Organization:
    organization = await service.get_organization(session, organization_id)
    if organization is None:
        raise HTTPException(404, "there is no such organization")
    return organization
