from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.metrics import ENTITIES_CREATED_COUNTER, measured
from app.features.organizations.model import Organization


@measured("organizations")
async def create_organization(session: AsyncSession, name: str) -> Organization:
    organization = Organization(name=name)
    session.add(organization)
    await session.commit()
    ENTITIES_CREATED_COUNTER.labels(entity_type="organization", organization_id=str(organization.id)).inc()
    return organization


@measured("organizations")
async def get_organization(session: AsyncSession, organization_id: UUID) -> Organization | None:
    return await session.get(Organization, organization_id)
