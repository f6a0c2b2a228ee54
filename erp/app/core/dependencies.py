"""Dependencies that routes declare."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import async_sessions


async def _session() -> AsyncIterator[AsyncSession]:
    async with async_sessions()() as session:
        yield session


DatabaseSession = Annotated[AsyncSession, Depends(_session)]
