from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class NewOrder(BaseModel):
    sku: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$")
    quantity: int = Field(ge=1, le=1_000_000)
    unit_price: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
    reference: str = Field("", max_length=200)


class OrderOut(NewOrder):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    created_at: datetime
