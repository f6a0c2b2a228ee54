"""
Repeated requests for an order, as https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ has them:
a client that got no answer repeats its request with the same `Idempotency-Key`.

The key is written in the transaction of the order. A second request with the key waits for that transaction. If the
first request was cut off before its commit, the second one makes the order.
"""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.features.orders.model import IdempotencyKey
from app.features.orders.schemas import NewOrder

KEPT = timedelta(hours=24)


class KeyOfAnotherOrder(Exception):
    """The key was used with another body."""


async def claim(session: AsyncSession, organization_id: UUID, key: str, new: NewOrder, order_id: UUID) -> UUID:
    """The id of the order that this key belongs to from now on: `order_id`, or that of an earlier request."""
    fingerprint = sha256(new.model_dump_json().encode()).hexdigest()
    first = insert(IdempotencyKey).values(
        organization_id=organization_id, key=key, fingerprint=fingerprint, order_id=order_id
    )
    # An update of nothing, so that the row is returned also if it exists.
    claimed = first.on_conflict_do_update(
        index_elements=[IdempotencyKey.organization_id, IdempotencyKey.key], set_={"key": first.excluded.key}
    ).returning(IdempotencyKey.order_id, IdempotencyKey.fingerprint)
    owner: UUID
    owner, used_with = (await session.execute(claimed)).one()
    if used_with != fingerprint:
        raise KeyOfAnotherOrder
    return owner


def forget_old_keys(session: Session, most: int) -> int:
    """Deletes so many old keys at most, and returns how many it deleted."""
    old = select(IdempotencyKey.organization_id, IdempotencyKey.key).where(
        IdempotencyKey.created_at < func.now() - KEPT
    )
    keys = tuple_(IdempotencyKey.organization_id, IdempotencyKey.key)
    deleted = delete(IdempotencyKey).where(keys.in_(old.limit(most))).returning(IdempotencyKey.key)
    return len(session.scalars(deleted).all())
