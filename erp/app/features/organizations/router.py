from typing import Annotated
from uuid import UUID

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field

from app.core.auth_dependencies import CurrentUser, require, requires
from app.core.dependencies import DatabaseSession
from app.core.errors import OF_BODIES, errors
from app.core.inputs import Line
from app.core.routing import api_router
from app.features.organizations import service
from app.features.organizations.model import Organization

router = api_router("organizations")


class NewOrganization(BaseModel):
    name: Annotated[Line, Field(min_length=1, max_length=200)]


class OrganizationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


@router.post(
    "",
    status_code=201,
    response_model=OrganizationOut,
    responses=errors(*OF_BODIES),
    dependencies=[requires("organizations")],
)
async def create(new: NewOrganization, session: DatabaseSession) -> Organization:
    return await service.create_organization(session, new.name)


@router.get("/{organization_id}", response_model=OrganizationOut, responses=errors(404))
async def read(organization_id: UUID, user: CurrentUser, session: DatabaseSession) -> Organization:
    if organization_id != user.organization_id:
        require(user, "organizations")
    organization = await service.get_organization(session, organization_id)
    if organization is None:
        raise HTTPException(404, "there is no such organization")
    return organization
