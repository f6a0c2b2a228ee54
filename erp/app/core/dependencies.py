"""Dependencies that routes declare."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import async_sessions


async def _session() -> AsyncIterator[AsyncSession]:
    async with async_sessions()() as session:
        yield session


DatabaseSession = Annotated[AsyncSession, Depends(_session)]

OrganizationId = Annotated[
    UUID,
    Header(
        alias="X-Organization-ID",
        description="Organisation of the caller. The gateway sets it.",
    ),
]
