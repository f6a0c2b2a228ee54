"""Dependencies that routes declare."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import settings
from app.core.database import async_sessions


async def _session() -> AsyncIterator[AsyncSession]:
    """Ends the request when its deadline has passed. The answer is then 503: see errors.py."""
    async with asyncio.timeout(settings().request_deadline_seconds), async_sessions()() as session:
        yield session


# Its connection is free again before the response is sent, which a slow client can delay.
DatabaseSession = Annotated[AsyncSession, Depends(_session, scope="function")]
